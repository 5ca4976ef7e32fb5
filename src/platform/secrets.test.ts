import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Scratch, scratch } from '#test/scratch.ts';
import { createMasterKeyFile } from './master-key.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'hjemmel-secrets-'));
let db: Scratch;
let secrets: Secrets;

before(async () => {
  db = await scratch('src/platform/sql-keys');
  const masters = createMasterKeyFile(join(folder, 'master.key'));
  const started = await Promise.all([1, 2, 3].map(() => db.lend((client) => ensureSecrets(client, masters))));
  secrets = started[0]!;
  for (const other of started) assert.equal(other.mark, secrets.mark, 'processes that start at once agree');
});
after(async () => {
  await db.drop();
  rmSync(folder, { recursive: true });
});

test('0.security: secrets lie wrapped in the database, each in its own place', async () => {
  const { rows } = await db.pool.query('select name, wrapped, master from keys.secret order by name');
  assert.deepEqual(
    rows.map((row) => row.name),
    ['check', 'index', 'journal', 'link', 'pepper', 'role'],
  );
  assert.ok(rows.every((row) => row.master === 'k1' && row.wrapped[0] === 1));
});

test('0.security: an address is found by a keyed hash that differs by kind', () => {
  const hash = secrets.hash('email', 'kari@eksempel.example');
  assert.equal(hash.length, 32);
  assert.deepEqual(hash, secrets.hash('email', 'kari@eksempel.example'));
  assert.notDeepEqual(hash, secrets.hash('phone', 'kari@eksempel.example'));
});

test('a token gives its row back to its own kind of link only', () => {
  const id = randomUUID();
  const token = secrets.token('confirm', id);
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(secrets.readToken('confirm', token), id);
  assert.equal(secrets.readToken('preferences', token), undefined);
});

test('a token changed, shortened, lengthened or rewritten in any place is not ours', () => {
  const token = secrets.token('confirm', randomUUID());
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let at = 0; at < token.length; at++) {
    for (const letter of alphabet) {
      if (letter === token[at]) continue;
      assert.equal(
        secrets.readToken('confirm', token.slice(0, at) + letter + token.slice(at + 1)),
        undefined,
      );
    }
  }
  fc.assert(fc.property(fc.string(), (noise) => secrets.readToken('confirm', noise) === undefined));
  assert.equal(secrets.readToken('confirm', `${token}=`), undefined);
  assert.equal(secrets.readToken('confirm', token.slice(1)), undefined);
});

test('a role has the same password at every start, and another than its neighbour', () => {
  assert.equal(secrets.rolePassword('collect').length, 43);
  assert.equal(secrets.rolePassword('collect'), secrets.rolePassword('collect'));
  assert.notEqual(secrets.rolePassword('collect'), secrets.rolePassword('answer'));
});
