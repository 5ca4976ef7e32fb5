import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { after, comparePeriods, osloDate, startOfDate } from '#statement/period.ts';
import { ruleFor } from '#statement/rules.ts';
import type { Engine } from '../engine.ts';

/** A table kept in days by the clock that its storage rule counts from: what is due leaves it by whole days. */
export interface DayTable {
  readonly table: Table & { subject: string };
  /** The column that is the clock and the partition key in one. */
  readonly clock: string;
  readonly clause: string;
  readonly period: string;
}

/**
 * Tables of the map that lie in days of their rule's clock. Where a table's categories have different periods, the
 * shortest decides: a day leaves as a whole.
 */
export function dayTables({ map, statement }: Pick<Engine, 'map' | 'statement'>): DayTable[] {
  return personTables(map).flatMap((table) => {
    const { purpose, partitionedBy } = table;
    if (purpose === undefined || partitionedBy === undefined) return [];
    const rules = table.columns
      .filter(({ category = 'none' }) => category !== 'none' && category !== 'record.person')
      .flatMap(({ category }) => ruleFor(statement, purpose, category!)?.rule ?? [])
      .filter(({ clock }) => table.clocks[clock] === partitionedBy)
      .sort((a, b) => comparePeriods(a.period, b.period));
    const [first] = rules;
    return first === undefined
      ? []
      : [{ table, clock: partitionedBy, clause: first.clause, period: first.period }];
  });
}

/**
 * The moment from which what happened before `end` is to be gone, when `end` is the end of a day: the beginning of the day
 * after the last on which any of it may still be there. So an event of 2026-01-31 under P18M is kept through 2027-07-31,
 * never a day less, and goes at most a day after its own moment.
 */
export function dropAt(end: Date, period: string): Date {
  const last = osloDate(after(new Date(end.getTime() - 1), period));
  return startOfDate(daysAfter(last, 1));
}

/** The moment at which the day in Oslo that an instant is in is over. */
export function endOfDay(instant: Date): Date {
  return startOfDate(daysAfter(osloDate(instant), 1));
}

/** A calendar date so many days after another. */
function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Days that stand ready before they begin, so that an hourly round may fail for a while and nothing waits for a day. */
const AHEAD = 7;

/**
 * Makes the days from yesterday to a week ahead where they are missing. Called at start and each hour. A row for any other
 * day is rare; whoever writes it makes that day by {@link makeDays} and tries again.
 */
export async function ensurePartitions(engine: Engine, now: Date): Promise<void> {
  const today = osloDate(now);
  for (const { table } of dayTables(engine))
    await makeDays(engine.pools.of('keep'), table.name, daysAfter(today, -1), daysAfter(today, AHEAD));
}

/** Makes the days of one table that are missing between two dates, both among them. For the roles `keep` and `collect`. */
export async function makeDays(
  pool: Pick<Pool, 'query'>,
  table: string,
  first: string,
  last: string,
): Promise<void> {
  await pool.query(`select ${tableIdent(`${table}_make_days`)}($1, $2)`, [first, last]);
}

interface Day {
  readonly low: Date;
  readonly high: Date;
  /** Rows as last counted by PostgreSQL; negative when it never has. */
  readonly estimate: number;
  readonly bytes: number;
}

/** Days in one transaction: the table is closed to others while they go, for a millisecond or two each. */
const TOGETHER = 64;
/** Above so many bytes rows are told by PostgreSQL's own estimate: counting would cost more than letting go. */
const COUNTED = 64 << 20;

/**
 * Lets go of every day that is past its period, with one `DROP` a day (clause `k.behaviour-18-months`); tells the rows of
 * each clause. People under a restriction keep theirs. With `dryRun` nothing goes and every row is counted.
 *
 * Dropping needs the table for itself for a moment. It never waits long for that, since everybody else would wait behind
 * it: after some tries it leaves the rest to the next round, and tells only what went.
 */
export async function dropDuePartitions(
  engine: Engine,
  now: Date,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<{ clause: string; rows: number }[]> {
  const told: { clause: string; rows: number }[] = [];
  for (const one of dayTables(engine)) {
    const client = await engine.pools.of('keep').connect();
    try {
      const due = (await days(client, one.table.name)).filter(
        ({ high }) => dropAt(high, one.period).getTime() <= now.getTime(),
      );
      const kept = await keptPeople(client);
      const rows = dryRun ? await countRows(client, one, due, kept) : await drop(client, one, due, kept);
      if (rows > 0) told.push({ clause: one.clause, rows });
    } finally {
      client.release();
    }
  }
  return told;
}

/** People whose rows outlast their period: it is not destroyed behind the back of someone restricted (art. 18(1)(c)). */
async function keptPeople(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ person: string }>('select person from gate.restriction');
  return rows.map(({ person }) => person);
}

const DAYS = `
select (regexp_match(bound, 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz as low,
       (regexp_match(bound, 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as high, estimate, bytes
  from (select pg_get_expr(c.relpartbound, c.oid) as bound, c.reltuples::float8 as estimate,
               pg_relation_size(c.oid) as bytes
          from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass) p
 where bound <> 'DEFAULT' order by 1`;

async function days(client: PoolClient, table: string): Promise<Day[]> {
  return (await client.query<Day>(DAYS, [tableIdent(table)])).rows;
}

async function countRows(
  client: PoolClient,
  { table, clock }: DayTable,
  due: readonly Day[],
  kept: readonly string[],
): Promise<number> {
  if (due.length === 0) return 0;
  const { rows } = await client.query<{ n: number }>(
    `select count(*) as n from ${tableIdent(table.name)} t
      where ${ident(clock)} >= $1 and ${ident(clock)} < $2 and ${ident(table.subject)} <> all($3)`,
    [due[0]!.low, due.at(-1)!.high, kept],
  );
  return rows[0]!.n;
}

async function drop(
  client: PoolClient,
  one: DayTable,
  due: readonly Day[],
  kept: readonly string[],
): Promise<number> {
  const rows = await rowsOf(client, one, due, kept);
  for (let at = 0; at < due.length; at += TOGETHER) {
    const before = osloDate(due[Math.min(at + TOGETHER, due.length) - 1]!.high);
    if (!(await dropBefore(client, one.table.name, before, kept)))
      return rows - (await rowsOf(client, one, due.slice(at), kept));
  }
  return rows;
}

/** Rows of some days: counted, or by PostgreSQL's own estimate where they are many. */
async function rowsOf(
  client: PoolClient,
  one: DayTable,
  some: readonly Day[],
  kept: readonly string[],
): Promise<number> {
  const mustCount = kept.length > 0 || some.some(({ estimate }) => estimate < 0);
  return mustCount || bytesOf(some) <= COUNTED
    ? countRows(client, one, some, kept)
    : some.reduce((sum, { estimate }) => sum + estimate, 0);
}

const bytesOf = (some: readonly Day[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);

/** How long to wait for the table, in milliseconds, and how often to ask. */
const PATIENCE = 250;
const TRIES = 6;
const LOCKED = '55P03';

async function dropBefore(
  client: PoolClient,
  table: string,
  before: string,
  kept: readonly string[],
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await inTransaction(client, async () => {
        await client.query(`set local lock_timeout = ${PATIENCE}`);
        await client.query(`select ${tableIdent(`${table}_drop_days`)}($1, $2)`, [before, kept]);
      });
      return true;
    } catch (error) {
      if (codeOf(error) !== LOCKED) throw error;
      if (tries === TRIES) return false;
      await pause(PATIENCE);
    }
  }
}
