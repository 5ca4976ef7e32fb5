import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { type Embedded, lockDataDir, openEmbedded, requireVersion } from './embedded.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-embedded-'));
const dataDir = join(home, 'data');
const fault = (pattern: RegExp) => ({ name: 'Fault', message: pattern });
after(() => rm(home, { recursive: true, force: true }));

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that opens the same folder and stays until it is killed. */
async function otherProcess(): Promise<ChildProcess> {
  const script = `
    import { openEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
    const embedded = await openEmbedded(${JSON.stringify(dataDir)});
    const awake = setInterval(() => {}, 1000);
    process.once('SIGTERM', () => embedded.stop().then(() => clearInterval(awake)));
    process.stdout.write('open');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

test('the first opening makes two databases with an owner who may make roles and is no superuser', async (t) => {
  const said: string[] = [];
  const embedded = await openEmbedded(dataDir, { progress: (message) => said.push(message) });
  t.after(() => embedded.stop());
  assert.equal(embedded.started, true);
  assert.ok(said.length > 0);
  const [owner] = await query(
    embedded.databaseUrl,
    'select rolsuper, rolcreaterole from pg_roles where rolname = current_user',
  );
  assert.deepEqual(owner, { rolsuper: false, rolcreaterole: true });
  const named = 'select current_database() as name';
  assert.deepEqual(await query(embedded.databaseUrl, named), [{ name: 'hjemmel' }]);
  assert.deepEqual(await query(embedded.keysUrl, named), [{ name: 'hjemmel_keys' }]);
  await query(embedded.databaseUrl, 'create table note (n int); insert into note values (1)');

  const client = new pg.Client(embedded.databaseUrl);
  await client.connect();
  await requireVersion(client);
  await client.end();
  const old = { query: () => Promise.resolve({ rows: [{ number: '140012' }] }) } as unknown as pg.Client;
  await assert.rejects(
    requireVersion(old, 'KEYS_URL'),
    fault(/^KEYS_URL is PostgreSQL 14, and 15 or newer is needed: /),
  );
});

test('the server listens on the loopback address alone and writes down no statement and no value', async (t) => {
  const embedded = await openEmbedded(dataDir);
  t.after(() => embedded.stop());
  const show = (name: string) =>
    query<{ value: string }>(embedded.superuserUrl, `select current_setting('${name}') as value`);
  for (const [name, value] of [
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['password_encryption', 'scram-sha-256'],
  ] as const) {
    assert.equal((await show(name))[0]?.value, value, name);
  }
  assert.ok(embedded.port < 32_768);
  await assert.rejects(query(embedded.databaseUrl, "select 'kari@bakeri.example'::int"), { code: '22P02' });
  await assert.rejects(query(embedded.databaseUrl, "select * from kari_bakeri where x = 'kari'"), {
    code: '42P01',
  });
  assert.doesNotMatch(await readFile(join(dataDir, 'logs/postgres.log'), 'utf8'), /kari/i);
});

test('the passwords are readable by their owner alone, and no wrong one opens the database', async (t) => {
  const embedded = await openEmbedded(dataDir);
  t.after(() => embedded.stop());
  assert.equal((await stat(join(dataDir, 'postgres.secret'))).mode & 0o777, 0o600);
  const wrong = embedded.superuserUrl.replace(/:[0-9a-f]+@/, ':guess@');
  await assert.rejects(query(wrong, 'select 1'), { code: '28P01' });
});

test('a role that was given nothing cannot enter the database of keys', async (t) => {
  const embedded = await openEmbedded(dataDir);
  t.after(() => embedded.stop());
  await query(embedded.databaseUrl, "create role outsider login password 'x'");
  const asOutsider = embedded.keysUrl.replace(/\/\/.*@/, '//outsider:x@');
  await assert.rejects(query(asOutsider, 'select 1'), { code: '42501' });
});

test('a second user joins the server that runs, and the last one to leave stops it', async () => {
  const first = await openEmbedded(dataDir);
  const second = await openEmbedded(dataDir);
  assert.deepEqual([first.started, second.started, second.port], [true, false, first.port]);
  await first.stop();
  assert.deepEqual(await query(second.databaseUrl, 'select n from note'), [{ n: 1 }]);
  await second.stop();
  await second.stop();
  await assert.rejects(query(second.databaseUrl, 'select 1'), { code: 'ECONNREFUSED' });
});

test('a server left behind by a killed program is taken over, and stopped by whoever took it', async () => {
  const killed = await otherProcess();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const embedded = await openEmbedded(dataDir);
  assert.equal(embedded.started, false);
  await embedded.stop();
  await assert.rejects(query(embedded.databaseUrl, 'select 1'), { code: 'ECONNREFUSED' });
});

test('what was committed survives a program and a server killed together', async (t) => {
  const killed = await otherProcess();
  const server = await serverPid();
  const observer: Embedded = await openEmbedded(dataDir);
  await query(observer.databaseUrl, 'insert into note values (2)');
  process.kill(server, 'SIGKILL');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const embedded = await openEmbedded(dataDir);
  t.after(async () => {
    await observer.stop();
    await embedded.stop();
  });
  assert.equal(embedded.started, true);
  assert.deepEqual(await query(embedded.databaseUrl, 'select n from note order by n'), [{ n: 1 }, { n: 2 }]);
});

test('a program that ends in order stops its server', async () => {
  const other = await otherProcess();
  const server = await serverPid();
  other.kill('SIGTERM');
  await once(other, 'exit');
  assert.throws(() => process.kill(server, 0), { code: 'ESRCH' });
});

test('a file of a killed server whose number is now another program does not keep the database down', async (t) => {
  await writeFile(
    join(dataDir, 'postgres/postmaster.pid'),
    `${process.pid}\n${dataDir}/postgres\n0\n5432\n\n\n\nready\n`,
  );
  const embedded = await openEmbedded(dataDir);
  t.after(() => embedded.stop());
  assert.equal(embedded.started, true);
});

test('one process at a time may serve a folder, and the other is told who does', async () => {
  const lock = await lockDataDir(dataDir);
  await assert.rejects(
    lockDataDir(dataDir),
    fault(new RegExp(`already serves ${dataDir} \\(pid ${process.pid}\\): `)),
  );
  await lock.release();
  await (await lockDataDir(dataDir)).release();
});

test('what an operator can put right is one sentence with the cure', async (t) => {
  const secret = join(dataDir, 'postgres.secret');
  await rename(secret, `${secret}.kept`);
  await assert.rejects(openEmbedded(dataDir), fault(/postgres\.secret is missing: /));
  await writeFile(secret, '{"port":1');
  await assert.rejects(openEmbedded(dataDir), fault(/postgres\.secret is damaged: /));
  await rename(`${secret}.kept`, secret);

  const version = join(dataDir, 'postgres/PG_VERSION');
  await writeFile(version, '12\n');
  await assert.rejects(
    openEmbedded(dataDir),
    fault(/was made by PostgreSQL 12 and this product brings \d+: /),
  );
  await writeFile(version, '18\n');

  const file = join(home, 'a-file');
  await writeFile(file, '');
  await assert.rejects(
    openEmbedded(join(file, 'data')),
    fault(/^DATA_DIR .* cannot be written \(ENOTDIR\): /),
  );

  const control = join(dataDir, 'postgres/global/pg_control');
  await rename(control, `${control}.kept`);
  await assert.rejects(
    openEmbedded(dataDir),
    fault(/^PostgreSQL did not start on .*: see .*postgres\.log\.$/),
  );
  await rename(`${control}.kept`, control);

  const foreign = join(home, 'foreign');
  await mkdir(join(foreign, 'postgres'), { recursive: true });
  await assert.rejects(openEmbedded(foreign), fault(/is there but holds no database: /));

  if (process.getuid?.() !== 0) {
    const locked = join(home, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    t.after(() => chmod(locked, 0o700));
    await assert.rejects(openEmbedded(locked), fault(/^DATA_DIR .* cannot be written \(EACCES\): /));
  }
});
