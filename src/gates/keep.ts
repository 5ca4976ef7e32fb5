import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { ruleFor } from '#statement/rules.ts';
import { decide, finishErasures } from './answer/erase.ts';
import { settle } from './answer/settle.ts';
import type { Engine } from './engine.ts';

/** What one round of keeping took, by clause. */
export interface Kept {
  readonly due: { clause: string; rows: number }[];
  /** People of whom nothing was left to keep. */
  readonly erased: number;
}

interface Due {
  readonly clause: string;
  readonly table: Table;
  /** Column with the person's number; undefined where only a keyed hash is kept. */
  readonly subject: string | undefined;
  readonly column: string;
  readonly period: string;
  /** Set for collections: only those of this purpose. */
  readonly purpose?: string;
  /** Set when the clock is in another table. */
  readonly clockTable?: Table & { subject: string };
}

/** The moment a column's period is over, counted on Oslo's calendar as PostgreSQL does: days and months keep the clock. */
const over = (column: string, parameter: number) =>
  `((${column} at time zone 'Europe/Oslo' + $${parameter}::interval) at time zone 'Europe/Oslo')`;

/**
 * The gate that lets go: finishes erasures that a crash interrupted, deletes rows whose storage period is over,
 * empties what no purpose names any more, erases people of whom nothing is left (clauses `k.*`), erases
 * again whom a restored backup brought back without a key, and destroys keys that a crash left without a person. Every rule is read off the statement and the data map; none is written here.
 */
export async function keep(engine: Engine, now: Date): Promise<Kept> {
  let erased = await finishErasures(engine, now);
  const due: Kept['due'] = [];
  const client = await engine.pools.of('keep').connect();
  try {
    for (const one of dues(engine)) {
      const { rows, nobody } = await inTransaction(client, () => take(engine, client, one, now));
      if (rows > 0) due.push({ clause: one.clause, rows });
      if (nobody > 0) erased += await finishErasures(engine, now);
    }
    await forgetLateComers(engine, client, now);
  } finally {
    client.release();
  }
  erased += await eraseKeyless(engine, now);
  await destroyStrayKeys(engine, now);
  return { due: sum(due), erased };
}

/** Every (table, clock, period) that the statement and the map give, collections purpose by purpose. */
function dues(engine: Engine): Due[] {
  const { statement, map } = engine;
  const found: Due[] = [];
  for (const table of map.tables) {
    const { purpose, end, subject } = table;
    if (subject === undefined || subject === 'none' || purpose === undefined || purpose === 'collected')
      continue;
    // The journal's chain is sealed: entries cannot leave it one by one.
    if (end === 'anonymise' || table.name.startsWith('journal.')) continue;
    const category = table.columns.find(
      (column) => column.category !== 'none' && column.category !== 'record.person',
    )?.category;
    const named = category === undefined ? undefined : ruleFor(statement, purpose, category);
    const column = named === undefined ? undefined : table.clocks[named.rule.clock];
    if (named === undefined || column === undefined) continue;
    const { clause, period } = named.rule;
    found.push({ clause, table, subject: subject.startsWith('hash:') ? undefined : subject, column, period });
  }
  const tables = personTables(map).filter(({ end }) => end === 'delete');
  const collection = tables.find(({ name }) => name === 'gate.collection');
  if (collection === undefined) return found;
  for (const purpose of Object.keys(statement.purposes)) {
    const named = ruleFor(statement, purpose, 'contact.email');
    if (named === undefined) continue;
    const { clause, clock, period } = named.rule;
    const whole = { clause, table: collection, subject: collection.subject, period, purpose };
    const clockTable = tables.find((table) => table.purpose === purpose && table.clocks[clock] !== undefined);
    if (clock === 'recorded') found.push({ ...whole, column: collection.clocks.recorded! });
    else if (clockTable !== undefined)
      found.push({ ...whole, column: clockTable.clocks[clock]!, clockTable });
  }
  // Collections that look at another table's clock go before that table's own rows do.
  return found.sort((a, b) => Number(a.clockTable === undefined) - Number(b.clockTable === undefined));
}

async function take(
  engine: Engine,
  client: PoolClient,
  due: Due,
  now: Date,
): Promise<{ rows: number; nobody: number }> {
  const { table, subject, column, period, purpose, clockTable } = due;
  const conditions = [
    clockTable === undefined
      ? `${over(`t.${ident(column)}`, 1)} <= $2`
      : `exists (select from ${tableIdent(clockTable.name)} k where k.${ident(clockTable.subject)} = t.${ident(subject!)} and ${over(`k.${ident(column)}`, 1)} <= $2)`,
  ];
  // A restricted person's data is not destroyed behind their back either: they may need it (art. 18(1)(c)).
  if (subject !== undefined)
    conditions.push(`not exists (select from gate.restriction r where r.person = t.${ident(subject)})`);
  if (purpose !== undefined) conditions.push('t.purpose = $3');
  const { rows } = await client.query<{ person: string | null }>(
    `delete from ${tableIdent(table.name)} t where ${conditions.join(' and ')} returning ${subject === undefined ? 'null' : `t.${ident(subject)}`} as person`,
    [period, now, ...(purpose === undefined ? [] : [purpose])],
  );
  // What stays after a person says nothing of whether anything else is kept on them.
  if (table.end === 'stays') return { rows: rows.length, nobody: 0 };
  const people = [...new Set(rows.map(({ person }) => person!))];
  if (people.length === 0) return { rows: 0, nobody: 0 };
  const nobody = await settle(engine, client, people);
  await decide(
    client,
    nobody.map((person) => ({ person, askedBy: 'keep' as const, ground: due.clause, at: now })),
  );
  return { rows: rows.length, nobody: nobody.length };
}

/** Looks once more at people erased within the day: a row written while they were being erased must not outlive them. */
async function forgetLateComers(engine: Engine, client: PoolClient, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 24 * HOUR);
  for (const table of personTables(engine.map).filter(({ end }) => end !== 'stays'))
    await client.query(
      `delete from ${tableIdent(table.name)} t using gate.erasure e where e.person = t.${ident(table.subject)} and e.done_at >= $1`,
      [since],
    );
}

const HOUR = 3_600_000;
/** Keys looked at in one step. */
const KEYS = 5000;
/** Before every person's number. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Erases people whose rows are there and whose key is not: a backup of the rows, restored after their erasure. Nothing
 * of them can be read, and even so nothing of them is to be there. The two databases are known to belong together
 * before anything is opened, so that a missing key means an erasure and not a mistake.
 */
async function eraseKeyless(engine: Engine, now: Date): Promise<number> {
  const keeper = engine.pools.of('keep');
  let after = NOBODY;
  let erased = 0;
  for (;;) {
    const { rows } = await keeper.query<{ person: string }>(
      'select person from vault.person where person > $1 order by person limit $2',
      [after, KEYS],
    );
    if (rows.length === 0) return erased;
    const people = rows.map(({ person }) => person);
    after = people.at(-1)!;
    const keyed = await engine.keys.held(people);
    const keyless = people.filter((person) => !keyed.has(person));
    if (keyless.length === 0) continue;
    await decide(
      keeper,
      keyless.map((person) => ({ person, askedBy: 'keep' as const, ground: 'r.rectify-erase', at: now })),
    );
    erased += await finishErasures(engine, now);
  }
}

/**
 * Destroys keys without a person: a sign-up that a crash cut short after its key and before its rows. Younger than an
 * hour they may belong to one that is under way, so they are left. Keys are read before rows: a person who comes in
 * between is found.
 */
async function destroyStrayKeys({ keys, pools }: Engine, now: Date): Promise<void> {
  const before = new Date(now.getTime() - HOUR);
  let after = NOBODY;
  for (;;) {
    const people = await keys.madeBefore(before, after, KEYS);
    const last = people.at(-1);
    if (last === undefined) return;
    const { rows } = await pools
      .of('keep')
      .query<{ person: string }>('select person from vault.person where person = any($1)', [people]);
    const there = new Set(rows.map(({ person }) => person));
    await keys.destroy(people.filter((person) => !there.has(person)));
    after = last;
  }
}

function sum(due: Kept['due']): Kept['due'] {
  const total = new Map<string, number>();
  for (const { clause, rows } of due) total.set(clause, (total.get(clause) ?? 0) + rows);
  return [...total].map(([clause, rows]) => ({ clause, rows }));
}
