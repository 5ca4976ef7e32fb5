import { ident, tableIdent } from '#platform/database.ts';
import { type DataMap, personTables, type Table } from '#platform/map.ts';
import type { ClauseId, Ending, PurposeId, Statement } from '#statement/grammar.ts';
import { type NamedRule, ruleFor } from '#statement/rules.ts';
import { held } from '../held.ts';

/** A table that keeps a clock, and its column that does. */
interface Keeper {
  readonly table: Table & { readonly subject: string };
  readonly column: string;
}

/**
 * The moment that starts a row's period: a column of its own; the latest over all of its person's rows in the tables that
 * keep the clock, while none of them is open; or the withdrawal of a consent that does not stand. Between rows of clients,
 * each client's count by themselves: who has left one may be a user of another.
 */
export type Start =
  | { readonly kind: 'own'; readonly column: string }
  | { readonly kind: 'latest'; readonly keepers: readonly Keeper[] }
  | { readonly kind: 'withdrawn'; readonly purpose: PurposeId };

/** Rows that a storage rule ends: where they are, what starts their period, how long it is, and what happens then. */
export interface Due {
  readonly rule: string;
  readonly clause: ClauseId;
  readonly period: string;
  readonly end: Ending;
  readonly table: Table;
  /** Column with the person's number; undefined where only a keyed hash is kept. */
  readonly subject: string | undefined;
  readonly start: Start;
  /** Set for collections: only those of this purpose. */
  readonly purpose?: PurposeId;
  /** Set for collections of what lies in the modules' own rows: they say where those came from, and stay with them. */
  readonly whileRows?: readonly (Table & { readonly subject: string })[];
  /** Set for a table kept in days of its clock: rows leave by whole days, when the day of their moment is over. */
  readonly byDay?: true;
  /** The purpose, where an objection to it ends the period at once: what a hold kept then leaves after the hold. */
  readonly objected?: PurposeId;
}

/**
 * Everything that the storage rules amount to in this database, collections purpose by purpose (clauses `k.*`). Rules
 * whose clock no table starts yet have no place here. Whatever looks at another table's clock comes before that table,
 * so that no clock is gone while something still waits for it.
 */
export function dues(statement: Statement, map: DataMap): Due[] {
  const found: Due[] = [];
  for (const table of map.tables) {
    const { purpose, subject } = table;
    if (subject === undefined || subject === 'none' || purpose === undefined || purpose === 'collected')
      continue;
    // The journal is a sealed chain: its entries leave by whole blocks, not one by one.
    if (table.name.startsWith('journal.')) continue;
    const category = table.columns.find(
      (column) => column.category !== 'none' && column.category !== 'record.person',
    )?.category;
    const named = category === undefined ? undefined : ruleFor(statement, purpose, category);
    if (named === undefined) continue;
    const whose = subject.startsWith('hash:') ? undefined : subject;
    const start = startOf(statement, map, table, whose, purpose, named.rule.clock);
    if (start === undefined) continue;
    const byDay = whose !== undefined && start.kind === 'own' && start.column === table.partitionedBy;
    found.push({ ...of(named, purpose), table, subject: whose, start, ...(byDay ? { byDay } : {}) });
  }
  const collections = personTables(map).find(({ name }) => name === 'gate.collection');
  for (const purpose of Object.keys(statement.purposes)) {
    const named = collectionRule(statement, purpose);
    if (collections === undefined || named === undefined) continue;
    const start = startOf(statement, map, collections, collections.subject, purpose, named.rule.clock);
    if (start === undefined) continue;
    const whileRows = ruleFor(statement, purpose, ADDRESS) ? undefined : rowTables(map, purpose);
    found.push({
      ...of(named, purpose),
      table: collections,
      subject: collections.subject,
      start,
      purpose,
      whileRows,
    });
  }
  const waits = ({ start, table }: Due) =>
    start.kind === 'latest' && start.keepers.every((keeper) => keeper.table.name !== table.name) ? 0 : 1;
  return found.sort((a, b) => waits(a) - waits(b));
}

const ADDRESS = 'contact.email';

/** The rule that a purpose's claim on the vault ends by: that of the address, or else of where its own rows came from. */
export function collectionRule(statement: Statement, purpose: PurposeId): NamedRule | undefined {
  return ruleFor(statement, purpose, ADDRESS) ?? ruleFor(statement, purpose, 'record.origin');
}

/** Tables with rows of a purpose, on persons. */
function rowTables(map: DataMap, purpose: PurposeId): (Table & { subject: string })[] {
  return personTables(map).filter((table) => table.purpose === purpose);
}

function of({ id, rule: { clause, period, end, endsOnObjection } }: NamedRule, purpose: PurposeId) {
  return { rule: id, clause, period, end, ...(endsOnObjection === true ? { objected: purpose } : {}) };
}

function startOf(
  statement: Statement,
  map: DataMap,
  table: Table,
  subject: string | undefined,
  purpose: PurposeId,
  clock: string,
): Start | undefined {
  const column = table.clocks[clock];
  // One row a person is the latest of its person's rows.
  const latest = statement.clocks[clock]?.latest === true && !isSole(table);
  if (column !== undefined && !(latest && subject !== undefined)) return { kind: 'own', column };
  if (subject === undefined) return undefined;
  if (clock === 'consent-withdrawn') return { kind: 'withdrawn', purpose };
  const keepers = personTables(map)
    .filter((one) => one.purpose === purpose && one.clocks[clock] !== undefined)
    .map((one) => ({ table: one, column: one.clocks[clock]! }));
  return keepers.length === 0 ? undefined : { kind: 'latest', keepers };
}

/** Whether a table holds at most one row on a person: its key is their number. */
function isSole({ subject, columns }: Table): boolean {
  const key = columns.filter(({ inKey }) => inKey);
  return key.length === 1 && key[0]!.name === subject;
}

/** The moment a column's period is over, on the calendar and the clock of Oslo, as `after` of the statement counts it. */
const over = (column: string, period: string) =>
  `((${column} at time zone 'Europe/Oslo' + interval '${period}') at time zone 'Europe/Oslo')`;

/** The moment at which the day of {@link over} has itself gone by; never earlier, and less than a day later. */
const dayOver = (column: string, period: string) =>
  `((date_trunc('day', ${column} at time zone 'Europe/Oslo' + interval '${period}') + interval '1 day') at time zone 'Europe/Oslo')`;

/**
 * The condition, over `t`, that a row's period is over at `$1`. Each moment is asked about twice: coarsely, so that an
 * index on it serves, since no calendar is more than four days from PostgreSQL's own reckoning; and then to the letter.
 */
export function isOver(due: Due): string {
  const own = periodIsOver(due);
  return due.objected === undefined ? own : `((${own}) or exists (select ${objections(due)} and o.at <= $1))`;
}

function periodIsOver(due: Due): string {
  const { start, subject, period, byDay } = due;
  const coarse = (column: string) => roughly(column, period, '$1::timestamptz');
  const past = (column: string) => `${over(column, period)} <= $1`;
  switch (start.kind) {
    case 'own': {
      const column = `t.${ident(start.column)}`;
      return `${coarse(column)} and ${byDay ? `${dayOver(column, period)} <= $1` : past(column)}`;
    }
    case 'latest': {
      const kept = theirs(start.keepers, due.table, subject!);
      const [{ rows: sole, column: moment }] = kept as [(typeof kept)[number]];
      if (kept.length === 1 && isSole(start.keepers[0]!.table))
        return `exists (select ${sole} and ${coarse(moment)} and ${past(moment)})`;
      const open = kept.map(
        ({ rows, column }) => `not exists (select ${rows} and (${past(column)}) is not true)`,
      );
      return `${began(start.keepers, due.table, subject!, coarse)} and ${open.join(' and ')}`;
    }
    case 'withdrawn':
      // As an array, so that whoever took a consent back is found first: few have, and PostgreSQL does not know.
      return `t.${ident(subject!)} = any(array(select w.person ${withdrawn(start.purpose)} and ${coarse('w.at')}))
        and exists (select ${withdrawals(start.purpose, subject!)} and ${past('w.at')})
        and not exists (select ${standing(start.purpose, subject!)})`;
  }
}

const roughly = (column: string, period: string, moment: string) =>
  `${column} <= ${moment} - interval '${period}' + interval '4 days'`;

/** The coarse half of {@link isOver} at another moment, an SQL expression: true for every row whose period is over by then. */
export function mayBeOver(due: Due, moment: string): string {
  const own = periodMayBeOver(due, moment);
  return due.objected === undefined ? own : `((${own}) or exists (select ${objections(due)}))`;
}

const objections = ({ objected, subject }: Due) =>
  `from gate.objection o where o.person = t.${ident(subject!)} and o.purpose = ${quote(objected!)}`;

function periodMayBeOver({ start, subject, period, table }: Due, moment: string): string {
  switch (start.kind) {
    case 'own':
      return roughly(`t.${ident(start.column)}`, period, moment);
    case 'latest':
      return began(start.keepers, table, subject!, (column) => roughly(column, period, moment));
    case 'withdrawn':
      return `exists (select ${withdrawals(start.purpose, subject!)})`;
  }
}

/** The moment, as SQL over `t`, at which a row's period is over; null while its clock has not started. */
export function endsAt(due: Due): string {
  const own = periodEndsAt(due);
  return due.objected === undefined ? own : `least(${own}, (select min(o.at) ${objections(due)}))`;
}

function periodEndsAt({ start, subject, period, byDay, table }: Due): string {
  switch (start.kind) {
    case 'own':
      // The end of a day is still that day.
      return byDay
        ? `(${dayOver(`t.${ident(start.column)}`, period)} - interval '1 microsecond')`
        : over(`t.${ident(start.column)}`, period);
    case 'latest': {
      const all = theirs(start.keepers, table, subject!)
        .map(({ rows, column }) => `select ${column} as at ${rows}`)
        .join(' union all ');
      return `(select case when bool_and(c.at is not null) then ${over('max(c.at)', period)} end from (${all}) c)`;
    }
    case 'withdrawn':
      return `(select ${over('max(w.at)', period)} ${withdrawals(start.purpose, subject!)}
        and not exists (select ${standing(start.purpose, subject!)}))`;
  }
}

/** The moment, as SQL over `t`, at which the last hold on a row's person is over by itself; null without one. */
export function heldUntil({ subject }: Due): string {
  return subject === undefined
    ? 'null::timestamptz'
    : `(select max(h.until) from gate.hold h where h.person = t.${ident(subject)} and h.released_at is null)`;
}

/** The rows of each keeper that belong to the person of `t`, and to the same client where both tables have clients. */
const theirs = (keepers: readonly Keeper[], of: Table, subject: string) =>
  keepers.map(({ table, column }) => ({
    rows:
      table.client === undefined || of.client === undefined
        ? rowsOf(table, subject)
        : `${rowsOf(table, subject)} and k.${ident(table.client)} = t.${ident(of.client)}`,
    column: `k.${ident(column)}`,
  }));

/**
 * That some keeper's row of the person of `t` is old, as SQL. Of several keepers, who has such a row is asked first and of all
 * at once, which an index on each answers: alternatives alone would be asked of every row of `t`.
 */
function began(
  keepers: readonly Keeper[],
  of: Table,
  subject: string,
  old: (column: string) => string,
): string {
  const any = theirs(keepers, of, subject).map(
    ({ rows, column }) => `exists (select ${rows} and ${old(column)})`,
  );
  if (any.length === 1) return any[0]!;
  const who = keepers.map(
    ({ table, column }) =>
      `select k.${ident(table.subject)} from ${tableIdent(table.name)} k where ${old(`k.${ident(column)}`)}`,
  );
  return `t.${ident(subject)} in (${who.join(' union all ')}) and (${any.join(' or ')})`;
}

const rowsOf = (table: Table & { subject: string }, subject: string) =>
  `from ${tableIdent(table.name)} k where k.${ident(table.subject)} = t.${ident(subject)}`;
const withdrawn = (purpose: string) =>
  `from consent.event w where w.purpose = ${quote(purpose)} and w.state not in ('requested', 'given', 'refused')`;
const withdrawals = (purpose: string, subject: string) =>
  `${withdrawn(purpose)} and w.person = t.${ident(subject)}`;
const standing = (purpose: string, subject: string) =>
  `from consent.active a where a.person = t.${ident(subject)} and a.purpose = ${quote(purpose)}`;

/**
 * The conditions, over `t`, that single a rule's rows out whatever their age. Leaves out whoever is restricted: what is
 * theirs is not destroyed behind their back, since they may need it (art. 18(1)(c)). And whoever a hold stands on at `$1`:
 * a claim or a duty needs it (art. 17(3)).
 */
export function concerns({ subject, purpose, whileRows = [] }: Due): string {
  const conditions = ['true'];
  if (purpose !== undefined) conditions.push(`t.purpose = ${quote(purpose)}`);
  if (subject !== undefined)
    conditions.push(
      `not exists (select ${restricted(`t.${ident(subject)}`)})`,
      `not ${held(`t.${ident(subject)}`, '$1')}`,
    );
  // Asked for each row that is left by then: joined, it would be the whole table of events.
  for (const table of whileRows)
    conditions.push(`coalesce((select false ${rowsOf(table, subject!)} limit 1), true)`);
  return conditions.join(' and ');
}

const restricted = (subject: string) => `from gate.restriction r where r.person = ${subject}`;

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
