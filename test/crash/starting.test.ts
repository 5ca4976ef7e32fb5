import assert from 'node:assert/strict';
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asOwner } from '#platform/database.ts';
import { freePort } from '#platform/postmaster.ts';
import { ended, hjemmel, launch, postmaster, program, type Serving, serve, until } from '#test/program.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-starting-'));
const DATA_DIR = join(home, 'data');
const settings = { DATA_DIR, LOG_LEVEL: 'info' };
after(() => rm(home, { recursive: true, force: true }));

/** An operator reads one sentence: what is wrong and what to do, with no stack and no value of anybody. */
async function refusal(changed: Record<string, string>, says: RegExp, ...args: string[]): Promise<void> {
  const command = args.length > 0 ? args : ['start', '--no-demo'];
  const port = String(await freePort(undefined));
  const { code, err } = await hjemmel({ PORT: port, ...settings, ...changed }, ...command);
  assert.equal(code, 2, err);
  const said = err.split('\n').filter((line) => line !== '' && !/^(Starting|Waiting|Making)/.test(line));
  assert.equal(said.length, 1, err);
  assert.match(said[0]!, says);
  assert.doesNotMatch(err, /^\s+at |kari/m);
}

let serving: Serving | undefined;
before(async () => {
  serving = await serve(settings, '--no-demo');
});
after(async () => {
  await serving?.stop();
});

/** Runs SQL as the superuser of the embedded database, through the URL that an operator gets. */
async function sql<T extends object>(text: string): Promise<T[]> {
  const { code, out } = await hjemmel(settings, 'db', '--url');
  assert.equal(code, 0);
  return asOwner(out.trim(), async (client) => (await client.query<T>(text)).rows);
}

async function signUp(email: string): Promise<void> {
  const response = await fetch(`${serving!.url}/api/v1/profiles`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Kari Prøve', email, accept: { statement: '3.0' } }),
  });
  assert.equal(response.status, 201);
}

test('a second server on the same folder is refused, and the first goes on', async () => {
  await refusal({}, /^Another hjemmel start already serves .* \(pid \d+\): stop it, or set DATA_DIR/);
  assert.equal((await fetch(`${serving!.url}/ready`)).status, 200);
});

test('a port in use is named before anything is set up', async (t) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const port = String((taken.address() as { port: number }).port);
  const other = join(home, 'other');
  await refusal({ DATA_DIR: other, PORT: port }, new RegExp(`^Port ${port} is in use: `));
  assert.equal((await readdir(other)).includes('postgres'), false);
});

test('a folder that cannot be written is named with its cure', async (t) => {
  const closed = join(home, 'closed');
  await mkdir(closed, { mode: 0o500 });
  const says = /^DATA_DIR .* cannot be written \(EACCES\): make it writable, or set DATA_DIR\./;
  if (process.getuid?.() !== 0) return refusal({ DATA_DIR: join(closed, 'data') }, says);
  // Root may write anywhere until it gives that right up.
  await chown(closed, 65_534, 65_534);
  const bare = ['--inh-caps=-all', '--bounding-set=-all', program, 'start'];
  const { code, err } = await ended(launch('setpriv', bare, { DATA_DIR: join(closed, 'data') }));
  if (/setpriv/.test(err)) return t.skip('rights cannot be given up here');
  assert.equal(code, 2, err);
  assert.match(err, says);
});

test('a database that does not answer is named without its password', async () => {
  const url = 'postgres://kari:hemmelig@127.0.0.1:1/rader';
  const wrong = { DATA_DIR: join(home, 'away'), DATABASE_URL: url, KEYS_URL: `${url}-keys` };
  await refusal(wrong, /^The database at 127\.0\.0\.1:1\/rader-keys does not answer \(ECONNREFUSED\); /);
});

test('a statement that does not hold together is told with file, line and column', async () => {
  const folder = join(home, 'statement');
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), folder, { recursive: true });
  const file = join(folder, 'statement.yaml');
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace('clock: consent-withdrawn', 'clock: consent-gone'),
  );
  const first = { DATA_DIR: join(home, 'first'), STATEMENT_DIR: folder };
  await refusal(first, /statement\.yaml:\d+:\d+: .*consent-gone/);
  assert.equal(
    await postmaster(first.DATA_DIR),
    undefined,
    'a start that is refused leaves no database running',
  );
});

test('stopping closes the database and gives the folder back, however often it is asked for', async () => {
  const server = await postmaster(DATA_DIR);
  assert.ok(server !== undefined);
  // Ctrl-C under npm comes twice: from the terminal, and from npm.
  for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) serving!.child.kill(signal);
  const { code, out } = await serving!.ended;
  assert.equal(code, 0);
  assert.match(out, /Stopping\./);
  assert.throws(() => process.kill(server, 0), { code: 'ESRCH' });
  const left = await readdir(DATA_DIR);
  assert.deepEqual(
    left.filter((name) => /lock|turn|probe|\.new$/.test(name)),
    [],
  );
  assert.deepEqual(await readdir(join(DATA_DIR, 'postgres.users')), []);
});

test('a wish to stop while it opens is heard, and leaves no database running', async () => {
  const port = String(await freePort(undefined));
  const opening = hjemmel({ ...settings, PORT: port }, 'start', '--no-demo');
  await until(async () => (await postmaster(DATA_DIR)) !== undefined);
  const { pid } = JSON.parse(await readFile(join(DATA_DIR, 'hjemmel.lock'), 'utf8')) as { pid: number };
  process.kill(pid, 'SIGTERM');
  assert.equal((await opening).code, 0);
  assert.equal(await postmaster(DATA_DIR), undefined);
});

test('a key file that is missing or another one is named with its cure, and nothing is left running', async (t) => {
  const file = join(DATA_DIR, 'master.key');
  const right = await readFile(file, 'utf8');
  t.after(() => writeFile(file, right, { mode: 0o600 }));
  await rm(file);
  await refusal({}, /master\.key/);
  await writeFile(file, right.replace(/^k1 .*/m, `k1 ${Buffer.alloc(32, 7).toString('base64')}`), {
    mode: 0o600,
  });
  await refusal({}, /^The key file .* is not the one this data was sealed with; /);
  await refusal({}, /^The key file .* is not the one this data was sealed with; /, 'prove');
  assert.equal(await postmaster(DATA_DIR), undefined);
});

test('a second start takes less than ten seconds, and one after a kill takes over what was left', async () => {
  const began = performance.now();
  serving = await serve(settings, '--no-demo');
  assert.ok(performance.now() - began < 10_000);
  await signUp('drept@firma.example');
  await serving.kill();
  assert.notEqual(await postmaster(DATA_DIR), undefined, 'the database was left behind');
  serving = await serve(settings, '--no-demo');
  const found = await sql('select from customers.profile');
  assert.equal(found.length, 1);
});

test('1.1.profile: a column that nobody declared stops the next start by name, and the proof fails on it', async () => {
  await sql('alter table newsletter.subscription add column note text');
  await serving!.stop();
  const { code, err } = await hjemmel(settings, 'start', '--no-demo');
  assert.equal(code, 2);
  assert.match(err, /statement 3\.0 does not cover.*\n {2}newsletter\.subscription\.note: undeclared/);
  const proven = await hjemmel(settings, 'prove', '--json');
  assert.equal(proven.code, 1);
  const { ok, checks } = JSON.parse(proven.out) as { ok: boolean; checks: { ok: boolean; detail: string }[] };
  assert.equal(ok, false);
  assert.ok(checks.some((check) => !check.ok && check.detail.includes('newsletter.subscription.note')));
  assert.equal(await postmaster(DATA_DIR), undefined);

  // `hjemmel db` keeps the database up for whoever mends it, until it is told to stop.
  const mending = hjemmel(settings, 'db');
  const user = async () => (await readdir(join(DATA_DIR, 'postgres.users')))[0];
  await until(async () => (await user()) !== undefined && (await postmaster(DATA_DIR)) !== undefined);
  await sql('alter table newsletter.subscription drop column note');
  process.kill(Number((await user())!.split('.')[0]), 'SIGTERM');
  assert.equal((await mending).code, 0);
  serving = await serve(settings, '--no-demo');
});
