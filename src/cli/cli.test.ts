import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Config } from '#config';
import { command } from '#test/command.ts';
import { invoice } from '#test/invoice.ts';
import { World } from '#test/world.ts';
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

const run = (argv: string, changed: Partial<Config> = {}) => command(world, argv, changed);

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
    ['keep dry-run', /^keep takes no word after it: a flag begins with two dashes/],
    ['prove k.client', /^prove takes no word after it/],
    ['apply 1 2', /^apply takes one word after it/],
    ['person find Kari Prøve', /^person takes no more than 2 words after it/],
    ['keep --dry-run --now 2026-02-30', /^--now takes an ISO 8601 moment\./],
    ['keep --dry-run --now 2026-11-27(x)', /^--now takes an ISO 8601 moment\./],
    ['prove --wrong', /^--wrong is not known here\./],
    ['prove --out x', /^--out is not known here\./],
    ['person find a@b.example --lift=1 --reason', /^--reason needs a value\./],
    ['person', /^Say which of find, show, export, erase, restrict, hold, sign-out\./],
    ['person find', /^Say which person: /],
    ['person forget a@b.example', /^There is no such thing to do with a person\./],
    ['keys', /^Say which of create, rotate\./],
    ['keys destroy', /^There is no such thing to do with keys\./],
    ['statement', /^Say which of check\./],
    ['companies', /^Say which of refresh\./],
    ['companies fetch', /^There is no such thing to do with companies\./],
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
  assert.deepEqual([code, err], [2, 'There is nothing here yet: run hjemmel start first.\n']);
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

test('1.3.brreg: following the registers asks nothing where nothing is kept, and says what it did', async () => {
  const { code, out } = await run('companies refresh --json');
  assert.deepEqual(
    [code, JSON.parse(out)],
    [
      0,
      { changes: 0, renewed: 0, removed: 0, whole: false, written: { completed: 0, told: 0, away: false } },
    ],
  );
  assert.match(
    (await run('companies refresh')).out,
    /^0 changes in the register: 0 companies renewed, 0 removed\.$/m,
  );
});

test('k.bookkeeping: the accounting records of a fiscal year are printed, and a year that is none is wrong use', async () => {
  await world.profile('bilag@firma.example');
  await invoice(world.product.gates, (await world.idOf('bilag@firma.example'))!, '1001', world.now);
  const { code, out } = await run('archive --year 2026-12-31');
  assert.equal(code, 0);
  assert.match(out, /^2026-12-31 {2}accounting\.record {2}1001 · .*NOK {2}\(leaves 2032-01-01\)$/m);
  const { json } = await run('archive --json');
  assert.equal(json().records[0].content.number, '1001');
  assert.match((await run('archive --year 2025-12-31')).out, /^The archive holds no such record\.$/m);
  const wrong = await run('archive --year 2026');
  assert.deepEqual([wrong.code, wrong.err.includes('--year is the last day of a fiscal year')], [2, true]);
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
  await world.profile('rotert@firma.example');
  const { code, json } = await run('keys rotate --json');
  assert.deepEqual([code, json().current, json().removable], [0, 'k2', ['k1']]);
  assert.match(
    (await run('keys rotate')).out,
    /^Every key is wrapped by k3 now\. Nothing needs k1, k2 any more\.$/m,
  );
  assert.equal((await run('person show rotert@firma.example')).code, 0);
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
