import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { ident, tableIdent, uuidArray } from '#platform/database.ts';
import type { SealKey } from '#platform/keys.ts';
import { type DataMap, personTables, type Table } from '#platform/map.ts';
import { fiscalYearEnded } from '#statement/fiscal-year.ts';
import type { CategoryId, PurposeId, Statement } from '#statement/grammar.ts';
import { after } from '#statement/period.ts';
import { FISCAL_YEAR_ENDED, heldCategories, type NamedRule, ruleFor } from '#statement/rules.ts';
import { bytes } from '../collect-batch.ts';
import type { Engine } from '../engine.ts';

/** What a record says: named fields, each a text. */
export type Content = Readonly<Record<string, string>>;

/** Where records of one kind lie, and the rule that says how long. */
export interface Archive {
  readonly table: Table & { readonly subject: string };
  readonly category: CategoryId;
  readonly purpose: PurposeId;
  readonly named: NamedRule;
}

/** The tables of the restricted archive, one a kind, as far as the statement has a duty to keep what lies there. */
export function archives(map: DataMap, statement: Statement): Archive[] {
  const tables = personTables(map).filter(
    ({ readers, clocks }) => readers === 'own' && clocks[FISCAL_YEAR_ENDED] !== undefined,
  );
  return heldCategories(statement).flatMap((held) =>
    tables
      .filter(
        ({ purpose, columns }) =>
          purpose === held.purpose && columns.some(({ category }) => category === held.category),
      )
      .map((table) => ({ table, ...held })),
  );
}

/** The archive of one category; undefined for one that no duty holds. */
export function archiveOf({ map, statement }: Pick<Engine, 'map' | 'statement'>, category: CategoryId) {
  return archives(map, statement).find((one) => one.category === category);
}

/** Categories of a table that move to the archive when their period is over, or when their person is erased. */
export function movedCategories({ map, statement }: Engine, table: Table): CategoryId[] {
  if (table.purpose === undefined || table.readers === 'own') return [];
  const all = new Set(table.columns.map(({ category }) => category ?? 'none'));
  return [...all].filter(
    (category) =>
      ruleFor(statement, table.purpose!, category)?.rule.end === 'archive' &&
      archiveOf({ map, statement }, category) !== undefined,
  );
}

/** Held exclusively while shelves without records are cleared away, and shared by whoever puts something on one. */
export const SHELVES = 7254061;

/**
 * The number of a shelf: what one fiscal year holds of one kind. It follows from the two, so that whoever puts a record
 * there, in whatever process, puts it on the same one.
 */
export function shelfOf(category: CategoryId, yearEnded: Date): string {
  const hex = createHash('sha256').update(`shelf\0${category}\0${yearEnded.toISOString()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The place that a record is sealed for: moved to another row, person or table, it does not open. */
const placeOf = ({ table }: Archive, person: string, id: string) => `${table.name}.content#${person}/${id}`;

/** Opens a record with the key of its shelf. */
export function openRecord(
  archive: Archive,
  key: SealKey,
  { person, id, content }: { person: string; id: string; content: Buffer },
): Content {
  return JSON.parse(key.open(content, placeOf(archive, person, id))) as Content;
}

/** A record that is to be kept. */
export interface Kept {
  readonly person: string;
  readonly id: string;
  readonly content: Content;
  /** A moment of the fiscal year that it belongs to. */
  readonly of: Date;
  /** Further columns of its table: the marks that a sales document is found by. */
  readonly marks?: Readonly<Record<string, unknown>>;
}

/** When the fiscal year of a moment is over, and when what was archived in it leaves. */
export function datesOf(
  { statement }: Engine,
  { named }: Archive,
  of: Date,
): { yearEnded: Date; leaves: Date } {
  const yearEnded = fiscalYearEnded(statement.operator.fiscalYearEnd, of);
  return { yearEnded, leaves: after(yearEnded, named.rule.period) };
}

/**
 * Puts records on their shelves, in the caller's transaction, and says how many were new: a record that is there already
 * stays as it is. What would have left by `at` is not put there any more. The key of a shelf is written before its first
 * record; while the transaction lasts, nobody clears the shelf away.
 */
export async function shelve(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  archive: Archive,
  records: readonly Kept[],
  at: Date,
): Promise<number> {
  const due = records
    .map((record) => ({ ...record, ...datesOf(engine, archive, record.of) }))
    .filter(({ leaves }) => leaves > at)
    .map((record) => ({ ...record, shelf: shelfOf(archive.category, record.yearEnded) }));
  if (due.length === 0) return 0;
  await client.query('select pg_advisory_xact_lock_shared($1)', [SHELVES]);
  const keys = await engine.keys.shelves.ensure([...new Set(due.map(({ shelf }) => shelf))], at);
  const { table } = archive;
  const rows = due.map(({ person, id, shelf, content, yearEnded, marks }) => ({
    ...marks,
    [table.subject]: person,
    id,
    shelf,
    content: bytes(keys.get(shelf)!.seal(canonicalJson(content), placeOf(archive, person, id))),
    [table.clocks[FISCAL_YEAR_ENDED]!]: yearEnded,
  }));
  const { rowCount } = await client.query(
    `insert into ${tableIdent(table.name)}
     select * from json_populate_recordset(null::${tableIdent(table.name)}, $1::json) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
  return rowCount ?? 0;
}

/** What lies in the archive on one person, of one kind. */
export interface Shelved {
  readonly archive: Archive;
  readonly count: number;
  /** The latest fiscal year's end among them. */
  readonly yearEnded: Date;
}

/** How many records lie in the archive on these people, by kind; whoever has none is absent. */
export async function shelvedOf(
  { map, statement }: Engine,
  client: Pick<ClientBase, 'query'>,
  people: readonly string[],
): Promise<Map<string, Shelved[]>> {
  const found = new Map<string, Shelved[]>();
  const all = archives(map, statement);
  if (all.length === 0 || people.length === 0) return found;
  const counts = all.map(({ table: { name, subject, clocks } }, at) => {
    const year = ident(clocks[FISCAL_YEAR_ENDED]!);
    return `select ${at} as at, ${ident(subject)} as person, count(*)::int as count, max(${year}) as year
              from ${tableIdent(name)} where ${ident(subject)} = any($1) group by 2`;
  });
  const { rows } = await client.query<{ at: number; person: string; count: number; year: Date }>({
    name: 'archive.shelved',
    text: `${counts.join(' union all ')} order by 1`,
    values: [uuidArray(people)],
  });
  for (const { at, person, count, year } of rows)
    found.set(person, [...(found.get(person) ?? []), { archive: all[at]!, count, yearEnded: year }]);
  return found;
}
