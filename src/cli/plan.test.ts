import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { command } from '#test/command.ts';
import { swap } from '#test/statement.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import { World } from '#test/world.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-plan-'));
const statementDir = join(home, 'statement');
let world: World;
before(async () => {
  world = await World.open();
});
after(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const NOW = '2026-11-24T12:00:00Z';
const run = (argv: string) => command(world, argv, { statementDir });

/** The shipped files, with places written otherwise. */
async function files(...changes: [file: string, written: string, instead: string][]): Promise<void> {
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), statementDir, { recursive: true });
  for (const [name, written, instead] of changes) {
    const file = join(statementDir, name);
    await writeFile(file, swap(await readFile(file, 'utf8'), written, instead));
  }
}

const SHORTER: [string, string, string] = ['statement.yaml', 'period: P18M', 'period: P12M'];

test('v.changes: files that say what is in force are no plan', async () => {
  await files();
  const { code, json } = await run(`plan --json --now ${NOW}`);
  assert.equal(code, 0);
  assert.deepEqual([json().version, json().hash, json().changes, json().problems], ['3.0', null, [], []]);
  assert.match((await run('plan')).out, /^Nothing has changed: /);
});

test('v.changes: files that are wrong are told by file, line and column, and nothing is planned', async () => {
  await files([
    'statement.yaml',
    'clock: last-active\n    period: P12M\n    notice',
    'clock: last-activ\n    period: P12M\n    notice',
  ]);
  const plain = await run('plan');
  assert.equal(plain.code, 1);
  assert.match(plain.out, /statement\.yaml:\d+:\d+: .*last-activ.*last-active/);
  const { code, json } = await run('plan --json');
  assert.equal(code, 1);
  assert.ok(json().problems[0].line > 1 && json().hash === null);
});

test('v.changes: the same files against the same version have one hash, and any change another', async () => {
  await files(SHORTER);
  const { hash } = (await run(`plan --json --now ${NOW}`)).json();
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal((await run('plan --json --now 2026-12-24T12:00:00Z')).json().hash, hash);
  await files(SHORTER, ['en.md', '## In short', '## Briefly']);
  assert.notEqual((await run(`plan --json --now ${NOW}`)).json().hash, hash);
  await files(['statement.yaml', 'period: P18M', 'period: P11M']);
  assert.notEqual((await run(`plan --json --now ${NOW}`)).json().hash, hash);
});

test('v.changes: a plan says which roles and columns, rows and consents it would change', async () => {
  const email = 'siv@post.example';
  await world.subscriber(email);
  await files([
    'statement.yaml',
    `    dpv: dpv:DirectMarketing
    marketing: true
    reads:
      - record.person
      - contact.email
      - contact.name
      - contact.lookup
      - contact.opt-out
      - preference.language
      - preference.topics
      - record.consent
      - record.mail
  confirmation:`,
    `    dpv: dpv:DirectMarketing
    marketing: true
    reads:
      - record.person
      - contact.email
      - contact.name
      - contact.phone
      - contact.lookup
      - preference.language
      - preference.topics
      - record.consent
      - record.mail
  confirmation:`,
  ]);
  const { code, json } = await run(`plan --json --now ${NOW}`);
  const planned = json();
  assert.deepEqual(planned.problems, []);
  assert.equal(code, 0);
  assert.deepEqual([planned.version, planned.material], ['3.1', true]);
  const { added, removed, granted, revoked } = planned.roles;
  assert.deepEqual(
    [added, removed, granted],
    [[], [], [{ purpose: 'newsletter', table: 'vault.person', column: 'phone' }]],
  );
  assert.ok(
    revoked.length > 0 && revoked.every(({ table }: { table: string }) => table === 'newsletter.opt_out'),
  );
  assert.deepEqual(planned.changes, [
    {
      clause: 'u.newsletter',
      change: 'changed',
      what: 'purposes.newsletter.reads',
      material: true,
      why: 'it uses more',
    },
  ]);
  assert.deepEqual(planned.consents, [{ purpose: 'newsletter', why: 'it uses more', active: 1 }]);
  assert.deepEqual(planned.notify, {
    people: 1,
    mailed: 1,
    purposes: ['newsletter'],
    period: 'P30D',
    takesEffect: '2026-12-24T12:00:00.000Z',
  });
  const { out } = await run(`plan --now ${NOW}`);
  assert.match(out, /^\+ newsletter reads vault\.person\.phone$/m);
  assert.match(out, /^1 consents to newsletter stop counting: it uses more\.$/m);
  assert.match(out, new RegExp(`^hjemmel apply ${planned.hash}$`, 'm'));
});

test('v.changes: no hash is wrong use; a wrong or stale one is refused and says what to do', async () => {
  await files(SHORTER);
  const none = await run('apply');
  assert.equal(none.code, 2);
  assert.match(none.err, /^Say which plan: hjemmel plan prints its hash\./);
  const wrong = await run(`apply ${'0'.repeat(64)}`);
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /^This is not the plan as it stands now: .* Read hjemmel plan anew/);
  const { hash } = (await run(`plan --json --now ${NOW}`)).json();
  await files(['statement.yaml', 'period: P18M', 'period: P13M']);
  const stale = await run(`apply ${hash} --json --now ${NOW}`);
  assert.equal(stale.code, 1);
  assert.notEqual(stale.json().hash, hash);
  assert.equal(stale.json().applied, false);
  await files(SHORTER);
  const early = await run(`apply ${hash} --now 2026-11-22T12:00:00Z`);
  assert.equal(early.code, 1);
  assert.match(early.out, /^Version 3\.0 was applied on .*: nothing is applied before that\./);
  const [{ n }] = (await world.sql('select count(*) as n from statement.version')) as [{ n: number }];
  assert.equal(n, 1);
});

test('k.behaviour-18-months: shortened in the file, the plan is applied and both texts say the new period', async () => {
  await files(SHORTER);
  await world.profile('kari@firma.example');
  const kari = (await world.idOf('kari@firma.example'))!;
  const old = new Date('2025-09-15T12:00:00Z');
  const young = new Date('2026-10-15T12:00:00Z');
  await allowStatistics(world.product.gates, kari, world.now);
  await visits(
    (text, values = []) => world.sql(text, [...values]),
    [old, old, old, young].map((at) => ({ person: kari, at })),
  );
  const planned = (await run(`plan --json --now ${NOW}`)).json();
  assert.deepEqual([planned.version, planned.material, planned.notify.people], ['3.1', false, 0]);
  const rowsOf = (clause: string) => planned.rows.find((one: { clause: string }) => one.clause === clause);
  const { now, before: asItIs } = rowsOf('k.behaviour-18-months');
  assert.deepEqual([now, asItIs.now], [3, 0], 'what would go at once, and what goes as it is');
  assert.deepEqual(
    planned.changes.map(({ clause, what }: { clause: string; what: string }) => [clause, what]),
    [['k.behaviour-18-months', 'storage.behaviour']],
  );
  const applied = await run(`apply ${planned.hash} --json --now ${NOW}`);
  assert.equal(applied.code, 0, applied.err);
  assert.deepEqual(
    [applied.json().version, applied.json().takesEffect],
    ['3.1', new Date(NOW).toISOString()],
  );
  world.now = new Date(NOW);
  await world.stop();
  await world.start();
  const { body } = await world.call('GET', 'statement');
  assert.deepEqual([body.version, body.updated], ['3.1', '2026-11-24']);
  for (const [path, says, said] of [
    ['/personvern', /slettes etter .{0,40}12 måneder/, /18 måneder/],
    ['/en/privacy', /after .{0,40}12 months/, /18 months/],
  ] as const) {
    const page = await world.call('GET', path);
    const text = String(page.raw).replace(/<[^>]+>/g, ' ');
    assert.match(text, says, path);
    assert.doesNotMatch(text, said, path);
  }
  const after = (await run(`plan --json --now ${NOW}`)).json();
  assert.deepEqual([after.version, after.hash, after.problems], ['3.1', null, []]);
  const again = await run(`apply ${planned.hash} --json --now ${NOW}`);
  assert.deepEqual([again.code, again.json().again, again.json().version], [0, true, '3.1']);
});

test('0.version: the files keep their old number, and the next change gets the next revision', async () => {
  await files(['statement.yaml', 'period: P18M', 'period: P10M']);
  assert.equal((await run(`plan --json --now ${NOW}`)).json().version, '3.2');
  await files(['statement.yaml', 'version: "3.0"', 'version: "4.0"'], SHORTER);
  assert.equal((await run(`plan --json --now ${NOW}`)).json().version, '4.0');
  await files(['statement.yaml', 'version: "3.0"', 'version: "2.9"'], SHORTER);
  const before = await run('plan');
  assert.deepEqual(
    [before.code, before.out],
    [1, 'Version 2.9 comes before 3.1, which is in force: write 3.2.\n'],
  );
});

test('v.changes: what the database holds and the new statement would not cover cannot be planned away', async () => {
  await files([
    'statement.yaml',
    'purposes: [rights, accountability]\n    categories: [record.mail]',
    'purposes: [accountability]\n    categories: [record.mail]',
  ]);
  const { code, out } = await run('plan');
  assert.equal(code, 1);
  assert.match(
    out,
    /^the database holds what the statement would not cover: mail\.letter\.\w+: .*record\.mail/m,
  );
});
