import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg, { type ClientBase } from 'pg';
import { asOwner } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { type Migration, migrate, readMigrations } from '#platform/migrate.ts';
import { type JournalKey, keyId } from '#platform/secrets.ts';
import { type Scratch, scratch } from '#test/scratch.ts';
import { readContents } from './contents.ts';
import { copyIn, copyOut } from './copy.ts';
import { dump } from './dump.ts';
import { load } from './load.ts';
import { checkFiles, MANIFEST, readManifest } from './manifest.ts';
import { BackupRefused } from './refused.ts';

const folder = await mkdtemp(join(tmpdir(), 'hjemmel-backup-'));
const pair = generateKeyPairSync('ed25519');
const key: JournalKey = { ...pair, id: keyId(pair.publicKey) };

/** Everything that is hard to write out and read in: order, partitions, generated columns, triggers, odd values. */
const AWKWARD = `
create schema odd;
create table odd.zeta (id int primary key, said text);
create table odd.alpha (
  id bigint generated always as identity primary key,
  zeta int references odd.zeta (id),
  words text, raw bytea, tags text[], at timestamptz, number numeric, half real,
  double_length int generated always as (length(words) * 2) stored,
  self bigint references odd.alpha (id)
);
create table odd.event (person uuid not null, at timestamptz not null, what text) partition by range (at);
create table odd.event_2026_10 partition of odd.event for values from ('2026-10-01 00:00+00') to ('2026-11-01 00:00+00');
create table odd.nothing ();
create table odd.shipped (name text primary key);
insert into odd.shipped values ('from the migration');
create function odd.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
create trigger refuse before insert or update or delete on odd.zeta for each row execute function odd.refuse();
`;
const migrations: Migration[] = [{ name: '20260101_0000_odd.sql', sql: AWKWARD, sha256: 'a'.repeat(64) }];

let from: Scratch;
let to: Scratch;
before(async () => {
  [from, to] = [await scratch(), await scratch()];
  const { createHash } = await import('node:crypto');
  migrations[0] = { ...migrations[0]!, sha256: createHash('sha256').update(AWKWARD).digest('hex') };
  await from.lend((client) => migrate(client, migrations));
  const sql = (text: string, values: unknown[] = []) => from.pool.query(text, values);
  await sql('alter table odd.zeta disable trigger refuse');
  await sql(`insert into odd.zeta select n, 'row ' || n from generate_series(1, 5) n`);
  await sql('alter table odd.zeta enable trigger refuse');
  await sql(
    `insert into odd.alpha (zeta, words, raw, tags, at, number, half) values
     (1, E'tab\\t new\\n line \\\\ back \\\\N and \\r', '\\x00ff5c0a', array['a', null, 'b,"c"', E'\\\\'], 'infinity', 'NaN', 'Infinity'),
     (null, null, null, null, null, null, null), (2, '', '', '{}', '-infinity', 1e-300, 1.1754944e-38),
     (3, 'blåbær 🫐', decode(repeat('ab', 300000), 'hex'), '{}', '2026-10-25 02:30:00.123456+02', 0.1, 0.1)`,
  );
  await sql(`insert into odd.alpha (zeta, self) values (5, 5)`);
  await sql(
    `create table odd.event_2026_11 partition of odd.event for values from ('2026-11-01 00:00+00') to ('2026-12-01 00:00+00') partition by hash (person)`,
  );
  for (const part of [0, 1])
    await sql(
      `create table odd.event_2026_11_${part} partition of odd.event_2026_11 for values with (modulus 2, remainder ${part})`,
    );
  await sql(
    `insert into odd.event select gen_random_uuid(), '2026-10-15'::timestamptz + n * interval '20 seconds', 'seen ' || n from generate_series(1, 120000) n`,
  );
  await sql(`delete from odd.shipped; insert into odd.shipped values ('by hand')`);
});
after(async () => {
  await Promise.all([from.drop(), to.drop()]);
  await rm(folder, { recursive: true, force: true });
});

const options = { kind: 'main', mark: 'm', key, about: async () => ({}) } as const;
const within = async () => {};

/** Number and order-independent digest of every table's rows. */
async function digests(client: ClientBase): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name } of (await readContents(client)).tables) {
    const { rows } = await client.query(
      `select count(*) || ' ' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) as it from ${name} t`,
    );
    found[name] = rows[0].it;
  }
  return found;
}

test('r.rectify-erase: what is put back is what was backed up, row for row, with its partitions and its numbers', async () => {
  const place = join(folder, 'whole');
  const seen: number[] = [];
  const manifest = await asOwner(from.url, (client) =>
    dump(client, place, { ...options, progress: ({ rows }) => seen.push(rows) }),
  );
  const total = manifest.body.tables.reduce((sum, { rows }) => sum + rows, 0);
  assert.equal(seen.at(-1), total);
  assert.ok(total > 120_000);
  assert.equal((await stat(join(place, MANIFEST))).mode & 0o777, 0o600);
  await checkFiles(place, (await readManifest(place, key.publicKey)).body);
  await asOwner(to.url, (client) =>
    load(client, place, manifest.body, { migrations, replace: true, within }),
  );
  const [before, back] = [await from.lend(digests), await to.lend(digests)];
  assert.deepEqual(back, before);
  assert.deepEqual(await to.lend(readContents), await from.lend(readContents));
  const { rows } = await to.pool.query(
    `insert into odd.alpha (words) values ('next') returning id, double_length`,
  );
  assert.deepEqual(rows, [{ id: 6, double_length: 8 }]);
  await assert.rejects(to.pool.query('delete from odd.zeta'), /no/, 'its triggers are on again');
});

test('r.rectify-erase: a backup is one moment, however much is written while it is taken', async () => {
  const place = join(folder, 'moment');
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n += 1)
      await from.pool.query(
        `with a as (insert into odd.event values (gen_random_uuid(), '2026-11-02', $1)) insert into odd.alpha (words) values ($1)`,
        [`twin ${n}`],
      );
  })();
  const manifest = await asOwner(from.url, (client) => dump(client, place, options));
  writing = false;
  await writer;
  await asOwner(to.url, (client) =>
    load(client, place, manifest.body, { migrations, replace: true, within }),
  );
  const { rows } = await to.pool.query(
    `select (select count(*) from odd.event where what like 'twin%') as events, (select count(*) from odd.alpha where words like 'twin%') as rows`,
  );
  assert.equal(rows[0].events, rows[0].rows);
  await from.pool.query(`delete from odd.alpha where words like 'twin%'`);
});

const refusedBy = (says: RegExp) => (error: unknown) => {
  assert.ok(error instanceof BackupRefused, String(error));
  assert.match(error.message, says);
  assert.equal(error.message.split('\n').length, 1);
  return true;
};

test('r.rectify-erase: a backup that was changed, cut short or broken off is refused, and nothing is put back', async (t) => {
  const fresh = async (name: string) => {
    const place = join(folder, name);
    await asOwner(from.url, (client) => dump(client, place, options));
    return place;
  };
  const whole = async (place: string) => checkFiles(place, (await readManifest(place, key.publicKey)).body);
  const place = await fresh('changed');
  const file = join(place, (await readdir(place)).find((name) => name.includes('odd.event'))!);
  const text = await readFile(join(place, MANIFEST), 'utf8');
  const bytes = await readFile(file);

  await t.test('a row count', async () => {
    await writeFile(join(place, MANIFEST), text.replace(/"rows": 5\b/, '"rows": 4'));
    await assert.rejects(whole(place), refusedBy(/was changed after it was signed/));
  });
  await t.test('no manifest', async () => {
    await rm(join(place, MANIFEST));
    await assert.rejects(whole(place), refusedBy(/There is no whole backup/));
  });
  await t.test('half a manifest', async () => {
    await writeFile(join(place, MANIFEST), text.slice(0, text.length / 2));
    await assert.rejects(whole(place), refusedBy(/is damaged, or of another release/));
    await writeFile(join(place, MANIFEST), text);
    await whole(place);
  });
  await t.test('a file cut short, made longer, changed or gone', async () => {
    await truncate(file, bytes.length - 10);
    await assert.rejects(whole(place), refusedBy(/is not what was written/));
    await writeFile(file, bytes);
    await appendFile(file, 'x');
    await assert.rejects(whole(place), refusedBy(/is not what was written/));
    const bent = Buffer.from(bytes);
    bent[500]! ^= 1;
    await writeFile(file, bent);
    await assert.rejects(whole(place), refusedBy(/is not what was written/));
    await rm(file);
    await assert.rejects(whole(place), refusedBy(/cannot be read \(ENOENT\)/));
    await writeFile(file, bytes);
  });
  await t.test("somebody else's signature", async () => {
    const other = generateKeyPairSync('ed25519');
    await assert.rejects(readManifest(place, other.publicKey), refusedBy(/signed by another installation/));
  });
  await t.test('a file that changes between the check and the load undoes all of it', async () => {
    const { body } = await readManifest(place, key.publicKey);
    const before = await to.lend(digests);
    await writeFile(file, bytes.subarray(0, bytes.length >> 1));
    const loading = asOwner(to.url, (client) =>
      load(client, place, body, { migrations, replace: true, within }),
    );
    await assert.rejects(loading);
    assert.deepEqual(await to.lend(digests), before);
    await writeFile(file, bytes);
  });
});

test('r.rectify-erase: a backup of a newer release is refused, and so is a database that is not empty', async () => {
  const place = join(folder, 'newer');
  const { body } = await asOwner(from.url, (client) => dump(client, place, options));
  const into = (more: object) =>
    asOwner(to.url, (client) => load(client, place, body, { migrations, replace: true, within, ...more }));
  await assert.rejects(
    into({ migrations: [] }),
    refusedBy(/newer release, or another one \(20260101_0000_odd\.sql\)/),
  );
  const edited = [{ ...migrations[0]!, sha256: 'b'.repeat(64) }];
  await assert.rejects(into({ migrations: edited }), refusedBy(/newer release/));
  await assert.rejects(into({ replace: false }), refusedBy(/is not empty: add --replace/));
  const later = await readMigrations(['src/platform/sql']);
  await into({ migrations: [...migrations, ...later] });
  const { rows } = await to.pool.query('select name from platform.migration');
  assert.deepEqual(rows, [{ name: migrations[0]!.name }], 'later migrations are left to the next start');
});

test('r.rectify-erase: a folder that is full, closed or in use is told in one sentence', async () => {
  const take = (place: string) => asOwner(from.url, (client) => dump(client, place, options));
  await assert.rejects(
    take('/proc/nowhere/main'),
    (error) => error instanceof Fault && /cannot be written \(E/.test(error.message),
  );
  await assert.rejects(take(join(folder, 'whole')), refusedBy(/There is a backup in .* already/));
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(
    take(join(folder, 'file', 'main')),
    (error) => error instanceof Fault && /ENOTDIR|EEXIST/.test(error.message),
  );
  const used = join(folder, 'used');
  await mkdir(used);
  await writeFile(join(used, 'thesis.txt'), 'mine');
  await assert.rejects(take(used), refusedBy(/holds something else \(thesis\.txt\)/));
  const broken = join(folder, 'broken-off');
  await mkdir(broken);
  await writeFile(join(broken, '001-odd.alpha.copy.gz'), 'half');
  await take(broken);
  await checkFiles(broken, (await readManifest(broken)).body);
});

test('r.rectify-erase: a table much larger than what is kept in memory goes through', async () => {
  const client = new pg.Client(from.url);
  await client.connect();
  try {
    const copy = copyOut(client, `copy (select repeat('x', 1000) from generate_series(1, 200000)) to stdout`);
    const start = process.memoryUsage().rss;
    let bytes = 0;
    let most = 0;
    for await (const chunk of copy) {
      bytes += chunk.length;
      if (bytes % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      most = Math.max(most, process.memoryUsage().rss - start);
    }
    assert.deepEqual([bytes, copy.rows], [200_000 * 1001, 200_000]);
    assert.ok(most < 100 << 20, `${most >> 20} MB more`);
    await client.query('create temporary table big (words text)');
    async function* many() {
      for (let n = 0; n < 2000; n += 1) yield Buffer.from(`${'y'.repeat(999)}\n`.repeat(100));
    }
    assert.equal(await copyIn(client, 'copy big from stdin', many()), 200_000);
    async function* failing() {
      yield Buffer.from('one\n');
      throw new Error('the disk is gone');
    }
    await assert.rejects(copyIn(client, 'copy big from stdin', failing()), /the disk is gone/);
    await assert.rejects(copyIn(client, 'copy big (nothing) from stdin', many()), /nothing/);
  } finally {
    await client.end();
  }
});
