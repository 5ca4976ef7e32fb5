import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';
import { readConfig } from '#config';
import { asOwner } from '#platform/database.ts';
import { openEmbedded } from '#platform/embedded.ts';
import { openLog } from '#platform/log.ts';
import { openProduct } from '#product';
import { type Ended, ended, hjemmel, launch, program, type Serving, serve, until } from '#test/program.ts';

/** One installation as it lies on disk, served by a process of its own. */
const DATA_DIR = await mkdtemp(join(tmpdir(), 'hjemmel-at-rest-'));
const settings = { DATA_DIR, LOG_LEVEL: 'debug' };
let serving: Serving | undefined = await serve(settings, '--no-demo');
after(async () => {
  await serving?.stop();
  await rm(DATA_DIR, { recursive: true, force: true });
});

const answer = ({ out }: Ended) => JSON.parse(out);
const person = (verb: string, who: string, ...more: string[]) =>
  hjemmel(settings, 'person', verb, who, '--json', ...more);

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${serving!.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const signUp = (email: string) =>
  post('profiles', { name: 'Kari Prøve', email, phone: '+4710000008', accept: { statement: '3.0' } });

/** Files under DATA_DIR that hold a text, outbox and what the test itself wrote apart. */
async function filesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  const needles = [Buffer.from(text), Buffer.from(text.toUpperCase()), Buffer.from(text, 'utf16le')];
  for (const entry of await readdir(DATA_DIR, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.startsWith(join(DATA_DIR, 'outbox'))) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (needles.some((needle) => bytes.includes(needle))) found.push(path.slice(DATA_DIR.length));
  }
  return found;
}

async function letters(): Promise<string[]> {
  return (await readdir(join(DATA_DIR, 'outbox')).catch(() => [])).filter((name) => name.endsWith('.eml'));
}

test('0.security: an address is in no file outside the outbox, before its owner is erased or after', async () => {
  const email = 'ingen.fil@post.example';
  assert.equal(
    (await post('newsletter/subscriptions', { email, topics: ['nyhetsbrev'], language: 'nb' })).status,
    202,
  );
  assert.equal((await signUp(email)).status, 201);
  await post('profiles', { name: 'Kari', email, unknown: email });
  await fetch(`${serving!.url}/api/v1/me?email=${email}`, { headers: { cookie: `hjemmel=${email}` } });
  await until(async () => (await letters()).length >= 2);
  assert.match(
    await readFile(join(DATA_DIR, 'outbox', (await letters())[0]!), 'utf8'),
    /^To: ingen\.fil@post\.example$/m,
  );
  assert.deepEqual(await filesWith('ingen.fil'), []);

  const out = join(DATA_DIR, 'outbox', 'copy.zip');
  assert.equal((await person('export', email, '--out', out)).code, 0);
  assert.ok('data.json' in unzipSync(await readFile(out)));
  const erased = await person('erase', email);
  assert.equal(erased.code, 0);
  const { receipt } = answer(erased);
  assert.equal((await hjemmel(settings, 'verify', receipt)).code, 0);
  const found = await person('find', email);
  assert.deepEqual([found.code, answer(found)], [1, { found: [] }]);
  assert.deepEqual(await filesWith('ingen.fil'), []);
  assert.deepEqual(await filesWith('4710000008'), []);
});

test('r.rectify-erase: a copy of the rows taken before an erasure and put back after it gives nobody back', async () => {
  const email = 'kopi@firma.example';
  await signUp(email);
  const [id] = answer(await person('find', email)).found;
  await serving!.stop();
  const asSuperuser = async (...statements: string[]) => {
    const server = await openEmbedded(DATA_DIR);
    const url = new URL(server.superuserUrl);
    url.pathname = '/postgres';
    await asOwner(url.href, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
    await server.stop();
  };
  await asSuperuser('create database backup template hjemmel owner hjemmel_owner');
  serving = await serve(settings, '--no-demo');
  assert.equal((await person('erase', id)).code, 0);
  await serving.stop();
  await asSuperuser('drop database hjemmel', 'alter database backup rename to hjemmel');

  // Nobody was told of it, and still the first that opens on the rows finds that their journal is shorter than is known.
  const shown = await person('show', id);
  assert.match(shown.err, /^Replaying what came after the backup\.$/m);
  assert.deepEqual([shown.code, answer(shown)], [1, { found: [] }]);
  serving = await serve(settings, '--no-demo');
  assert.deepEqual(answer(await person('find', email)), { found: [] });
  assert.deepEqual(answer(await person('find', id)), { found: [] });
  assert.deepEqual(await filesWith(email), []);
  const { code, out } = await hjemmel(settings, 'prove', '--json');
  const { checks } = JSON.parse(out) as { checks: { ok: boolean; title: string; detail: string }[] };
  assert.deepEqual(
    checks.filter(({ ok }) => !ok),
    [],
  );
  assert.equal(code, 0);
});

test('0.security: the master key is changed while everybody goes on, and a change broken off is finished later', async () => {
  const log = openLog('error', [process.stderr]);
  const beside = await openProduct(readConfig({ DATA_DIR }), { log, now: () => new Date() });
  const many = Array.from({ length: 15_000 }, () => randomUUID());
  const masters = async () => {
    const { rows } = await asOwner(beside.keysUrl, (client) =>
      client.query<{ master: string; n: number }>(
        'select master, count(*)::int as n from keys.person_key group by 1 order by 1',
      ),
    );
    return rows.map(({ master }) => master);
  };
  try {
    await beside.engine.keys.create(many, new Date());
    assert.equal((await signUp('for@firma.example')).status, 201);
    let over = false;
    const rotating = hjemmel(settings, 'keys', 'rotate', '--json').finally(() => {
      over = true;
    });
    const emails: string[] = [];
    for (let n = 0; !over || n < 20; n += 1) {
      const email = `under${n}@firma.example`;
      assert.equal((await signUp(email)).status, 201, 'signing up goes on');
      emails.push(email);
    }
    const done = await rotating;
    assert.equal(done.code, 0, done.err);
    const { current, removable } = answer(done);
    assert.deepEqual([current, removable], ['k2', ['k1']]);
    assert.deepEqual(await masters(), ['k2']);
    for (const email of ['for@firma.example', emails[0]!, emails.at(-1)!]) {
      const shown = await person('show', email);
      assert.ok(answer(shown).items.some(({ value }: { value: string }) => value === email));
    }

    // The next one is killed on its way: what is done stays done, what is not waits.
    const child = launch(program, ['keys', 'rotate'], settings);
    const killed = ended(child);
    child.stderr!.on('data', (said: string) => {
      if (/^\d{4,} wrapped again/m.test(said)) child.kill('SIGKILL');
    });
    assert.equal((await killed).code, null);
    assert.deepEqual(await masters(), ['k2', 'k3'], 'both keys open something');
    assert.equal((await signUp('mellom@firma.example')).status, 201);
    assert.equal((await person('show', 'mellom@firma.example')).code, 0);
    const again = await hjemmel(settings, 'keys', 'rotate', '--json');
    assert.equal(again.code, 0, again.err);
    assert.deepEqual([answer(again).current, await masters()], ['k3', ['k3']]);

    // Without the keys that nothing needs any more, all of it opens.
    const file = join(DATA_DIR, 'master.key');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^k[12] .*\n/gm, ''), { mode: 0o600 });
    assert.equal((await person('show', 'for@firma.example')).code, 0);
  } finally {
    await beside.engine.keys.destroy(many);
    await beside.close();
  }
});
