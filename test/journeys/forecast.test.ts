import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';

let world: World;
let staff: string;
before(async () => {
  world = await World.open();
  staff = await world.staff('privacy');
});
after(() => world.close());

const ask = (path: string, as = staff) => world.call('GET', path, { as });

test('k.as-needed: the forecast tells by clause and date what leaves, and opened it shows numbers and no values', async () => {
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'snart@post.example', topics: ['fag'] },
  });
  const person = await world.idOf('snart@post.example');
  const { body } = await ask('forecast?days=30');
  const clause = body.clauses.find((one: { clause: string }) => one.clause === '1.1.newsletter');
  assert.deepEqual(clause.byDay, [{ date: '2026-11-30', rows: 2 }]);
  const early = await world.product.gates.forecast(new Date('2026-11-23T08:00:00Z'), 7);
  assert.equal(early.clauses.find((one) => one.clause === '1.1.newsletter')?.rows, 2, 'days are whole');
  const opened = await ask('forecast/1.1.newsletter?days=30');
  assert.deepEqual(
    opened.body.rows.map((row: { table: string; person: string; date: string }) => [
      row.table,
      row.person,
      row.date,
    ]),
    [
      ['newsletter.request', person, '2026-11-30'],
      ['gate.collection', person, '2026-11-30'],
    ],
  );
  assert.deepEqual(opened.body.rows[0].what, {
    nb: 'Emner du vil høre om',
    en: 'Topics you want to hear about',
  });
  assert.equal(opened.body.more, false);
  assert.doesNotMatch(opened.raw.toString(), /snart|@/);
  const looks = await world.sql(
    `select actor, actor_id is not null as known, person from journal.entry where gate = 'keep' and act = 'forecast'`,
  );
  assert.deepEqual(looks, [{ actor: 'staff', known: true, person: null }]);
});

test('the rounds of keeping are told with what each took, and one that stopped is told apart from one under way', async () => {
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'borte@post.example', topics: ['fag'] },
  });
  const later = new Date(world.now.getTime() + 8 * 86_400_000);
  await world.product.gates.keep(later);
  const states = async () =>
    (await ask('keep-rounds')).body.rounds.map(({ state }: { state: string }) => state);
  const [round] = (await ask('keep-rounds')).body.rounds;
  assert.equal(round.state, 'done');
  assert.equal(round.step, round.steps);
  assert.ok(round.erased >= 1);
  assert.ok(round.results.some((one: { clause: string }) => one.clause === '1.1.newsletter'));
  await world.sql('insert into gate.keep_round (moment, step, steps) values ($1, 3, 9)', [world.now]);
  assert.equal((await states())[0], 'running');
  await world.sql(`update gate.keep_round set moment = moment - interval '2 hours' where done_at is null`);
  assert.equal((await states())[0], 'cut-short');
});

test('a forecast is for whoever looks after privacy, of clauses that there are, and no more than a year ahead', async () => {
  const other = await world.staff('support');
  const person = await world.person('egen@firma.example');
  for (const path of ['forecast', 'forecast/k.opt-out', 'keep-rounds', 'holds']) {
    assert.deepEqual([(await ask(path, other)).status, (await ask(path, person)).status], [403, 403], path);
    assert.equal((await world.call('GET', path)).status, 401, path);
  }
  for (const days of ['0', '367', '-1', '1.5', 'x', ''])
    assert.equal((await ask(`forecast?days=${days}`)).body.code, 'http.invalid-field', days);
  assert.equal((await ask('forecast?days=366')).status, 200);
  for (const clause of ['k.unknown', '__proto__', 'toString'])
    assert.equal((await ask(`forecast/${clause}`)).status, 404, clause);
});
