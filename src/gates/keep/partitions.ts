import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import { after, osloDate, startOfDate } from '#statement/period.ts';
import type { Engine } from '../engine.ts';
import { type Due, dues } from './dues.ts';

/** Rules whose rows lie in days of their own clock: what is due leaves by whole days. */
function dayDues({ statement, map }: Pick<Engine, 'statement' | 'map'>): DayDue[] {
  return dues(statement, map).filter((due): due is DayDue => due.byDay === true);
}

type DayDue = Due & {
  readonly subject: string;
  readonly start: { readonly kind: 'own'; readonly column: string };
};

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
  for (const { table } of dayDues(engine))
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
 * Lets go of every day of one table that is past its period, with one `DROP` a day (clause `k.behaviour-18-months`), and
 * answers with how many rows went; `took` is told of them in the transaction that takes them. People under a restriction or a hold
 * keep theirs.
 *
 * Dropping needs the table for itself for a moment. It never waits long for that, since everybody else would wait behind
 * it: after some tries it leaves the rest to the next round.
 */
export async function dropDays(
  client: PoolClient,
  due: Due,
  now: Date,
  took: (rows: number) => Promise<void> = async () => {},
): Promise<number> {
  const one = due as DayDue;
  const past = (await days(client, one.table.name)).filter(
    ({ high }) => dropAt(high, one.period).getTime() <= now.getTime(),
  );
  const kept = await keptPeople(client, now);
  let gone = 0;
  for (let at = 0; at < past.length; at += TOGETHER) {
    const some = past.slice(at, at + TOGETHER);
    const rows = await rowsOf(client, one, some, kept);
    const before = osloDate(some.at(-1)!.high);
    const told = async () => {
      if (rows > 0) await took(rows);
    };
    if (!(await dropBefore(client, { table: one.table.name, before, kept }, told))) break;
    gone += rows;
  }
  return gone;
}

/**
 * People whose rows outlast their period: it is not destroyed behind the back of someone restricted (art. 18(1)(c)), nor
 * while a hold needs it (art. 17(3)).
 */
async function keptPeople(client: PoolClient, now: Date): Promise<string[]> {
  const { rows } = await client.query<{ person: string }>(
    `select person from gate.restriction
     union select person from gate.hold where released_at is null and (until is null or until > $1)`,
    [now],
  );
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
  { table, start, subject }: DayDue,
  past: readonly Day[],
  kept: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*) as n from ${tableIdent(table.name)} t
      where ${ident(start.column)} >= $1 and ${ident(start.column)} < $2 and ${ident(subject)} <> all($3)`,
    [past[0]!.low, past.at(-1)!.high, kept],
  );
  return rows[0]!.n;
}

/** Rows of some days: counted, or by PostgreSQL's own estimate where they are many. */
async function rowsOf(
  client: PoolClient,
  one: DayDue,
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
  { table, before, kept }: { table: string; before: string; kept: readonly string[] },
  told: () => Promise<void>,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await inTransaction(client, async () => {
        await client.query(`set local lock_timeout = ${PATIENCE}`);
        await client.query(`select ${tableIdent(`${table}_drop_days`)}($1, $2)`, [before, kept]);
        await told();
      });
      return true;
    } catch (error) {
      if (codeOf(error) !== LOCKED) throw error;
      if (tries === TRIES) return false;
      await pause(PATIENCE);
    }
  }
}
