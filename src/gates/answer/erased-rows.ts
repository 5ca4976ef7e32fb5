import type { ClientBase, Pool, PoolClient } from 'pg';
import { ident, tableIdent, uuidArray } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import type { ErasurePreview } from '../answers.ts';
import { movedCategories, type Shelved } from '../archive/shelf.ts';
import type { Engine } from '../engine.ts';
import { groundOf } from './grounds.ts';
import type { Records } from './records.ts';

/**
 * The categories of a table that are told of, each with its columns. The bare number is not: it stays, in the journal
 * and on the receipt, and stands for nobody.
 */
export function told(table: Table): [category: string, columns: string[]][] {
  const personal = table.columns.filter(
    ({ category }) => category !== 'none' && category !== 'record.person',
  );
  const grouped = Map.groupBy(personal, ({ category }) => category!);
  return [...grouped].map(([category, columns]) => [category, columns.map(({ name }) => name)]);
}

/** The categories of a table that an erasure ends: what moves to the archive is told of among what stays. */
export function ended(engine: Engine, table: Table): ReturnType<typeof told> {
  const moved = new Set(movedCategories(engine, table));
  return told(table).filter(([category]) => !moved.has(category));
}

/** People of whom as much went: how many values, by category. */
export interface Gone {
  readonly people: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Deletes every row on these people that does not stay, as one statement made from the map. Answers with everybody, those of
 * whom the same went together: among many, most have left the same few things.
 */
export async function deleteAll(
  engine: Engine,
  client: PoolClient,
  people: readonly string[],
): Promise<Gone[]> {
  const tables = personTables(engine.map).filter(({ end }) => end !== 'stays');
  const categories = tables.map((table) => ended(engine, table));
  const deletes = tables.map((table, at) => {
    const columns = [table.subject, ...categories[at]!.flatMap(([, names]) => names)];
    return `d${at} as (delete from ${tableIdent(table.name)} where ${ident(table.subject)} = any($1) returning ${columns.map(ident).join(', ')})`;
  });
  const counts = tables.map((table, at) => {
    const held = categories[at]!.map(
      ([, names]) => `count(*) filter (where num_nonnulls(${names.map(ident).join(', ')}) > 0)`,
    );
    return `select ${at} as at, ${ident(table.subject)} as person, array[${held.join(', ')}]::bigint[] as counts from d${at} group by 2`;
  });
  const { rows } = await client.query<{ people: string[]; counts: [at: number, counts: number[]][] }>({
    name: 'erase.rows',
    text: `with ${deletes.join(', ')}, c as (${counts.join(' union all ')}),
           p as (select person, jsonb_agg(jsonb_build_array(at, counts) order by at) as counts from c group by person)
           select array_agg(person) as people, counts from p group by counts`,
    values: [uuidArray(people)],
  });
  const gone = rows.map((row) => {
    const total = new Map<string, number>();
    for (const [at, numbers] of row.counts)
      for (const [index, [category]] of categories[at]!.entries())
        if (numbers[index]! > 0) total.set(category, (total.get(category) ?? 0) + numbers[index]!);
    return { people: row.people, counts: total };
  });
  const had = new Set(rows.flatMap((row) => row.people));
  return [...gone, { people: people.filter((person) => !had.has(person)), counts: new Map() }];
}

/** What goes, in the statement's order and words. */
export function goesOf({ statement }: Engine, counts: ReadonlyMap<string, number>): ErasurePreview['goes'] {
  return Object.entries(statement.categories)
    .filter(([category]) => counts.has(category))
    .map(([category, { label }]) => ({ category, label, count: counts.get(category)! }));
}

/** A keyed hash that is kept of a person's address, such as an opt-out's. */
export interface KeptHash {
  readonly category: string;
  readonly purpose: string;
  readonly since: Date;
}

/** The keyed hashes kept of these people's addresses; whoever has none is absent. Found while their look-ups are there. */
export async function hashesKept(
  engine: Engine,
  client: Pick<ClientBase | Pool, 'query'>,
  people: readonly string[],
): Promise<Map<string, KeptHash[]>> {
  const tables = engine.map.tables.flatMap(({ name, subject, purpose, clocks, columns }) => {
    if (!subject?.startsWith('hash:') || purpose === undefined) return [];
    const column = subject.slice('hash:'.length);
    const category = columns.find((one) => one.name === column)!.category!;
    const since = clocks.recorded === undefined ? 'now()' : `t.${ident(clocks.recorded)}`;
    return [{ name, column, since, category, purpose }];
  });
  const kept = new Map<string, KeptHash[]>();
  if (tables.length === 0) return kept;
  const looks = tables.map(
    ({ name, column, since }, place) =>
      `select ${place} as place, l.person, ${since} as since from vault.lookup l join ${tableIdent(name)} t on t.${ident(column)} = l.hash
        where l.person = any($1)`,
  );
  const { rows } = await client.query<{ place: number; person: string; since: Date }>({
    name: 'erase.hashes',
    text: looks.join(' union all '),
    values: [uuidArray(people)],
  });
  for (const { place, person, since } of rows) {
    const { category, purpose } = tables[place]!;
    kept.set(person, [...(kept.get(person) ?? []), { category, purpose, since }]);
  }
  return kept;
}

/** What of a person is kept by more than a number: an opt-out's hash, and records in the archive. */
export interface Outlasting {
  readonly hashes: readonly KeptHash[];
  readonly shelved: readonly Shelved[];
}

/**
 * Rows that outlast the person, with the clause and the date: records that the bookkeeping act demands, each kind until
 * the last of them leaves, evidence under a bare number, and an opt-out's hash.
 */
export function staysOf(
  engine: Engine,
  { hashes, shelved }: Outlasting,
  records: Records | undefined,
  at: Date,
): ErasurePreview['stays'] {
  const { categories } = engine.statement;
  const stays: ErasurePreview['stays'] = shelved.map(({ archive, count, yearEnded }) => {
    const ground = groundOf(engine, archive.purpose, archive.category, () => yearEnded);
    return {
      what: categories[archive.category]!.label,
      count,
      why: ground.until,
      clause: ground.clause,
      until: ground.expires,
    };
  });
  const add = (category: string, purpose: string, start: Date) => {
    const what = categories[category]!.label;
    if (stays.some((one) => one.what === what)) return;
    const ground = groundOf(engine, purpose, category, (clock) => (clock === 'recorded' ? start : undefined));
    stays.push({ what, why: ground.until, clause: ground.clause, until: ground.expires });
  };
  const evidence = personTables(engine.map).filter(
    ({ end, readers }) => end === 'stays' && readers !== 'own',
  );
  for (const table of evidence) {
    const category = table.columns.find(
      (column) => column.category !== 'none' && column.category !== 'record.person',
    )?.category;
    // The erasure itself is always such evidence; the other tables only if they hold something on this person.
    const present =
      records === undefined ||
      table.name === 'journal.entry' ||
      table.name.startsWith('gate.') ||
      (records[table.name]?.length ?? 0) > 0;
    if (category !== undefined && table.purpose !== undefined && present) add(category, table.purpose, at);
  }
  for (const { category, purpose, since } of hashes) add(category, purpose, since);
  return stays;
}
