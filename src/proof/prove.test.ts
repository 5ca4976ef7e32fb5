import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Fault } from '#platform/fault.ts';
import { prove } from '#proof/prove.ts';
import { type Stage, stage } from '#test/stage.ts';

let shared: Promise<Stage> | undefined;
const healthy = () => (shared ??= stage());
after(async () => (await shared)?.close());

test('everything holds in a healthy installation', async () => {
  const verdict = await prove((await healthy()).installation);
  assert.deepEqual(
    verdict.checks.filter(({ ok }) => !ok),
    [],
  );
  assert.equal(verdict.ok, true);
  assert.equal(verdict.statement, '3.0');
});

test('every clause of the statement is checked, or named as not yet with a reason of its own', async () => {
  const { installation } = await healthy();
  const { checks, notYet } = await prove(installation);
  const checked = new Set(checks.map(({ clause }) => clause));
  const open = new Set(notYet.map(({ clause }) => clause));
  assert.deepEqual(
    [...checked, ...open].sort(),
    Object.keys(installation.applied.statement.clauses).sort(),
    'each clause in one of the two lists, none in both',
  );
  assert.ok(checked.size >= 15, 'fifteen clauses at the very least');
  for (const { clause, why } of notYet) assert.doesNotMatch(why, /no check/, clause);
});

test('the checks of one clause are carried out alone', async () => {
  const { checks, notYet } = await prove((await healthy()).installation, 'r.access');
  assert.deepEqual(
    checks.map(({ clause, ok }) => [clause, ok]),
    [
      ['r.access', true],
      ['r.access', true],
    ],
  );
  assert.deepEqual(notYet, []);
});

test('a clause that cannot be checked yet is not counted as kept', async () => {
  const verdict = await prove((await healthy()).installation, 'r.portability');
  assert.equal(verdict.ok, false);
  assert.equal(verdict.notYet[0]?.clause, 'r.portability');
});

test('a clause that the statement lacks is refused', async () => {
  const { installation } = await healthy();
  await assert.rejects(prove(installation, 'r.acces'), Fault);
});

test('what cannot be looked at counts as broken', async () => {
  const house = await stage();
  await house.sql(`revoke select on newsletter.opt_out from ${house.prefix}_proof`);
  const { ok, checks } = await prove(house.installation, 'k.opt-out');
  assert.equal(ok, false);
  assert.ok(checks.some(({ found, detail }) => found === 1 && detail === 'could not be looked at (42501)'));
  await house.close();
});

test('a statement served that is not the applied one is found', async () => {
  const { installation } = await healthy();
  const { checks } = await prove(
    { ...installation, applied: { ...installation.applied, fingerprint: '0'.repeat(64) } },
    '0.version',
  );
  assert.match(checks.find(({ ok }) => !ok)!.detail, /what is served is not version 3\.0/);
});

test('no detail holds a value of anybody', async () => {
  const house = await stage();
  await house.sql(`update mail.letter set failure = 'kari@firma.example'`);
  await house.sql(
    `update gate.collection set source = 'kari@firma.example', point = 'Kari', items = array['Kari']`,
  );
  const text = JSON.stringify(await prove(house.installation));
  assert.doesNotMatch(text, /kari/i);
  await house.close();
});
