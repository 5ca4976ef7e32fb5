import assert from 'node:assert/strict';
import { after as afterAll, before, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { after, osloDate, startOfDate } from '#statement/period.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import { World } from '#test/world.ts';
import { dueRows } from './forecast.ts';
import { dropAt, ensurePartitions, makeDays } from './partitions.ts';

let world: World;
before(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const keep = (now: string) => world.product.gates.keep(new Date(now));
const engine = () => world.product.engine;
/** What a round lets go of from the days. */
const dropped = async (now: Date) =>
  (await world.product.gates.keep(now)).due.filter(({ clause }) => clause === CLAUSE);
const CLAUSE = 'k.behaviour-18-months';
const self = (id: string) => ({ kind: 'person', id }) as const;
const sql = (text: string, values: readonly unknown[] = []) => world.sql(text, values);

async function visitor(email: string, at = world.now): Promise<string> {
  await world.profile(email);
  const person = (await world.idOf(email))!;
  await allowStatistics(world.product.gates, person, at);
  await sql('delete from analytics.event where person = $1', [person]);
  return person;
}

/** Days on which a person has events. */
async function daysOf(person: string): Promise<string[]> {
  const rows = await world.sql<{ day: string }>(
    `select distinct (at at time zone 'Europe/Oslo')::date::text as day from analytics.event where person = $1 order by 1`,
    [person],
  );
  return rows.map(({ day }) => day);
}

const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);

test('k.behaviour-18-months: a day is kept through the last day that it may be, and is gone when the next begins', () => {
  const cases: [string, string, string][] = [
    ['2026-01-31', 'P18M', '2027-08-01'],
    ['2026-08-28', 'P18M', '2028-02-29'],
    ['2026-08-29', 'P18M', '2028-03-01'],
    ['2026-08-30', 'P18M', '2028-03-01'],
    ['2026-08-31', 'P18M', '2028-03-01'],
    ['2024-02-29', 'P12M', '2025-03-01'],
    ['2026-10-25', 'P0D', '2026-10-26'],
    ['2026-03-28', 'P1D', '2026-03-30'],
  ];
  for (const [day, period, gone] of cases)
    assert.equal(
      dropAt(startOfDate(dayAfter(day)), period).getTime(),
      startOfDate(gone).getTime(),
      `${day} ${period}`,
    );
});

test('k.behaviour-18-months: over any day and period nothing goes before its own moment, nor a day after it', () => {
  const day = fc
    .integer({ min: 0, max: 36_524 })
    .map((n) => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10));
  const period = fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((n) => `P${n}M`),
    fc.integer({ min: 0, max: 900 }).map((n) => `P${n}D`),
    fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 11 })).map(([y, m]) => `P${y}Y${m}M`),
  );
  const within = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(day, period, within, (date, length, share) => {
      const [low, high] = [startOfDate(date), startOfDate(dayAfter(date))];
      const event = new Date(
        Math.min(low.getTime() + Math.floor(share * (high.getTime() - low.getTime())), high.getTime() - 1),
      );
      const own = after(event, length);
      const gone = dropAt(high, length);
      assert.ok(gone >= own, 'a day early');
      assert.ok(gone <= startOfDate(dayAfter(osloDate(own))), 'more than a day late');
      assert.equal(osloDate(gone), dayAfter(osloDate(after(low, length))), 'the day of all its events');
    }),
    { numRuns: 2000 },
  );
});

test('k.behaviour-18-months: keeping drops each day at its date, and tells how many rows went', async () => {
  const person = await visitor('besok@firma.example', new Date('2026-01-01T09:00:00Z'));
  await visits(sql, [
    { person, at: new Date('2026-01-30T23:30:00Z'), page: '/priser' },
    { person, at: new Date('2026-01-31T22:59:59Z'), page: '/kurs', link: '/kontakt' },
    { person, at: new Date('2026-01-31T23:00:00Z'), page: '/kurs' },
    { person, at: new Date('2026-02-03T09:00:00Z'), page: '/februar' },
  ]);
  assert.deepEqual(await daysOf(person), ['2026-01-31', '2026-02-01', '2026-02-03']);
  await keep('2027-07-31T21:59:59Z');
  assert.deepEqual(await daysOf(person), ['2026-01-31', '2026-02-01', '2026-02-03']);
  const now = new Date('2027-07-31T22:00:00Z');
  const due = [{ clause: 'k.behaviour-18-months', rows: 2 }];
  assert.deepEqual(
    (await dueRows(engine().pools.of('keep'), engine().statement, engine().map, now)).filter(
      ({ clause }) => clause === CLAUSE,
    ),
    due,
  );
  assert.deepEqual(
    await daysOf(person),
    ['2026-01-31', '2026-02-01', '2026-02-03'],
    'a dry run takes nothing',
  );
  assert.deepEqual(await dropped(now), due);
  assert.deepEqual(await daysOf(person), ['2026-02-01', '2026-02-03']);
  assert.deepEqual(await dropped(now), [], 'a second round finds nothing');
  const left = await sql(`select from pg_class where relname = 'event_20260131'`);
  assert.equal(left.length, 0, 'the day itself is gone');
});

test('k.behaviour-18-months: words leave with the last day that used them', async () => {
  await sql(`select analytics.event_make_days('2026-02-10', '2026-02-10')`);
  await sql(
    `select analytics.word_ids('{/gammel}', '2026-01-05'), analytics.word_ids('{/ny}', '2026-11-23')`,
  );
  await keep('2027-08-15T00:00:00Z');
  const words = await world.sql(`select word from analytics.word where word in ('/gammel', '/ny')`);
  assert.deepEqual(words, [{ word: '/ny' }]);
});

test('r.object-restrict: who is restricted keeps their rows of a day that goes, until the restriction is lifted', async () => {
  const [one, other] = [await visitor('sperret@firma.example'), await visitor('fri@firma.example')];
  const at = new Date('2025-05-05T10:00:00Z');
  await visits(
    sql,
    [one, other, one].map((person) => ({ person, at })),
  );
  await world.product.gates.answer.restrict(one, 'claims', self(one), world.now);
  const now = new Date('2026-11-23T12:00:00Z');
  assert.deepEqual(await dropped(now), [{ clause: 'k.behaviour-18-months', rows: 1 }]);
  assert.deepEqual([await daysOf(one), await daysOf(other)], [['2025-05-05'], []]);
  assert.equal((await sql('select from analytics.event where person = $1', [one])).length, 2);
  assert.deepEqual(await dropped(now), [], 'what is kept is not made anew each round');
  await world.product.gates.answer.liftRestriction(one, self(one), world.now);
  assert.deepEqual(await dropped(now), [{ clause: 'k.behaviour-18-months', rows: 2 }]);
  assert.deepEqual(await daysOf(one), []);
});

test('k.as-needed, r.withdraw: a hold keeps the rows of a day that goes, and a consent taken back, until it is over', async () => {
  const [one, other] = [await visitor('sperre@firma.example'), await visitor('angret@firma.example')];
  const [old, late] = [new Date('2025-05-06T10:00:00Z'), new Date('2026-11-20T10:00:00Z')];
  await visits(sql, [
    { person: one, at: old },
    { person: other, at: late },
  ]);
  const officer = { kind: 'staff', roles: ['privacy'] } as const;
  const { answer } = world.product.gates;
  const why = 'Et krav er varslet.';
  for (const person of [one, other])
    await answer.hold(person, { why, until: '2026-12-24' }, officer, world.now);
  const manner = { surface: 'my-privacy', method: 'button' };
  await answer.withdraw(other, 'statistics', self(other), manner, world.now);
  await world.product.gates.keep(world.now);
  assert.deepEqual([await daysOf(one), await daysOf(other)], [['2025-05-06'], ['2026-11-20']]);
  await keep('2026-12-24T23:00:00Z');
  assert.deepEqual([await daysOf(one), await daysOf(other)], [[], []]);
});

test('r.withdraw: whoever takes the consent back has no event left at once, whatever day it lay in', async () => {
  const [one, other] = [await visitor('angrer@firma.example'), await visitor('blir@firma.example')];
  const dates = ['2026-03-29T00:30:00Z', '2026-07-01T10:00:00Z', '2026-11-23T11:00:00Z'];
  await visits(
    sql,
    dates.flatMap((at) => [one, other].map((person) => ({ person, at: new Date(at) }))),
  );
  const manner = { surface: 'my-privacy', method: 'button' };
  await world.product.gates.answer.withdraw(one, 'statistics', self(one), manner, world.now);
  assert.deepEqual(await daysOf(one), []);
  assert.equal((await daysOf(other)).length, 3);
  assert.equal(await world.idOf('angrer@firma.example'), one, 'the profile stays');
});

test('r.rectify-erase: an erased person has no event left in any day, and the receipt counts them', async () => {
  const person = await visitor('slett@firma.example');
  const dates = ['2026-03-29T00:30:00Z', '2026-07-01T10:00:00Z', '2026-11-23T11:00:00Z'];
  await visits(
    sql,
    dates.map((at) => ({ person, at: new Date(at) })),
  );
  const { goes } = await world.product.gates.answer.erase(person, self(person), world.now);
  assert.equal(goes.find(({ category }) => category === 'behaviour.pages')?.count, 3);
  assert.deepEqual(await daysOf(person), []);
});

test('an event of a day that was not made yet makes its day, by the role that adds and cannot read', async () => {
  const person = await visitor('bak@firma.example');
  const at = new Date('2026-10-02T22:30:00Z');
  assert.equal((await sql(`select from pg_class where relname = 'event_20261003'`)).length, 0);
  await world.product.gates.trace({
    purpose: 'statistics',
    act: 'visit',
    person,
    actor: self(person),
    at,
    rows: [{ table: 'analytics.event', values: { at, person } }],
  });
  assert.deepEqual(await daysOf(person), ['2026-10-03']);
});

test('days stand ready from yesterday to a week ahead, also over a change of the clock', async () => {
  for (const now of ['2027-03-27T23:30:00Z', '2027-10-30T22:30:00Z']) {
    await ensurePartitions(engine(), new Date(now));
    const first = osloDate(new Date(now));
    const rows = await sql(
      `select from pg_class where relname = any(select to_char(d, '"event_"YYYYMMDD') from generate_series($1::date - 1, $1::date + 7, '1 day') d)`,
      [first],
    );
    assert.equal(rows.length, 9, now);
  }
  const pool = engine().pools.of('keep');
  await Promise.all([1, 2, 3].map(() => makeDays(pool, 'analytics.event', '2031-01-01', '2031-01-20')));
  assert.equal(
    (await sql(`select from pg_class where relname like 'event_203101%' and relkind = 'r'`)).length,
    20,
  );
});

test('0.purpose: days come with no right of their own, and purposes cannot make or drop them', async () => {
  const [rights] = await world.sql<{ n: number }>(
    `select count(*) as n from pg_class c, aclexplode(c.relacl) a where c.relispartition and a.grantee <> c.relowner`,
  );
  assert.equal(rights?.n, 0);
  const run = (role: string, text: string) => engine().pools.of(role).query(text);
  const drops = `select analytics.event_drop_days('2020-01-01', '{}')`;
  for (const role of ['statistics', 'collect', 'answer'])
    await assert.rejects(run(role, drops), { code: '42501' }, role);
  await assert.rejects(run('statistics', `select analytics.event_make_days('2020-01-01', '2020-01-01')`), {
    code: '42501',
  });
  await assert.rejects(
    run('keep', `select platform.drop_days('gate.collection', 'person', '2020-01-01', '{}')`),
    { code: '42501' },
  );
  await assert.rejects(run('keep', 'drop table analytics.event'), { code: '42501' });
  await run('keep', drops);
});

test('1.2.device: PostgreSQL itself refuses an address that is not masked', async () => {
  const person = await visitor('maske@firma.example');
  const insert = (network: string) =>
    sql('insert into analytics.event (at, person, network) values ($1, $2, $3)', [
      world.now,
      person,
      network,
    ]);
  for (const whole of ['192.0.2.7', '192.0.2.0/25', '2001:db8:1:2::/64'])
    await assert.rejects(insert(whole), { code: '23514' }, whole);
  await insert('192.0.2.0/24');
  await insert('2001:db8:1::/48');
});

test('keeping never makes others wait long: while somebody reads, it gives up and takes the days in a later round', async () => {
  const person = await visitor('leser@firma.example');
  await visits(sql, [{ person, at: new Date('2025-04-01T10:00:00Z') }]);
  const reader = new pg.Client({ connectionString: world.config.databaseUrl });
  await reader.connect();
  try {
    await reader.query('begin; select count(*) from analytics.event');
    const now = new Date('2026-11-23T12:00:00Z');
    assert.deepEqual(await dropped(now), []);
    assert.deepEqual(await daysOf(person), ['2025-04-01']);
    await reader.query('rollback');
    assert.deepEqual(await dropped(now), [{ clause: 'k.behaviour-18-months', rows: 1 }]);
  } finally {
    await reader.end();
  }
});
