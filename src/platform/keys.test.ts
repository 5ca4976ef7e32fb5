import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Scratch, scratch } from '#test/scratch.ts';
import { SealError } from './aead.ts';
import { rotateMasterKey } from './key-rotation.ts';
import { Keys, type PersonKey } from './keys.ts';
import { createMasterKeyFile, type MasterKeys, readMasterKeys } from './master-key.ts';
import { ensureSecrets } from './secrets.ts';

const NOW = new Date('2026-11-23T08:00:00Z');
const EMAIL = 'vault.person.email';
const folder = mkdtempSync(join(tmpdir(), 'hjemmel-keys-'));
let db: Scratch;

before(async () => {
  db = await scratch('src/platform/sql-keys');
});
after(async () => {
  await db.drop();
  rmSync(folder, { recursive: true });
});

let made = 0;
function newFile(): MasterKeys {
  return createMasterKeyFile(join(folder, `${++made}.key`));
}

async function one(keys: Keys, person: string = randomUUID()): Promise<PersonKey> {
  const created = await keys.create([person], NOW);
  return created.get(person)!;
}

async function clean(): Promise<void> {
  await db.pool.query('truncate keys.person_key, keys.archive_key, keys.secret');
}

test('0.security: what is sealed opens for the same person and place, and holds nothing in the clear', async () => {
  const key = await one(new Keys(db.pool, newFile()));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (value) => {
      const sealed = key.seal(value, EMAIL);
      assert.equal(sealed.length, 29 + Buffer.byteLength(value));
      assert.equal(sealed[0], 1);
      assert.equal(key.open(sealed, EMAIL), value);
    }),
    { numRuns: 200 },
  );
  const sealed = key.seal('kari@eksempel.example', EMAIL);
  assert.ok(!sealed.includes('kari'));
  assert.notDeepEqual(sealed, key.seal('kari@eksempel.example', EMAIL));
});

test('0.security: a sealed value moved to another column, row or person does not open', async () => {
  const keys = new Keys(db.pool, newFile());
  const kari = await one(keys);
  const ola = await one(keys);
  const sealed = kari.seal('kari@eksempel.example', `${EMAIL}#1`);
  assert.throws(() => kari.open(sealed, 'vault.person.name#1'), SealError);
  assert.throws(() => kari.open(sealed, `${EMAIL}#2`), SealError);
  assert.throws(() => ola.open(sealed, `${EMAIL}#1`), SealError);
});

test('0.security: a sealed value with any bit changed does not open, and the error quotes nothing', async () => {
  const key = await one(new Keys(db.pool, newFile()));
  const sealed = key.seal('kari@eksempel.example', EMAIL);
  for (let at = 0; at < sealed.length; at++) {
    const bent = Buffer.from(sealed);
    bent[at]! ^= 1 << (at % 8);
    assert.throws(
      () => key.open(bent, EMAIL),
      (error: Error) => error instanceof SealError && !`${error.stack}`.includes('kari'),
    );
  }
  assert.throws(() => key.open(sealed.subarray(0, 28), EMAIL), SealError);
  assert.throws(() => key.seal('\ud800', EMAIL), SealError);
});

test('0.security: no nonce is used twice', async () => {
  const key = await one(new Keys(db.pool, newFile()));
  const nonces = Array.from({ length: 5000 }, () => key.seal('', EMAIL).toString('hex', 1, 13));
  assert.equal(new Set(nonces).size, nonces.length);
});

test('0.security: a wrapped key given to another person does not open', async () => {
  const keys = new Keys(db.pool, newFile());
  const [kari, ola] = [randomUUID(), randomUUID()];
  await keys.create([kari, ola], NOW);
  await db.pool.query(
    'update keys.person_key set wrapped = (select wrapped from keys.person_key where person = $1) where person = $2',
    [kari, ola],
  );
  await assert.rejects(keys.of([ola]), SealError);
});

test('r.rectify-erase: a destroyed key is gone for every process, and destroying twice is no error', async () => {
  const masters = newFile();
  const [here, there] = [new Keys(db.pool, masters), new Keys(db.pool, readMasterKeys(masters.file))];
  const person = randomUUID();
  const sealed = (await one(here, person)).seal('Kari', 'vault.person.name');
  assert.equal((await there.of([person])).get(person)?.open(sealed, 'vault.person.name'), 'Kari');
  assert.equal(await here.destroy([person]), 1);
  assert.equal((await there.of([person])).size, 0);
  assert.equal(await there.destroy([person]), 0);
});

test('a person never gets a second key over the first', async () => {
  const keys = new Keys(db.pool, newFile());
  const key = await one(keys);
  const sealed = key.seal('Kari', 'vault.person.name');
  await assert.rejects(keys.create([key.owner], NOW));
  assert.equal((await keys.of([key.owner])).get(key.owner)?.open(sealed, 'vault.person.name'), 'Kari');
  await assert.rejects(keys.create([key.owner.toUpperCase()], NOW), SealError);
  await assert.rejects(keys.create(['kari@eksempel.example'], NOW), SealError);
});

test('many keys are made and read in one statement each', async () => {
  const masters = newFile();
  const keys = new Keys(db.pool, masters);
  const people = Array.from({ length: 1000 }, () => randomUUID());
  await keys.create(people, NOW);
  assert.equal((await keys.of([...people, randomUUID()])).size, 1000);
  assert.equal((await keys.of([])).size, 0);
  assert.ok((await keys.count('k1')) >= 1000);
});

test('0.security: a shelf has one key however many make it at once, and it is no person’s even under one number', async () => {
  const masters = newFile();
  const keys = new Keys(db.pool, masters);
  const shelf = randomUUID();
  const made = await Promise.all(Array.from({ length: 8 }, () => keys.shelves.ensure([shelf], NOW)));
  const sealed = made[0]!.get(shelf)!.seal('1001', 'archive.entry.content#x');
  for (const each of made) assert.equal(each.get(shelf)!.open(sealed, 'archive.entry.content#x'), '1001');
  assert.equal((await keys.of([shelf])).size, 0);
  await db.pool.query(
    'insert into keys.person_key select shelf, wrapped, master, created_at from keys.archive_key where shelf = $1',
    [shelf],
  );
  await assert.rejects(keys.of([shelf]), SealError);
  await keys.destroy([shelf]);
  assert.equal(await keys.shelves.destroy([shelf]), 1);
  assert.equal((await keys.shelves.of([shelf])).size, 0);
});

test('a rotation takes the keys of shelves along', async () => {
  await clean();
  const masters = newFile();
  await db.lend((client) => ensureSecrets(client, masters));
  const keys = new Keys(db.pool, masters);
  const shelf = randomUUID();
  const sealed = (await keys.shelves.ensure([shelf], NOW)).get(shelf)!.seal('1001', EMAIL);
  const rotation = await db.lend((client) => rotateMasterKey(client, { file: masters.file }));
  assert.deepEqual(rotation.removable, ['k1']);
  assert.deepEqual([await keys.shelves.count('k1'), await keys.shelves.count('k2')], [0, 1]);
  assert.equal((await keys.shelves.of([shelf])).get(shelf)!.open(sealed, EMAIL), '1001');
  await db.pool.query(`update keys.archive_key set master = 'k9'`);
  await assert.rejects(
    db.lend((client) => ensureSecrets(client, masters)),
    /lacks k9/,
  );
  await clean();
});

test('a key file that is not the one the data was sealed with stops the start', async () => {
  await clean();
  const right = newFile();
  await db.lend(async (client) => {
    await ensureSecrets(client, right);
    await assert.rejects(ensureSecrets(client, newFile()), /is not the one this data was sealed with/);
    await ensureSecrets(client, right);
  });
});

test('a rotation keeps everything readable meanwhile, and survives being broken off', async () => {
  await clean();
  const masters = newFile();
  const before = await db.lend((client) => ensureSecrets(client, masters));
  const rotate = (progress: (done: number, left: number) => void) =>
    db.lend((client) => rotateMasterKey(client, { file: masters.file, batch: 50, progress }));
  const keys = new Keys(db.pool, masters);
  const elsewhere = new Keys(db.pool, readMasterKeys(masters.file));
  const people = Array.from({ length: 250 }, () => randomUUID());
  const sealed = new Map<string, Buffer>();
  for (const [person, key] of await keys.create(people, NOW)) sealed.set(person, key.seal(person, EMAIL));
  const allReadable = async (through: Keys) => {
    for (const [person, key] of await through.of(people))
      assert.equal(key.open(sealed.get(person)!, EMAIL), person);
  };

  const broken = rotate((done) => {
    if (done >= 100) throw new Error('power cut');
  });
  await assert.rejects(broken, /power cut/);
  assert.ok((await keys.count('k1')) > 0 && (await keys.count('k2')) > 0);
  await allReadable(keys);
  await allReadable(elsewhere);

  const lefts: number[] = [];
  const rotation = await rotate((_, left) => lefts.push(left));
  assert.deepEqual(
    { current: rotation.current, removable: rotation.removable },
    { current: 'k2', removable: ['k1'] },
  );
  assert.equal(lefts.at(-1), 0);
  assert.equal(await keys.count('k1'), 0);
  assert.equal(await keys.count('k2'), 250);
  await allReadable(keys);
  await allReadable(elsewhere);
  assert.equal((await elsewhere.create([randomUUID()], NOW)).size, 1);
  assert.equal(
    await keys.count('k1'),
    0,
    'a process that ran before the rotation makes keys under the new one',
  );

  const again = await db.lend((client) => ensureSecrets(client, readMasterKeys(masters.file)));
  assert.deepEqual(again.hash('email', 'a@b.example'), before.hash('email', 'a@b.example'));
  assert.equal(again.journalKey.id, before.journalKey.id);
});

test('a rotation waits for a row that is being deleted and ends without it', async () => {
  await clean();
  const masters = newFile();
  const keys = new Keys(db.pool, masters);
  const key = await one(keys);
  await db.lend(async (eraser) => {
    await eraser.query('begin');
    await eraser.query('delete from keys.person_key where person = $1', [key.owner]);
    const rotation = db.lend((client) => rotateMasterKey(client, { file: masters.file }));
    await untilSomeoneWaits();
    await eraser.query('commit');
    assert.deepEqual((await rotation).removable, ['k1']);
  });
});

test('a key file without a key still in use is refused before anything is rotated or started', async () => {
  await clean();
  const masters = newFile();
  await one(new Keys(db.pool, masters));
  await db.pool.query(`update keys.person_key set master = 'k9'`);
  await db.lend(async (client) => {
    await assert.rejects(rotateMasterKey(client, { file: masters.file }), /lacks k9/);
    await assert.rejects(ensureSecrets(client, masters), /lacks k9/);
  });
});

async function untilSomeoneWaits(): Promise<void> {
  for (;;) {
    const { rowCount } = await db.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rowCount) return;
  }
}
