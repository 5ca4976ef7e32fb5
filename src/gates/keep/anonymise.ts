import type { PoolClient } from 'pg';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import { coarser, MONTHS, type RollUp, rollUps } from '#platform/roll-up.ts';
import { osloDate, startOfDate } from '#statement/period.ts';
import { smallestGroup } from '#statement/rules.ts';
import type { Engine } from '../engine.ts';
import { type Group, merge } from './merge.ts';

/** What was rolled up in one round, by roll-up. */
export interface RolledUp {
  readonly table: string;
  readonly groups: number;
  /** The sizes of the groups added up. Somebody in two groups counts twice: how many there were in all is told nowhere. */
  readonly people: number;
}

/**
 * Counts people in groups for every roll-up that the map declares, one period at a time, before what is due is deleted
 * (clause `k.anonymise`; recital 26). A period is counted once, when it is over, and over everyone in it at once: counted
 * again with one person more or less, it would give that person away. Whoever is restricted, has objected or has taken a
 * consent back is not counted: to count is to use.
 *
 * Each period is one transaction with the row that says it is done, so a round that was killed is taken up where it was.
 */
export async function rollUp(engine: Engine, now: Date): Promise<RolledUp[]> {
  const told: RolledUp[] = [];
  for (const one of rollUps(engine.map)) {
    const client = await engine.pools.of('keep').connect();
    try {
      let [groups, people] = [0, 0];
      for (const period of await openPeriods(client, one, now)) {
        const counted = await rollUpPeriod(engine, client, one, period, now);
        groups += counted.length;
        people += counted.reduce((sum, group) => sum + group.people, 0);
      }
      if (groups > 0) told.push({ table: one.target.name, groups, people });
    } finally {
      client.release();
    }
  }
  return told;
}

/** A row may come in a little after the moment it tells of; what comes later still is not counted. */
const LATE = 86_400_000;

/** First days of the periods that are over and not done, from the first that the source may have rows of. */
async function openPeriods(client: PoolClient, one: RollUp, now: Date): Promise<string[]> {
  const { source, target, period } = one;
  const months = MONTHS[period.by];
  const { rows } = await client.query<{ low: Date | null }>(
    source.partitionedBy === period.from.name
      ? `select min((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz) as low
           from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = '${tableIdent(source.name)}'::regclass`
      : `select min(${ident(period.from.name)})::timestamptz as low from ${tableIdent(source.name)}`,
  );
  const low = rows[0]?.low;
  if (low == null) return [];
  const { rows: done } = await client.query<{ period: string }>(
    'select period::text as period from gate.rolled_up where target = $1',
    [target.name],
  );
  const known = new Set(done.map((row) => row.period));
  const open: string[] = [];
  for (let first = periodOf(osloDate(low), months); ; first = monthsAfter(first, months)) {
    const over = startOfDate(monthsAfter(first, months)).getTime() + LATE;
    if (over > now.getTime()) return open;
    if (!known.has(first)) open.push(first);
  }
}

/** First day of the month, quarter or year that a date is in. */
function periodOf(date: string, months: number): string {
  const month = Number(date.slice(5, 7)) - 1;
  return `${date.slice(0, 4)}-${String(month - (month % months) + 1).padStart(2, '0')}-01`;
}

function monthsAfter(first: string, months: number): string {
  const [year, month] = first.split('-').map(Number);
  return new Date(Date.UTC(year!, month! - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Another process has done, or is doing, the same period. */
const TAKEN = ['40001', '23505'];

async function rollUpPeriod(
  engine: Engine,
  client: PoolClient,
  one: RollUp,
  period: string,
  now: Date,
): Promise<Group[]> {
  await client.query('begin isolation level repeatable read');
  try {
    await client.query('insert into gate.rolled_up (target, period, done_at) values ($1, $2, $3)', [
      one.target.name,
      period,
      now,
    ]);
    const groups = await countGroups(engine, client, one, period);
    await write(client, one, period, groups);
    await client.query('commit');
    return groups;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if (TAKEN.includes(codeOf(error))) return [];
    throw error;
  }
}

/** Between two things a group has in common, in its name. */
const BETWEEN = '\u001f';
/** Stands in a name for what could not be made coarser. */
const NOTHING = '\u0001';

async function countGroups(
  engine: Engine,
  client: PoolClient,
  one: RollUp,
  period: string,
): Promise<Group[]> {
  const { period: clock, groups } = one;
  const within = [
    startOfDate(period).toISOString(),
    startOfDate(monthsAfter(period, MONTHS[clock.by])).toISOString(),
  ];
  const keys = groups.map((_, at) => `g${at}`);
  const name =
    keys.length === 0
      ? `''`
      : `concat_ws('${BETWEEN}', ${keys.map((key) => `coalesce(${key}, '${NOTHING}')`).join(', ')})`;
  const members = membersSql(engine, one);
  const { rows } = await client.query<Record<string, string | null> & { name: string; people: number }>(
    `with ${members} select ${[...keys, `${name} as name`].join(', ')}, count(*)::int as people from m
      group by ${[...keys, 'name'].join(', ')}`,
    within,
  );
  const finest = rows.map((row) => ({
    key: keys.map((key) => row[key] as string | null),
    people: row.people,
    members: [row.name],
  }));
  return merge(finest, smallestGroup(engine.statement), async (some) => {
    const { rows: counted } = await client.query<{ people: number }>(
      `with ${members} select count(distinct person)::int as people from m where ${name} = any($3)`,
      [...within, some],
    );
    return counted[0]!.people;
  });
}

/**
 * Everybody in a period whom counting may use, as `m`: one row for each person and each group they are in. Words are made
 * coarser once each, and not once a row.
 */
function membersSql({ statement }: Engine, { source, period, groups }: RollUp): string {
  const who = `t.${ident(source.subject)}`;
  const words: string[] = [];
  const joins: string[] = [];
  const parts = groups.map((part, at) => {
    const column = `t.${ident(part.from.name)}`;
    if (part.from.words === undefined) return `(${coarser(part, column)})::text as g${at}`;
    words.push(
      `w${at} as materialized (select w.id, (${coarser(part, 'w.word')})::text as g from ${tableIdent(part.from.words)} w)`,
    );
    joins.push(`left join w${at} on w${at}.id = ${column}`);
    return `w${at}.g as g${at}`;
  });
  const clock = `t.${ident(period.from.name)}`;
  const start = (at: number) =>
    period.from.type === 'date'
      ? `($${at}::timestamptz at time zone 'Europe/Oslo')::date`
      : `$${at}::timestamptz`;
  const purpose = `'${source.purpose}'`;
  const consented =
    statement.purposes[source.purpose ?? '']?.basis === 'A6-1-a'
      ? `and exists (select from consent.active x where x.person = d.person and x.purpose = ${purpose})`
      : '';
  return `${words.map((word) => `${word}, `).join('')}d as materialized (
      select distinct ${[`${who} as person`, ...parts].join(', ')} from ${tableIdent(source.name)} t ${joins.join(' ')}
       where ${clock} >= ${start(1)} and ${clock} < ${start(2)}),
    m as (select d.* from d
       where not exists (select from gate.erasure x where x.person = d.person)
         and not exists (select from gate.restriction x where x.person = d.person)
         and not exists (select from gate.objection x where x.person = d.person and x.purpose = ${purpose}) ${consented})`;
}

/** Adds the groups in the order of their names, so that where they lie tells nothing of who came when. */
async function write(
  client: PoolClient,
  { target, period, groups: parts, people }: RollUp,
  first: string,
  groups: readonly Group[],
): Promise<void> {
  if (groups.length === 0) return;
  const columns = [period.column, ...parts.map(({ column }) => column), people];
  const types = columns.map((name) => target.columns.find((column) => column.name === name)!.type);
  const values = [
    groups.map(() => first),
    ...parts.map((_, at) => groups.map(({ key }) => key[at])),
    groups.map((group) => String(group.people)),
  ];
  await client.query(
    `insert into ${tableIdent(target.name)} (${columns.map(ident).join(', ')})
     select ${types.map((type, at) => `c${at}::${type}`).join(', ')}
       from unnest(${types.map((_, at) => `$${at + 1}::text[]`).join(', ')}) with ordinality u(${types.map((_, at) => `c${at}`).join(', ')}, place)
      order by place`,
    values,
  );
}
