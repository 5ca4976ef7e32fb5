import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { makeProfile } from '#modules/customers/profiles.ts';
import { Pools } from '#platform/database.ts';
import { readMap } from '#platform/map.ts';
import { judgeRollUps } from '#platform/roll-up.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import { World } from '#test/world.ts';
import { compileRoles } from '../roles.ts';
import { rollUp } from './anonymise.ts';
import { keep } from './keep.ts';

/** Roll-ups over a whole installation: people come, a month ends, and whoever has the numbers tries to get back to one. */
let world: World;
const people: string[] = [];
before(async () => {
  world = await World.open();
  for (let n = 0; n < 30; n += 1) people.push(await person(`nr${n}@firma.example`));
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const sql = (text: string, values: readonly unknown[] = []) => world.sql(text, values);
const month = async (first: string) =>
  Object.fromEntries(
    (await sql('select page, people from analytics.page_month where month = $1', [first])).map(
      ({ page, people: n }) => [page ?? 'others', n],
    ),
  );

async function person(email: string): Promise<string> {
  const at = new Date('2025-06-01T00:00:00Z');
  await makeProfile(world.product.gates, { name: 'Kari Prøve', email, accept: { statement: '3.0' } }, at);
  const id = (await world.idOf(email))!;
  await allowStatistics(world.product.gates, id, at);
  await sql('delete from analytics.event where person = $1', [id]);
  return id;
}

/** So many people open a page on a day. */
const open = (page: string, who: readonly string[], day: string) =>
  visits(
    sql,
    who.map((id, at) => ({ person: id, at: new Date(`${day}T10:${String(at).padStart(2, '0')}:00Z`), page })),
  );

test('k.anonymise: a month is counted when it is over, each person once in a group, and what is small among the others', async () => {
  await open('/priser', people.slice(0, 14), '2026-01-05');
  await open('/priser/bedrift', people.slice(0, 12), '2026-01-06');
  await open('/kurs/10431', people.slice(5, 17), '2026-01-31');
  await open('/hjelp', people.slice(0, 6), '2026-01-07');
  await open('/om', people.slice(4, 11), '2026-01-08');
  // The last second of the month in Oslo, and the first of the next.
  await visits(sql, [
    { person: people[29]!, at: new Date('2026-01-31T22:59:59Z'), page: '/priser' },
    { person: people[28]!, at: new Date('2026-01-31T23:00:00Z'), page: '/priser' },
  ]);
  await rollUp(world.product.engine, new Date('2026-02-01T22:59:59Z'));
  assert.deepEqual(await month('2026-01-01'), {}, 'not before a day has passed');
  const done = await rollUp(world.product.engine, new Date('2026-02-01T23:00:00Z'));
  assert.deepEqual(await month('2026-01-01'), { '/priser': 15, '/kurs': 12, others: 11 });
  assert.deepEqual(done, [{ table: 'analytics.page_month', groups: 3, people: 38 }]);
});

test('k.anonymise: a month is counted once: neither a late row nor an erasure changes a number', async () => {
  await open('/priser', people.slice(20, 25), '2026-01-20');
  await world.product.gates.answer.erase(people[29]!, self(people[29]!), world.now);
  assert.deepEqual(await rollUp(world.product.engine, new Date('2026-02-20T00:00:00Z')), []);
  assert.deepEqual(await month('2026-01-01'), { '/priser': 15, '/kurs': 12, others: 11 });
  people.pop();
});

test('k.anonymise: nothing leads back: no column, no order, no moment, no size and no difference tells of a person', async () => {
  // One person alone opens a page, comes first, comes last, and is the only one on a day.
  const odd = people[0]!;
  const rest = people.slice(1, 16);
  await open('/unik-side', [odd], '2026-05-01');
  await open('/zebra', [odd, ...rest], '2026-05-02');
  await open('/alfa', rest, '2026-05-31');
  await rollUp(world.product.engine, new Date('2026-06-05T12:34:56Z'));
  const rows = await world.sql<Record<string, unknown>>(
    `select p.*, p.ctid::text as place, xmin::text as written from analytics.page_month p where month = '2026-05-01' order by ctid`,
  );
  // Linking by every remaining column: two facts and a number, neither of them anyone's.
  const { map } = world.product.engine;
  const columns = map.tables.find(({ name }) => name === 'analytics.page_month')!.columns;
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
    ['month date', 'page text', 'people integer'],
  );
  // By a rare value: the page that one person opened has no name here.
  assert.ok(rows.every(({ page }) => page !== '/unik-side'));
  // By size, and by what is missing from a whole: no group of few, and everybody is in some group.
  assert.deepEqual(
    rows.map(({ page, people: n }) => [page, n]),
    [
      ['/zebra', 16],
      [null, 16],
    ],
  );
  // By order: groups lie as they are named, whoever came first or last.
  const again = [...rows].sort((a, b) => String(a.page ?? '~').localeCompare(String(b.page ?? '~')));
  assert.deepEqual(
    rows.map(({ place }) => place),
    again.map(({ place }) => place),
  );
  // By moment: all were written by one transaction, long after; the month is all that is left of time.
  assert.equal(new Set(rows.map(({ written }) => written)).size, 1);
  assert.ok(rows.every(({ month: first }) => first instanceof Date && first.getDate() === 1));
  // By difference: nowhere is a total, or a second count of the same people.
  const counting = map.tables.filter(({ rollsUp }) => rollsUp === 'analytics.event');
  assert.equal(counting.length, 1);
  const [register] = await sql(`select * from gate.rolled_up where period = '2026-05-01'`);
  assert.deepEqual(Object.keys(register!), ['target', 'period', 'done_at']);
});

test('k.anonymise: whoever is restricted, has objected or has taken a consent back is not counted', async () => {
  const [restricted, withdrawn] = [people.at(-1)!, people.at(-2)!];
  await open('/juni', people.slice(-12), '2026-06-10');
  const { answer } = world.product.gates;
  await answer.restrict(restricted, 'claims', self(restricted), world.now);
  await answer.withdraw(
    withdrawn,
    'statistics',
    self(withdrawn),
    { surface: 'x', method: 'button' },
    world.now,
  );
  await rollUp(world.product.engine, new Date('2026-07-05T00:00:00Z'));
  assert.deepEqual(await month('2026-06-01'), { '/juni': 10 });
  await answer.liftRestriction(restricted, self(restricted), world.now);
  people.splice(people.indexOf(withdrawn), 1);
});

test('k.anonymise: of a month with too few people nothing is kept, and it is not counted again', async () => {
  await open('/juli', people.slice(0, 9), '2026-07-10');
  await rollUp(world.product.engine, new Date('2026-08-05T00:00:00Z'));
  await open('/juli', people.slice(9, 20), '2026-07-11');
  await rollUp(world.product.engine, new Date('2026-08-06T00:00:00Z'));
  assert.deepEqual(await month('2026-07-01'), {});
  assert.equal((await sql(`select from gate.rolled_up where period = '2026-07-01'`)).length, 1);
});

test('k.anonymise: a round cut short in the middle leaves whole months or nothing, and the next completes it', async () => {
  await open('/august', people.slice(0, 20), '2026-08-03');
  await open('/september', people.slice(0, 20), '2026-09-03');
  await sql(`create function analytics.cut() returns trigger language plpgsql as $$
    begin if new.month = '2026-09-01' then raise exception 'cut' using errcode = '57014'; end if; return new; end $$;
    create trigger cut before insert on analytics.page_month for each row execute function analytics.cut()`);
  const now = new Date('2026-10-05T00:00:00Z');
  await assert.rejects(rollUp(world.product.engine, now), { code: '57014' });
  assert.deepEqual([await month('2026-08-01'), await month('2026-09-01')], [{ '/august': 20 }, {}]);
  await sql('drop trigger cut on analytics.page_month; drop function analytics.cut');
  await rollUp(world.product.engine, now);
  assert.deepEqual(
    [await month('2026-08-01'), await month('2026-09-01')],
    [{ '/august': 20 }, { '/september': 20 }],
  );
});

test('k.anonymise: two processes that count at once write each month once', async () => {
  await open('/oktober', people.slice(0, 15), '2026-10-10');
  const now = new Date('2026-11-05T00:00:00Z');
  await Promise.all([1, 2, 3].map(() => rollUp(world.product.engine, now)));
  assert.deepEqual(await month('2026-10-01'), { '/oktober': 15 });
  assert.equal((await sql('select from analytics.page_month where month = $1', ['2026-10-01'])).length, 1);
});

test('k.anonymise: keeping counts before it lets go, also when it has not run for years', async () => {
  await open('/gammel', people.slice(0, 11), '2024-03-03');
  const { due } = await world.product.gates.keep(world.now);
  assert.ok(due.some(({ clause, rows }) => clause === 'k.behaviour-18-months' && rows === 11));
  assert.deepEqual(await month('2024-03-01'), { '/gammel': 11 });
});

test('k.anonymise: rows of a table that ends with anonymising are counted, and then leave', async (t) => {
  await sql(`
    create schema trial;
    create table trial.enrolment (person uuid not null, id uuid not null, course text not null, ended_at timestamptz not null, primary key (person, id));
    comment on table trial.enrolment is 'Who took which course [subject=person purpose=course-documents course-ended=ended_at end=anonymise]';
    comment on column trial.enrolment.person is 'record.person: who';
    comment on column trial.enrolment.id is 'none: number of the enrolment';
    comment on column trial.enrolment.course is 'course.enrolment: which course';
    comment on column trial.enrolment.ended_at is 'course.enrolment: when the course was over';
    create table trial.course_quarter (quarter date not null, course text, people integer not null);
    comment on table trial.course_quarter is 'How many took each course [subject=none rolls-up=trial.enrolment]';
    comment on column trial.course_quarter.quarter is 'none: the quarter [quarter of ended_at]';
    comment on column trial.course_quarter.course is 'none: the course [as-is of course]';
    comment on column trial.course_quarter.people is 'none: how many people [people]'`);
  const { engine } = world.product;
  const map = await readMap(engine.pools.of('proof'));
  assert.deepEqual(judgeRollUps(map), []);
  const owner = new pg.Client({ connectionString: world.config.databaseUrl });
  await owner.connect();
  const login = {
    prefix: world.config.rolePrefix,
    password: (role: string) => world.product.secrets.rolePassword(role),
  };
  await compileRoles(owner, map, engine.statement, login);
  await owner.end();
  const ended = new Date('2025-08-20T14:00:00Z');
  const taken: [string, string[]][] = [
    ['regnskap', people.slice(0, 13)],
    ['lønn', people.slice(3, 6)],
    ['skatt', people.slice(10, 22)],
  ];
  for (const [course, who] of taken)
    for (const id of who)
      await sql('insert into trial.enrolment values ($1, gen_random_uuid(), $2, $3)', [id, course, ended]);
  const pools = new Pools(world.config.databaseUrl!, login);
  t.after(() => pools.end());
  const trial = { ...engine, map, pools };
  const left = async () => (await sql('select from trial.enrolment')).length;
  await keep(trial, new Date('2026-08-20T13:59:00Z'));
  const groups = await sql('select quarter::text, course, people from trial.course_quarter');
  // Three took one course alone: they are among the others, with the smallest group beside them.
  assert.deepEqual(groups, [
    { quarter: '2025-07-01', course: 'regnskap', people: 13 },
    { quarter: '2025-07-01', course: null, people: 15 },
  ]);
  assert.equal(await left(), 28);
  const { due } = await keep(trial, new Date('2026-08-20T14:00:00Z'));
  assert.deepEqual(
    due.find(({ clause }) => clause === 'k.anonymise'),
    { clause: 'k.anonymise', rows: 28 },
  );
  assert.equal(await left(), 0);
  assert.deepEqual(await sql('select quarter::text, course, people from trial.course_quarter'), groups);
});
