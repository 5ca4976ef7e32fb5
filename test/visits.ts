import type { Gates } from '#gates/gates.ts';

type Sql = (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** For tests: a person says yes to statistics, as the first visit does. */
export async function allowStatistics(gates: Gates, person: string, at: Date): Promise<void> {
  for (const point of ['visit.behaviour', 'visit.device'])
    await gates.collect({
      point,
      actor: { kind: 'person', id: person },
      at,
      about: { person },
      gives: () => ({
        values: {},
        rows: [{ table: 'analytics.event', values: { person, at } }],
        consent: { state: 'given', language: 'nb', surface: 'banner', method: 'button' },
      }),
    });
}

/** Events as whoever collects them writes them: the days are made first, then words, then rows. */
export async function visits(
  sql: Sql,
  events: readonly { person: string; at: Date; page?: string; link?: string }[],
): Promise<void> {
  const dates = [...new Set(events.map(({ at }) => at.toISOString()))];
  await sql(
    `select analytics.event_make_days(d, d) from (select distinct (t at time zone 'Europe/Oslo')::date as d from unnest($1::timestamptz[]) t) x`,
    [dates],
  );
  const words = [
    ...new Set(events.flatMap(({ page = '/', link }) => (link === undefined ? [page] : [page, link]))),
  ];
  await sql(`select analytics.word_ids($1, '2026-11-23')`, [[...words, 'Firefox 143', 'Windows 11']]);
  const number = (column: string) => `(select id from analytics.word where word = e.${column})`;
  await sql(
    `insert into analytics.event (at, person, page, link, browser, system, network)
     select at, person, ${number('page')}, ${number('link')},
            (select id from analytics.word where word = 'Firefox 143'), (select id from analytics.word where word = 'Windows 11'), '192.0.2.0/24'
       from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[]) e(at, person, page, link)`,
    [
      events.map(({ at }) => at.toISOString()),
      events.map(({ person }) => person),
      events.map(({ page = '/' }) => page),
      events.map(({ link = null }) => link),
    ],
  );
}

/** Visits of one person on the proof's stage, and the figures of a month that is over, as a round of keeping leaves them. */
export async function stageVisits(gates: Gates, sql: Sql, person: string): Promise<void> {
  await allowStatistics(gates, person, new Date('2026-11-20T12:00:00Z'));
  await visits(sql, [
    { person, at: new Date('2026-11-20T12:00:00Z'), page: '/priser', link: '/kontakt' },
    { person, at: new Date('2026-11-21T12:00:00Z'), page: '/kurs' },
  ]);
  await sql(`with month as (insert into gate.rolled_up values ('analytics.page_month', '2026-09-01', '2026-10-02'))
    insert into analytics.page_month values ('2026-09-01', '/kurs', 12), ('2026-09-01', '/priser', 31), ('2026-09-01', null, 10)`);
}
