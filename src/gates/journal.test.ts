import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { keyId } from '#platform/secrets.ts';
import { type Scratch, scratch } from '#test/scratch.ts';
import { append, type Entry, entryRecord, Sealer } from './journal.ts';
import { verifyJournal } from './journal-check.ts';

const NOW = new Date('2026-11-23T08:00:00.123Z');
const pair = generateKeyPairSync('ed25519');
const key = { ...pair, id: keyId(pair.publicKey) };
const role = `sealer_${randomBytes(4).toString('hex')}`;
let db: Scratch;
let pool: pg.Pool;

before(async () => {
  db = await scratch('src/platform/sql', 'src/gates/sql');
  await db.pool.query(`create role ${role} login password '${role}'`);
  await db.pool.query(`grant usage on schema journal to ${role}`);
  await db.pool.query(`grant select on journal.entry to ${role}`);
  await db.pool.query(`grant select, insert on journal.block to ${role}`);
  const url = new URL(db.url);
  url.username = role;
  url.password = role;
  pool = new pg.Pool({ connectionString: url.href });
  pool.on('connect', (client) => client.on('error', () => {}));
});
after(async () => {
  await pool.end();
  await db.pool.query(`drop owned by ${role}`);
  await db.pool.query(`drop role ${role}`);
  await db.drop();
});
beforeEach(() => tamper('truncate journal.entry, journal.block restart identity'));

const entry = (more: Partial<Entry> = {}): Entry => ({
  gate: 'collect',
  act: 'profile',
  actor: 'person',
  person: randomUUID(),
  statement: '3.0',
  at: NOW,
  ...more,
});

/** What only someone who owns the tables can do: change what cannot be changed. */
async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  await db.lend(async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(sql, values);
    await client.query('set session_replication_role = origin');
  });
}

const check = () => verifyJournal(db.pool, key);

test('an entry is written whole, and the rows of one call in one statement', async () => {
  const digest = randomBytes(32);
  const [person, actorId] = [randomUUID(), randomUUID()];
  await append(db.pool, [
    entry({ person, actorId, actor: 'staff', purpose: 'rights', digest }),
    entry({ person: undefined }),
  ]);
  await append(db.pool, []);
  const { rows } = await db.pool.query('select * from journal.entry order by id');
  assert.equal(rows.length, 2);
  assert.deepEqual(
    { ...rows[0], id: 1 },
    {
      id: 1,
      at: NOW,
      gate: 'collect',
      act: 'profile',
      person,
      actor: 'staff',
      actor_id: actorId,
      purpose: 'rights',
      reason: null,
      statement: '3.0',
      digest,
    },
  );
  assert.equal(rows[1].person, null);
  assert.equal(entryRecord(entry()).digest, undefined);
});

test('the journal can be added to and not changed', async () => {
  await append(db.pool, [entry()]);
  for (const sql of [
    `update journal.entry set act = 'other'`,
    'delete from journal.entry',
    'truncate journal.entry',
  ]) {
    await assert.rejects(db.pool.query(sql), { code: '42501' });
  }
});

test('a block is sealed when there is something to seal, and the chain holds', async () => {
  const sealer = new Sealer(pool, key);
  assert.equal(await sealer.seal(NOW), undefined);
  await append(db.pool, [entry(), entry(), entry()]);
  assert.equal(await sealer.seal(NOW), 1);
  assert.equal(await sealer.seal(NOW), undefined);
  await append(db.pool, [entry()]);
  assert.equal(await sealer.seal(NOW), 2);
  await append(db.pool, [entry()]);
  const { standing, ...told } = await check();
  assert.deepEqual(told, { blocks: 2, entries: 4, unsealed: 1 });
  assert.equal(await sealer.seal(NOW), 3);
  assert.deepEqual(
    { ...(await verifyJournal(db.pool, key, standing)), standing: 0 },
    { blocks: 1, entries: 1, unsealed: 0, standing: 0 },
  );
});

test('entries that commit out of order are sealed once each, and none is left behind', async () => {
  const sealer = new Sealer(pool, key);
  const [slow, fast] = [await db.pool.connect(), await db.pool.connect()];
  await slow.query('begin');
  await append(slow, [entry({ act: 'slow' })]);
  await append(fast, [entry({ act: 'fast' })]);
  assert.equal(await sealer.seal(NOW), undefined, 'a lower number is still on its way');
  await slow.query('commit');
  assert.equal(await sealer.seal(NOW), 1);
  slow.release();
  fast.release();
  assert.deepEqual({ ...(await check()), standing: 0 }, { blocks: 1, entries: 2, unsealed: 0, standing: 0 });
});

test('numbers that were drawn and rolled back leave gaps that do no harm', async () => {
  const sealer = new Sealer(pool, key);
  await append(db.pool, [entry()]);
  await db.lend(async (client) => {
    await client.query('begin');
    await append(client, [entry(), entry()]);
    await client.query('rollback');
  });
  await append(db.pool, [entry()]);
  await sealer.seal(NOW);
  const told = await check();
  assert.deepEqual([told.entries, told.problem, told.standing.last], [2, undefined, 4]);
});

test('many writers and two sealers at once make one chain that holds', async () => {
  const sealers = [new Sealer(pool, key), new Sealer(pool, key)];
  let writing = true;
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let turn = 0; turn < 30; turn++) {
      await db.lend(async (client) => {
        await client.query('begin');
        await append(client, [entry({ act: `w${writer}` }), entry()]);
        await client.query(`select pg_sleep(${turn % 3 === 0 ? 0.002 : 0})`);
        await append(client, [entry()]);
        await client.query(turn % 7 === 0 ? 'rollback' : 'commit');
      });
    }
  });
  const sealing = sealers.map(async (sealer) => {
    while (writing) await sealer.seal(NOW);
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(sealing);
  await sealers[0]!.seal(NOW);
  const told = await check();
  const { rows } = await db.pool.query('select count(*)::int as n from journal.entry');
  assert.equal(told.problem, undefined);
  assert.deepEqual([told.entries, told.unsealed], [rows[0].n, 0]);
  assert.ok(told.blocks > 1);
});

test('more entries than fit in a block become several blocks in one call', async () => {
  const many = Array.from({ length: 8193 }, () => entry());
  await append(db.pool, many);
  assert.equal(await new Sealer(pool, key).seal(NOW), 2);
  assert.deepEqual(
    { ...(await check()), standing: 0 },
    { blocks: 2, entries: 8193, unsealed: 0, standing: 0 },
  );
});

test('calls that come while one runs share the one after it, and see what was committed before them', async () => {
  const sealer = new Sealer(pool, key);
  await append(db.pool, [entry()]);
  const first = sealer.seal(NOW);
  await append(db.pool, [entry()]);
  const [one, two] = [sealer.seal(NOW), sealer.seal(NOW)];
  assert.equal(await first, 1);
  await Promise.all([one, two]);
  assert.equal((await check()).unsealed, 0);
});

for (const [what, sql, problem] of [
  [
    'a changed field',
    `update journal.entry set act = 'nothing' where id = 2`,
    /block 1 holds an entry that was changed/,
  ],
  [
    'a moment moved by a microsecond',
    `update journal.entry set at = at + interval '1 microsecond' where id = 2`,
    /block 1 holds/,
  ],
  ['a person taken off an entry', 'update journal.entry set person = null where id = 5', /block 2 holds/],
  ['an entry taken out in the middle', 'delete from journal.entry where id = 2', /block 1 holds/],
  [
    'an entry taken out at the end of a block',
    'delete from journal.entry where id = 3',
    /block 1 does not hold the entries/,
  ],
  [
    'an entry slipped in before the first',
    `insert into journal.entry (id, at, gate, act, actor, statement) overriding system value values (0, now(), 'keep', 'x', 'system', '3.0')`,
    /block 1 does not hold the entries/,
  ],
  ['a block taken out', 'delete from journal.block where number = 2', /block 2 is missing/],
  [
    'a root recomputed by whoever changed the row',
    `update journal.block set root = sha256('x') where number = 1`,
    /block 1 holds/,
  ],
  [
    'a link changed',
    `update journal.block set previous = sha256('x') where number = 2`,
    /block 2 does not follow/,
  ],
  [
    'a moment of sealing changed',
    `update journal.block set sealed_at = sealed_at + interval '1 millisecond' where number = 2`,
    /block 2 has a signature/,
  ],
  [
    'a signature changed',
    `update journal.block set signature = sha512('x') where number = 3`,
    /block 3 has a signature/,
  ],
  [
    'a key swapped',
    `update journal.block set key_id = '0000000000000000' where number = 1`,
    /block 1 is signed by another key/,
  ],
] as const) {
  test(`${what} is found, with the block it is in`, async () => {
    const sealer = new Sealer(pool, key);
    for (let block = 0; block < 3; block++) {
      await append(db.pool, [entry(), entry(), entry()]);
      await sealer.seal(NOW);
    }
    assert.equal((await check()).problem, undefined);
    await tamper(sql);
    assert.match((await check()).problem ?? 'nothing found', problem);
  });
}

test('the interval seals by itself, tells of failures, and stops', async () => {
  const sealer = new Sealer(pool, key);
  await append(db.pool, [entry()]);
  sealer.start(1, () => NOW);
  while ((await check()).unsealed > 0);
  await sealer.stop();
  const closed = new pg.Pool();
  await closed.end();
  const failing = new Sealer(closed, key);
  const error = await new Promise((told) => failing.start(1, () => NOW, told));
  assert.ok(error instanceof Error);
  await failing.stop();
});
