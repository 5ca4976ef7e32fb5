import type { ClientBase, Pool } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import type { DataMap } from '#platform/map.ts';
import type { ClauseId, Statement } from '#statement/grammar.ts';
import { after, osloDate, startOfDate } from '#statement/period.ts';
import type { Engine } from '../engine.ts';
import { concerns, type Due, dues, endsAt, heldUntil, isOver, mayBeOver } from './dues.ts';
import { dueEntries, leavingEntries } from './journal.ts';

/** How many rows of a clause are concerned. */
export interface ClauseRows {
  readonly clause: ClauseId;
  readonly rows: number;
}

type Asks = Pick<ClientBase | Pool, 'query'>;

/**
 * How many rows each clause would let go of at a moment, under any statement: what `keep --dry-run` and a plan tell.
 * Only clauses with such rows are named. The connection is that of the role `keep`, or the owner's.
 */
export async function dueRows(
  client: Asks,
  statement: Statement,
  map: DataMap,
  at: Date,
): Promise<ClauseRows[]> {
  const found: ClauseRows[] = [];
  for (const due of dues(statement, map)) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*) as n from ${tableIdent(due.table.name)} t where ${concerns(due)} and ${isOver(due)}`,
      [at],
    );
    found.push({ clause: due.clause, rows: Number(rows[0]!.n) });
  }
  found.push(...(await dueEntries(client, statement, map, at)));
  return byClause(found);
}

/** What leaves in the days to come, by clause and by calendar date in Oslo. */
export interface Forecast {
  readonly from: string;
  readonly days: number;
  readonly clauses: readonly {
    readonly clause: ClauseId;
    readonly rows: number;
    readonly byDay: readonly { readonly date: string; readonly rows: number }[];
  }[];
}

/** A row that leaves: in which table, on whom (null where only a keyed hash is kept), on which date. */
export interface Leaving {
  readonly table: string;
  readonly person: string | null;
  readonly date: string;
}

/**
 * What leaves between now and the end of the day so many days hence, so that a nearer forecast is part of a longer one; what
 * is past its date already counts as today's.
 */
export async function forecast(
  { statement, map, pools }: Engine,
  now: Date,
  days: number,
): Promise<Forecast> {
  const clauses = new Map<ClauseId, Map<string, number>>();
  const until = lastOf(now, days);
  for (const due of dues(statement, map)) {
    const { rows } = await pools
      .of('keep')
      .query<{ date: string; n: number }>(
        `select ${dateOf(`greatest(e.at, $2, ${heldUntil(due)})`)} as date, count(*) as n from ${leaving(due)} group by 1`,
        [until, now],
      );
    const dates = clauses.get(due.clause) ?? new Map<string, number>();
    for (const { date, n } of rows) dates.set(date, (dates.get(date) ?? 0) + Number(n));
    if (dates.size > 0) clauses.set(due.clause, dates);
  }
  for (const { clause, date, n } of await leavingEntries(pools.of('keep'), statement, map, { now, until })) {
    const dates = clauses.get(clause) ?? new Map<string, number>();
    dates.set(date, (dates.get(date) ?? 0) + n);
    clauses.set(clause, dates);
  }
  const order = Object.keys(statement.clauses);
  return {
    from: now.toISOString(),
    days,
    clauses: [...clauses]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([clause, dates]) => {
        const byDay = [...dates].sort().map(([date, rows]) => ({ date, rows }));
        return { clause, rows: byDay.reduce((sum, { rows }) => sum + rows, 0), byDay };
      }),
  };
}

/** The rows behind one clause of a forecast, soonest first; numbers of people and dates, never a value. */
export async function openForecast(
  { statement, map, pools }: Engine,
  clause: ClauseId,
  now: Date,
  { days, limit }: { days: number; limit: number },
): Promise<Leaving[]> {
  const found: Leaving[] = [];
  for (const due of dues(statement, map).filter((one) => one.clause === clause)) {
    const person = due.subject === undefined ? 'null' : `t.${ident(due.subject)}`;
    const { rows } = await pools
      .of('keep')
      .query<{ person: string | null; date: string }>(
        `select ${person} as person, ${dateOf(`greatest(e.at, $2, ${heldUntil(due)})`)} as date from ${leaving(due)} order by 2 limit ${Math.floor(limit)}`,
        [lastOf(now, days), now],
      );
    found.push(...rows.map((row) => ({ table: due.table.name, ...row })));
  }
  return found.sort((a, b) => Number(a.date > b.date) - Number(a.date < b.date)).slice(0, limit);
}

/** The last moment of the calendar day in Oslo so many days hence. */
const lastOf = (now: Date, days: number) =>
  new Date(startOfDate(osloDate(after(now, `P${days + 1}D`))).getTime() - 1);

const dateOf = (moment: string) => `to_char(${moment} at time zone 'Europe/Oslo', 'YYYY-MM-DD')`;
const leaving = (due: Due) =>
  `${tableIdent(due.table.name)} t cross join lateral (select ${endsAt(due)} as at) e where ${concerns(due)} and ${mayBeOver(due, '$1::timestamptz')} and e.at <= $1`;

/** Adds up by clause, in the order they come; clauses without rows are left out. */
export function byClause(found: readonly ClauseRows[]): ClauseRows[] {
  const total = new Map<ClauseId, number>();
  for (const { clause, rows } of found) if (rows > 0) total.set(clause, (total.get(clause) ?? 0) + rows);
  return [...total].map(([clause, rows]) => ({ clause, rows }));
}
