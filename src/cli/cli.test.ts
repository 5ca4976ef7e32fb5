import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Config } from '#config';
import { openAudit, openProduct } from '#product';
import { World } from '#test/world.ts';
import { runCommand } from './cli.ts';
import { COMMANDS } from './commands.ts';

let world: World;
const folder = await mkdtemp(join(tmpdir(), 'hjemmel-cli-'));
before(async () => {
  world = await World.open();
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command on the world, as the program does; what it starts besides is of no concern here. */
async function run(argv: string, changed: Partial<Config> = {}) {
  const nothing = () => Promise.reject(new Error('not started here'));
  const said = { out: '', err: '' };
  const code = await runCommand(
    argv.split(' '),
    {
      readConfig: () => ({ ...world.config, ...changed }),
      open: openProduct,
      openAudit,
      openSite: nothing,
      loadDemo: nothing,
      staffLink: nothing,
    },
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
  );
  return { code, ...said, json: () => JSON.parse(said.out) };
}

const silent = { err: '' };
async function joined(email: string, more: Record<string, string> = {}): Promise<string> {
  await world.profile(email, more);
  return (await world.idOf(email))!;
}

test('help names every command with its exit codes, and one command with what it takes', async () => {
  for (const argv of ['help', '--help', 'help --json']) {
    const { code, out } = await run(argv);
    assert.equal(code, 0);
    for (const { usage } of Object.values(COMMANDS)) assert.ok(out.includes(`hjemmel ${usage}`), usage);
    assert.match(out, /Exit codes: 0 done, 1 refused or a promise broken, 2 wrong use/);
  }
  for (const argv of ['help person', 'person --help', 'person show --help']) {
    const { code, out } = await run(argv);
    assert.equal(code, 0, argv);
    assert.match(out, /^hjemmel person find\|show/);
  }
});

test('what cannot be understood is one sentence and exit code 2, and nothing is opened for it', async () => {
  const nowhere = { databaseUrl: 'postgres://127.0.0.1:1/x', keysUrl: 'postgres://127.0.0.1:1/y' };
  for (const [argv, says] of [
    ['fly', /^There is no command fly\./],
    ['help fly', /^There is no command fly\./],
    ['prove --wrong', /^--wrong is not known here\./],
    ['prove --out x', /^--out is not known here\./],
    ['person find a@b.example --lift=1 --reason', /^--reason needs a value\./],
    ['person', /^Say which of find, show, export, erase, restrict\./],
    ['person find', /^Say which person: /],
    ['person forget a@b.example', /^There is no such thing to do with a person\./],
    ['keys', /^Say which of create, rotate\./],
    ['keys destroy', /^There is no such thing to do with keys\./],
    ['statement', /^Say which of check\./],
    ['statement print', /^There is no such thing/],
    ['verify', /^Say which file\./],
    ['db --url', /^DATABASE_URL is set, so there is no embedded database; use that URL\.$/m],
  ] as const) {
    const { code, out, err } = await run(argv, nowhere);
    assert.deepEqual([code, out], [2, ''], argv);
    assert.match(err, says, argv);
    assert.equal(err.trim().split('\n').length, 1, argv);
  }
});

test('somebody is found by e-mail, by phone and by number, and nobody by anything else', async () => {
  const id = await joined('kari@firma.example', { phone: '+4710000010' });
  for (const who of ['kari@firma.example', 'KARI@Firma.Example', '+4710000010', id, id.toUpperCase()]) {
    const { code, out, err } = await run(`person find ${who}`);
    assert.deepEqual({ code, out, err }, { code: 0, out: `${id}\n`, ...silent }, who);
    assert.deepEqual((await run(`person find ${who} --json`)).json(), { found: [id] });
  }
  for (const who of ['ola@firma.example', '+4710000011', randomUUID(), '@'])
    assert.deepEqual((await run(`person find ${who} --json`)).json(), { found: [] }, who);
  for (const verb of ['show', 'erase', 'restrict', `export --out ${folder}/none.zip`]) {
    const json = await run(`person ${verb} ola@firma.example --json`);
    assert.deepEqual([json.code, json.json()], [1, { found: [] }], verb);
  }
  const plain = await run('person show ola@firma.example');
  assert.deepEqual([plain.code, plain.out], [1, 'Nobody is recorded.\n']);
});

test('r.access: showing a person lists each item with source, purpose, ground, clause and date', async () => {
  const id = await joined('liv@firma.example', { place: 'Voss' });
  const { code, json } = await run('person show liv@firma.example --json');
  const answer = json();
  assert.deepEqual([code, answer.person], [0, id]);
  const place = answer.items.find(({ category }: { category: string }) => category === 'contact.place');
  assert.deepEqual(
    [place.value, place.source, place.purpose, place.basis, place.clause, place.expires, place.collectedAt],
    ['Voss', 'given', 'customer', 'A6-1-b', 'k.active-12-months', '2027-11-23', world.now.toISOString()],
  );
  const plain = await run(`person show ${id}`);
  assert.equal(plain.code, 0);
  assert.match(
    plain.out,
    /^ {2}Place: Voss\n {6}given, for customer \(A6-1-b, k\.active-12-months\), since 2026-11-23, leaves 2027-11-23$/m,
  );
});

test('r.portability: an export is written for its owner alone, and where is asked before anything is done', async () => {
  await joined('per@firma.example');
  const out = join(folder, 'per.zip');
  const { code, json } = await run(`person export per@firma.example --out ${out} --language en --json`);
  assert.deepEqual([code, json().out], [0, out]);
  assert.equal((await stat(out)).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(unzipSync(await readFile(out))).sort(), ['data.json', 'index.html']);
  assert.match(
    (await run(`person export per@firma.example --out=${out}`)).out,
    /^Wrote .*per\.zip \(\d+ bytes\)\.$/m,
  );
  const where = await run('person export per@firma.example');
  assert.deepEqual([where.code, where.err], [2, 'Say where to with --out FILE. See: hjemmel help\n']);
});

test('r.rectify-erase: erasing writes a receipt that verifies, and one changed by a letter does not', async () => {
  const id = await joined('eva@firma.example');
  const erased = await run('person erase eva@firma.example --json');
  assert.equal(erased.code, 0);
  const answer = erased.json();
  assert.ok(answer.goes.length > 0 && answer.stays.length > 0);
  assert.deepEqual((await run(`person find ${id} --json`)).json(), { found: [] });
  assert.deepEqual((await run('person find eva@firma.example --json')).json(), { found: [] });

  const text = await readFile(answer.receipt, 'utf8');
  assert.doesNotMatch(text, /eva/);
  assert.equal((await run(`verify ${answer.receipt}`)).code, 0);
  const key = join(world.config.dataDir, 'journal.pub');
  const checked = await run(`verify ${answer.receipt} --key ${key} --json`);
  assert.deepEqual([checked.code, checked.json().ok], [0, true]);

  const tampered = join(folder, 'tampered.json');
  for (const [from, to] of [
    ['"ground": "r.rectify-erase"', '"ground": "r.withdraw"'],
    [id, randomUUID()],
    ['"act": "erase"', '"act": "keep"'],
  ] as const) {
    assert.ok(text.includes(from), from);
    await writeFile(tampered, text.replace(from, to));
    const verdict = await run(`verify ${tampered} --json`);
    assert.deepEqual([verdict.code, verdict.json().ok], [1, false], from);
    assert.ok(verdict.json().problems.length > 0);
    const plain = await run(`verify ${tampered}`);
    assert.equal(plain.code, 1);
    assert.match(plain.out, /chang|not/);
  }
  assert.notEqual((await run(`verify ${folder}/nowhere.json`)).code, 0);
});

test('erasing by hand tells what went, what stays and where the receipt is', async () => {
  await joined('siv@firma.example');
  const { code, out } = await run('person erase siv@firma.example');
  assert.equal(code, 0);
  assert.match(out, /^ {2}gone: {2}E-mail address \(1\)$/m);
  assert.match(out, /^ {2}stays: What you have asked of us until 20\d\d-\d\d-\d\d: /m);
  assert.match(out, /^Receipt: .*receipts\/[0-9a-f-]{36}\.json$/m);
});

test('r.object-restrict: a person is restricted for a reason the law names, and the restriction lifted', async () => {
  const id = await joined('ola@begrenset.example');
  const wrong = await run(`person restrict ${id} --reason because`);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /accuracy, unlawful, claims, objection \(art\. 18\(1\)\)/);
  const set = await run(`person restrict ${id} --reason claims --json`);
  assert.deepEqual([set.code, set.json()], [0, { person: id, restricted: true }]);
  assert.equal((await run(`person show ${id} --json`)).json().restricted.reason, 'claims');
  assert.match((await run(`person show ${id}`)).out, /\(restricted\)/);
  assert.deepEqual((await run(`person restrict ${id} --lift --json`)).json(), {
    person: id,
    restricted: false,
  });
  assert.equal((await run(`person show ${id} --json`)).json().restricted, null);
  assert.equal((await run(`person restrict ${id}`)).out, 'Restricted.\n');
  assert.equal((await run(`person restrict ${id} --lift`)).out, 'Lifted.\n');
});

test('of several who share a phone nobody is shown or erased by chance', async () => {
  const people = [
    await joined('en@delt.example', { phone: '+4710000012' }),
    await joined('to@delt.example', { phone: '+4710000012' }),
  ].sort();
  assert.deepEqual((await run('person find +4710000012 --json')).json(), { found: people });
  for (const verb of ['show', 'erase', 'restrict']) {
    const json = await run(`person ${verb} +4710000012 --json`);
    assert.deepEqual([json.code, json.json()], [1, { found: people }], verb);
  }
  const plain = await run('person erase +4710000012');
  assert.deepEqual(plain.out.trim().split('\n').slice(1), people);
  assert.equal((await run('person find +4710000012')).code, 0);
});

test('whoever uses the command line is written down as staff', async () => {
  const id = await joined('logg@firma.example');
  await run(`person show ${id}`);
  const entries = await world.sql(
    `select actor, actor_id, act from journal.entry where person = $1 and gate = 'answer'`,
    [id],
  );
  assert.deepEqual(entries, [{ actor: 'staff', actor_id: null, act: 'access' }]);
});

test('proving answers for all clauses or one, and a broken promise is exit code 1', async () => {
  const whole = await run('prove --json');
  const verdict = whole.json();
  assert.deepEqual(
    verdict.checks.filter(({ ok }: { ok: boolean }) => !ok),
    [],
  );
  assert.deepEqual([whole.code, verdict.ok, verdict.statement], [0, true, '3.0']);
  assert.ok(verdict.notYet.length > 0);
  const one = await run('prove --clause r.access');
  assert.equal(one.code, 0);
  assert.match(one.out, /^✔ r\.access /m);
  assert.doesNotMatch(one.out, /0\.security/);
  const none = await run('prove --clause r.nothing');
  assert.equal(none.code, 2);
  assert.match(none.err, /^The statement has no clause r\.nothing/);
  assert.equal((await run('prove --now yesterday')).code, 2);

  const role = `${world.config.rolePrefix}_newsletter`;
  await world.sql(`grant select (phone) on vault.person to "${role}"`);
  const broken = await run('prove --clause 0.purpose');
  assert.equal(broken.code, 1);
  assert.match(broken.out, /^✖ 0\.purpose .*\n +newsletter can read vault\.person\.phone$/m);
  const again = await run('prove --clause 0.purpose');
  assert.equal(again.code, 1, 'proving mends nothing');
  await world.sql(`revoke select (phone) on vault.person from "${role}"`);
});

test('an installation where nothing was ever applied is told so', async () => {
  const url = (name: string) => {
    const to = new URL(world.config.databaseUrl!);
    to.pathname = `/${name}`;
    return to.href;
  };
  const { code, err } = await run('prove', { databaseUrl: url('template1'), keysUrl: url('postgres') });
  assert.deepEqual([code, err], [2, 'There is nothing to prove yet: run hjemmel start first.\n']);
});

test('one round of keeping says what went, by clause', async () => {
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'gammel@post.example', topics: ['nyhetsbrev'] },
  });
  const now = new Date(world.now.getTime() + 8 * 86_400_000).toISOString();
  const { code, json } = await run(`keep --now ${now} --json`);
  assert.equal(code, 0);
  assert.deepEqual(json().erased, 1);
  assert.ok(json().due.some(({ clause }: { clause: string }) => clause === '1.1.newsletter'));
  assert.match((await run(`keep --now ${now}`)).out, /^0 people of whom nothing was left to keep\.$/m);
});

test('the data map is printed for people and for programs', async () => {
  const { code, json } = await run('map --json');
  assert.equal(code, 0);
  assert.deepEqual(json(), JSON.parse(JSON.stringify(world.product.engine.map)));
  assert.match((await run('map')).out, /^ {4}email +contact\.email +vault\.sealed +where letters go$/m);
});

test('v.changes: a statement is checked without a database, and what is wrong has file, line and column', async () => {
  const nowhere = { databaseUrl: 'postgres://127.0.0.1:1/x', keysUrl: 'postgres://127.0.0.1:1/y' };
  const good = await run('statement check --json', nowhere);
  assert.deepEqual([good.code, good.json().ok, good.json().problems], [0, true, []]);
  assert.match((await run('statement check', nowhere)).out, /^Statement 3\.0 is whole \([0-9a-f]{16}\)\.$/m);
  const statementDir = join(folder, 'statement');
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), statementDir, { recursive: true });
  const file = join(statementDir, 'statement.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('clock: last-active', 'clock: last-activ'));
  const bad = await run('statement check --json', { ...nowhere, statementDir });
  assert.deepEqual([bad.code, bad.json().ok], [1, false]);
  const plain = await run('statement check', { ...nowhere, statementDir });
  assert.equal(plain.code, 1);
  assert.match(plain.out, /statement\.yaml:\d+:\d+: .*last-activ.*last-active/);
  await run('prove --clause 0.version', { statementDir }).then(({ code }) =>
    assert.equal(code, 0, 'what was applied is in force, whatever the files say'),
  );
});

test('0.security: a master key file is made once and never over another', async () => {
  const masterKeyFile = join(folder, 'made.key');
  const { code, json } = await run('keys create --json', { masterKeyFile });
  assert.deepEqual([code, json()], [0, { file: masterKeyFile, ids: ['k1'] }]);
  assert.equal((await stat(masterKeyFile)).mode & 0o777, 0o600);
  const again = await run('keys create', { masterKeyFile });
  assert.equal(again.code, 2);
  assert.match(again.err, /is there already and is not overwritten/);
});

test('0.security: every key is wrapped again under a new master key', async () => {
  const id = await joined('rotert@firma.example');
  const { code, json } = await run('keys rotate --json');
  assert.deepEqual([code, json().current, json().removable], [0, 'k2', ['k1']]);
  assert.match(
    (await run('keys rotate')).out,
    /^Every key is wrapped by k3 now\. Nothing needs k1, k2 any more\.$/m,
  );
  assert.equal((await run(`person show ${id}`)).code, 0);
});

test('a fault that nobody foresaw shows its kind and code, and no value', async () => {
  const role = `${world.config.rolePrefix}_rights`;
  await world.sql(`revoke select (hash) on vault.lookup from "${role}"`);
  try {
    const { code, err } = await run('prove --clause 0.purpose');
    assert.equal(code, 1, err);
  } finally {
    await world.sql(`grant select (hash) on vault.lookup to "${role}"`);
  }
  await world.sql('alter table vault.lookup rename to lookup_gone');
  try {
    const { code, err, out } = await run('person find kari@firma.example');
    assert.equal(code, 2);
    assert.doesNotMatch(out + err, /kari/);
  } finally {
    await world.sql('alter table vault.lookup_gone rename to lookup');
  }
});
