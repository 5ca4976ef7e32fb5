import { ident, tableIdent } from '#platform/database.ts';
import type { DataMap, Table } from '#platform/map.ts';
import { personTables } from '#platform/map.ts';
import type { ClauseId, Statement } from '#statement/grammar.ts';
import { covered, ruleFor } from '#statement/rules.ts';
import { heldSince } from './held.ts';

/** One place where rows must be gone when a storage rule says so: a question to PostgreSQL that counts those that are not. */
export interface Due {
  readonly clause: ClauseId;
  readonly rule: string;
  readonly what: string;
  /** `$1` is the moment by which the period must have been over. */
  readonly sql: string;
  /** Set for a table kept in days, from which rows leave when the day is over that their period ends on. */
  readonly byDay?: true;
}

/**
 * True when a period is over, on the calendar and the clock of Oslo. The first half is coarse and cheap: no calendar
 * differs from PostgreSQL's own reckoning by more than the days of a short month.
 */
const over = (column: string, period: string) =>
  `(${column} < $1::timestamptz - interval '${period}' + interval '4 days'
    and ((${column} at time zone 'Europe/Oslo') + interval '${period}') at time zone 'Europe/Oslo' < $1)`;

/** True when the day in Oslo on which a period is over has itself gone by: what lies in days leaves by whole days. */
const dayOver = (column: string, period: string) =>
  `(${column} < $1::timestamptz - interval '${period}' + interval '4 days'
    and (date_trunc('day', (${column} at time zone 'Europe/Oslo') + interval '${period}') + interval '1 day') at time zone 'Europe/Oslo' <= $1)`;

/**
 * Every place that the statement's storage rules and the live map amount to. Rows with a clock of their own are counted
 * by it; where the clock is another table's, or the withdrawal of a consent, by that person's. A rule whose clock no
 * table starts yet has no place here.
 *
 * People who are restricted are left out: what is theirs is kept for them (art. 18). So are people on whom a hold stands
 * (art. 17(3)).
 */
export function dues(statement: Statement, map: DataMap): Due[] {
  return Object.entries(statement.storage).flatMap(([id, rule]) => {
    const pairs = covered(statement, rule);
    const found: Due[] = [];
    for (const table of map.tables) {
      const categories = pairs
        .filter(([purpose]) => purpose === table.purpose)
        .map(([, category]) => category);
      const columns = table.columns
        .filter(({ category }) => categories.includes(category ?? ''))
        .map(({ name }) => name);
      // The journal leaves by whole blocks, which a check of its own looks at.
      if (table.purpose === undefined || columns.length === 0 || table.name === 'journal.entry') continue;
      const past = clock(statement, map, table, { ...rule, purpose: table.purpose });
      if (past !== undefined)
        found.push(
          due(
            id,
            rule.clause,
            table,
            past,
            `num_nonnulls(${columns.map((name) => `t.${ident(name)}`).join(', ')}) > 0`,
          ),
        );
    }
    found.push(...collections(statement, map, id, pairs));
    return found;
  });
}

/** Collections of the purposes whose values lie in the vault. */
function collections(
  statement: Statement,
  map: DataMap,
  id: string,
  pairs: readonly [string, string][],
): Due[] {
  const rule = statement.storage[id]!;
  const table = map.tables.find(({ name }) => name === 'gate.collection');
  const vault = map.tables.find(({ name }) => name === 'vault.person');
  if (table === undefined || vault === undefined) return [];
  const held = new Set(vault.columns.map(({ category }) => category));
  return rule.purposes.flatMap((purpose) => {
    const items = pairs.filter(([p]) => p === purpose).map(([, category]) => category);
    const asked = Object.values(statement.points).some((point) => point.purpose === purpose);
    if (!asked || !items.some((item) => held.has(item))) return [];
    const past = clock(statement, map, table, { ...rule, purpose });
    if (past === undefined) return [];
    const list = items.map(quote).join(', ');
    return [due(id, rule.clause, table, past, `t.purpose = ${quote(purpose)} and t.items && array[${list}]`)];
  });
}

function due(rule: string, clause: ClauseId, table: Table, past: string, which: string): Due {
  const subject = subjectOf(table);
  const free =
    subject === undefined
      ? ''
      : ` and not exists (select from gate.restriction r where r.person = t.${ident(subject)})
            and not ${heldSince(`t.${ident(subject)}`, '$1')}`;
  return {
    clause,
    rule,
    what: `${table.name} past its date (${rule})`,
    sql: `select count(*) from ${tableIdent(table.name)} t where ${which} and ${past}${free}`,
    ...(table.partitionedBy === undefined ? {} : { byDay: true }),
  };
}

/** Whose period an objection ends, it has ended for by then, whatever its clock says. */
function clock(
  statement: Statement,
  map: DataMap,
  table: Table,
  rule: { clock: string; period: string; purpose: string; endsOnObjection?: boolean },
): string | undefined {
  const past = period(statement, map, table, rule);
  const subject = subjectOf(table);
  if (past === undefined || subject === undefined || rule.endsOnObjection !== true) return past;
  return `((${past}) or exists (select from gate.objection o
    where o.person = t.${ident(subject)} and o.purpose = ${quote(rule.purpose)} and o.at < $1))`;
}

/**
 * The condition under which a row's period is over; undefined while no table starts the clock. A clock that counts the
 * latest of a person's rows, in whichever tables keep it, has not started while one of them is open; where rows belong to
 * clients, each client's count by themselves.
 */
function period(
  statement: Statement,
  map: DataMap,
  table: Table,
  { clock: name, period: length, purpose }: { clock: string; period: string; purpose: string },
): string | undefined {
  const subject = subjectOf(table);
  const own = table.clocks[name];
  const latest = statement.clocks[name]?.latest === true;
  if (own !== undefined && !(latest && subject !== undefined))
    return (own === table.partitionedBy ? dayOver : over)(`t.${ident(own)}`, length);
  if (subject === undefined) return undefined;
  const whose = (alias: string) =>
    `${alias}.person = t.${ident(subject)} and ${alias}.purpose = ${quote(purpose)}`;
  if (name === 'consent-withdrawn')
    return `exists (select from consent.event w where ${whose('w')} and w.state in ('withdrawn', 'invalidated') and ${over('w.at', length)})
        and not exists (select from consent.active a where ${whose('a')})`;
  const others = personTables(map).filter((one) => one.purpose === purpose && one.clocks[name] !== undefined);
  if (others.length === 0) return undefined;
  const asked = others.map((other) => {
    const same =
      other.client === undefined || table.client === undefined
        ? ''
        : ` and k.${ident(other.client)} = t.${ident(table.client)}`;
    const theirs = `select from ${tableIdent(other.name)} k where k.${ident(other.subject)} = t.${ident(subject)}${same}`;
    const past = over(`k.${ident(other.clocks[name]!)}`, length);
    return {
      began: `exists (${theirs} and ${past})`,
      closed: `not exists (${theirs} and ${past} is not true)`,
    };
  });
  // Of several tables, who has a row that is past is asked of all at once: alternatives would be tried on every row of `t`.
  const some = others.map(
    (other) =>
      `select k.${ident(other.subject)} from ${tableIdent(other.name)} k where ${over(`k.${ident(other.clocks[name]!)}`, length)}`,
  );
  const first = others.length === 1 ? '' : `t.${ident(subject)} in (${some.join(' union all ')}) and `;
  return `${first}(${asked.map(({ began }) => began).join(' or ')}) and ${asked.map(({ closed }) => closed).join(' and ')}`;
}

function subjectOf({ subject }: Table): string | undefined {
  return subject === undefined || subject === 'none' || subject.startsWith('hash:') ? undefined : subject;
}

/** Columns of a purpose's own table whose category no rule lets be kept for it. */
export function unruledColumns(statement: Statement, map: DataMap): string[] {
  return map.tables.flatMap(({ name, purpose, columns }) =>
    purpose === undefined || !Object.hasOwn(statement.purposes, purpose)
      ? []
      : columns
          .filter(({ category = 'none' }) => category !== 'none' && category !== 'record.person')
          .filter(({ category }) => ruleFor(statement, purpose, category!) === undefined)
          .map((column) => `${name}.${column.name}`),
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
