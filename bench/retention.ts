import pg from 'pg';
import { rollUp } from '#gates/keep/anonymise.ts';
import { dues } from '#gates/keep/dues.ts';
import { dropDays } from '#gates/keep/partitions.ts';
import { osloDate } from '#statement/period.ts';
import { figure, type Result } from './figures.ts';
import { openHouse } from './house.ts';

const DAY = 86_400_000;
/** Days that the events lie in. */
const DAYS = 100;
/** An event has so many others of the same visitor, on average. */
const EACH = 50;

/**
 * What it costs to let go of many events at once when their period is over, beside a plain `DELETE` of the same rows; and
 * what they cost while they lie there: bytes, and counting a month of them.
 */
export async function retention(events: number): Promise<Result> {
  const house = await openHouse();
  const client = new pg.Client({ connectionString: house.superuserUrl });
  await client.connect();
  try {
    const { engine } = house.product;
    const now = new Date();
    await client.query(
      `insert into consent.active select gen_random_uuid(), 'statistics', gen_random_uuid(), $1 from generate_series(1, $2)`,
      [now, Math.ceil(events / EACH)],
    );
    await fill(client, events, now);
    const bytes = await size(client, events, 'analytics.event');
    const months = await seconds(() => rollUp(engine, now));

    await client.query('create table public.plain as select * from analytics.event');
    await client.query('create index on public.plain (at)');
    await client.query('create index on public.plain (person)');
    await client.query('vacuum analyze public.plain');
    const plainBytes = await size(client, events, 'public.plain');
    await client.query('checkpoint');
    const keeper = await engine.pools.of('keep').connect();
    const due = dues(engine.statement, engine.map).find(({ table }) => table.name === 'analytics.event')!;
    const later = new Date(now.getTime() + 600 * DAY);
    const dropped = await seconds(() => dropDays(keeper, due, later));
    await client.query('checkpoint');
    keeper.release();
    const deleted = await seconds(() => client.query('delete from public.plain where at < $1', [now]));
    const left = await client.query('select count(*)::int as n from analytics.event');
    return {
      bench: 'retention',
      figures: [
        figure(
          `${events} events past their period, gone`,
          's',
          [dropped.took],
          { what: 'a plain DELETE of the same rows', rounds: [deleted.took] },
          { text: '< 1 s', keeps: (median) => median < 1 },
          { days: DAYS, told: dropped.result, left: left.rows[0].n },
        ),
        figure(
          'stored for one event, indexes too',
          'B',
          [bytes],
          { what: 'the same rows in one table with indexes on moment and person', rounds: [plainBytes] },
          { text: '≤ 120', keeps: (median) => median <= 120 },
        ),
        figure('counting the months that are over', 's', [months.took], undefined, undefined, {
          groups: months.result[0]?.groups ?? 0,
        }),
      ],
    };
  } finally {
    await client.end();
    await house.close();
  }
}

async function seconds<T>(work: () => Promise<T>): Promise<{ took: number; result: T }> {
  const begun = performance.now();
  const result = await work();
  return { took: (performance.now() - begun) / 1000, result };
}

/** Days of events by everybody who has said yes to statistics, in the order in which they would come in. */
export async function fill(client: pg.Client, events: number, now: Date): Promise<void> {
  const { rowCount: visitors } = await client.query(
    `create table public.visitor as
     select row_number() over (order by person) as place, person from consent.active where purpose = 'statistics'`,
  );
  const pages = Array.from({ length: 400 }, (_, at) => `/del${'abcdefghij'[at % 10]}/${at}`);
  await client.query('select analytics.word_ids($1, $2)', [pages, osloDate(now)]);
  for (let day = DAYS; day > 0; day -= 1) {
    const date = osloDate(new Date(now.getTime() - (day + 1) * DAY));
    await client.query('select analytics.event_make_days($1, $1)', [date]);
    await client.query(
      `insert into analytics.event (at, person, page, link, browser, system, network)
       select $1::timestamp at time zone 'Europe/Oslo' + n * interval '1 day' / $2, v.person, 1 + n % 400,
              case when n % 5 = 0 then 1 + n % 400 end, 1 + n % 20, 1 + n % 9, set_masklen(('10.' || n % 200 || '.' || n % 250 || '.0')::inet, 24)::cidr
         from generate_series(0, $2::int - 1) n join public.visitor v on v.place = 1 + (n::bigint / 4 * 7919 + $3::bigint * 104729) % $4`,
      [date, Math.floor(events / DAYS), day, visitors],
    );
    if (day % 10 === 0) process.stderr.write(`  ${(DAYS - day) * Math.floor(events / DAYS)} events\n`);
  }
  await client.query('drop table public.visitor');
  await client.query('vacuum analyze');
}

async function size(client: pg.Client, events: number, table: string): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `select sum(pg_total_relation_size(t.relid)) as bytes from pg_partition_tree($1::regclass) t`,
    [table],
  );
  const { rows: plain } = await client.query<{ bytes: number }>(
    'select pg_total_relation_size($1::regclass) as bytes',
    [table],
  );
  return Number(rows[0]?.bytes ?? plain[0]!.bytes) / events;
}
