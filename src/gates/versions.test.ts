import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Applied } from '#statement/applied.ts';
import { type Scratch, scratch } from '#test/scratch.ts';
import { shipped, swap, texts } from '#test/statement.ts';
import { parseStatement } from './statement-file.ts';
import { statementInForce } from './versions.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const LATER = new Date('2027-02-01T12:00:00Z');
let db: Scratch;
before(async () => {
  db = await scratch('src/platform/sql', 'src/gates/sql');
});
after(() => db.drop());
beforeEach(() => overwrite('truncate statement.version'));

/** What only someone who owns the table can do: change what cannot be changed. */
async function overwrite(sql: string, values: unknown[] = []): Promise<void> {
  await db.lend(async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(sql, values);
    await client.query('set session_replication_role = origin');
  });
}

/** The shipped statement under another version, and otherwise changed where it matters. */
function changed(version: string): Applied {
  const yaml = swap(
    swap(texts.yaml, 'version: "3.0"', `version: "${version}"`),
    'period: P18M',
    'period: P24M',
  );
  return parseStatement({ ...texts, yaml }, 'statement');
}

test('0.version: the first start applies the statement it finds, word for word', async () => {
  const { applied, appliedAt, versions, first } = await statementInForce(db.pool, shipped, NOW);
  assert.deepEqual([applied.statement.version, appliedAt, first, versions.length], ['3.0', NOW, true, 1]);
  const { rows } = await db.pool.query(
    'select rules, prose_nb, prose_en, fingerprint from statement.version',
  );
  const { yaml, nb, en } = texts;
  assert.deepEqual(rows, [{ rules: yaml, prose_nb: nb, prose_en: en, fingerprint: shipped().fingerprint }]);
});

test('v.changes: files changed after that are a plan and no rule', async () => {
  await statementInForce(db.pool, shipped, NOW);
  const { applied, first, versions } = await statementInForce(db.pool, () => changed('3.1'), LATER);
  assert.deepEqual(
    [applied.statement.version, applied.fingerprint, first, versions.length],
    ['3.0', shipped().fingerprint, false, 1],
  );
  const unreadable = () => {
    throw new Error('the files are not looked at');
  };
  assert.equal((await statementInForce(db.pool, unreadable, LATER)).applied.statement.version, '3.0');
});

test('0.version: two that start at once on an empty database apply one version', async () => {
  const both = await Promise.all([
    statementInForce(db.pool, shipped, NOW),
    statementInForce(db.pool, shipped, LATER),
  ]);
  const { rows } = await db.pool.query('select applied_at from statement.version');
  assert.equal(rows.length, 1);
  for (const { appliedAt } of both) assert.deepEqual(appliedAt, rows[0].applied_at);
});

test('0.version: the last version applied is the one in force, and the earlier ones are its history', async () => {
  await statementInForce(db.pool, shipped, NOW);
  const next = changed('3.1');
  await db.pool.query('insert into statement.version values ($1, $2, $3, $4, $5, $6, $7)', [
    '3.1',
    next.texts.yaml,
    next.texts.nb,
    next.texts.en,
    next.fingerprint,
    next.personFingerprint,
    LATER,
  ]);
  const { applied, versions } = await statementInForce(db.pool, shipped, LATER);
  assert.equal(applied.statement.storage.behaviour?.period, 'P24M');
  assert.deepEqual(
    versions.map(({ version, appliedAt }) => [version, appliedAt]),
    [
      ['3.1', LATER],
      ['3.0', NOW],
    ],
  );
});

test('0.version: an applied version cannot be changed or taken away, not even by the owner', async () => {
  await statementInForce(db.pool, shipped, NOW);
  for (const sql of [
    `update statement.version set rules = rules || ' '`,
    `update statement.version set applied_at = now()`,
    'delete from statement.version',
  ])
    await assert.rejects(db.pool.query(sql), { code: '42501' }, sql);
  await assert.rejects(
    db.pool.query(
      `insert into statement.version select version || 'b', rules, prose_nb, prose_en, fingerprint, person_fingerprint, applied_at from statement.version`,
    ),
    { code: '23505' },
    'the same text is not applied twice under two names',
  );
});

test('0.version: a stored version that no longer reads as a statement is not served', async () => {
  await statementInForce(db.pool, shipped, NOW);
  await overwrite(
    `update statement.version set rules = replace(rules, 'clock: last-active', 'clock: never')`,
  );
  await assert.rejects(statementInForce(db.pool, shipped, LATER), {
    name: 'StatementError',
    message: /^applied 3\.0\/\S+:\d+:\d+: /,
  });
});
