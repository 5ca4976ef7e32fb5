import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { ident, tableIdent, uuidArray } from '#platform/database.ts';
import type { PersonKey } from '#platform/keys.ts';
import { personTables, type Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { CategoryId } from '#statement/grammar.ts';
import { ruleFor } from '#statement/rules.ts';
import { bytesOf, momentOf, type Records, type Row, written } from '../answer/records.ts';
import type { Engine } from '../engine.ts';
import { archiveOf, type Content, datesOf, movedCategories, type Shelved, shelve } from './shelf.ts';

type Asks = Pick<ClientBase, 'query'>;
type PersonTable = Table & { readonly subject: string };

/** Tables of which something moves to the archive, each with the categories that do. */
export function movingTables(engine: Engine): { table: PersonTable; categories: CategoryId[] }[] {
  return personTables(engine.map)
    .map((table) => ({ table, categories: movedCategories(engine, table) }))
    .filter(({ categories }) => categories.length > 0);
}

/**
 * Puts what the bookkeeping act covers of these rows into the archive, in the caller's transaction: opened with each
 * person's own key, sealed again under the shelf's. The rows themselves are the caller's to delete. Done twice, nothing
 * is there twice. A row whose clock still runs belongs to the fiscal year of `at`, when the erasure ends it.
 *
 * Of somebody whose key is gone already, such as when a restored backup brought them back, only what was never sealed is
 * kept: the rest nobody can read.
 */
export async function archiveRows(
  engine: Engine,
  client: Asks,
  table: PersonTable,
  rows: readonly Row[],
  at: Date,
): Promise<number> {
  const categories = movedCategories(engine, table);
  if (rows.length === 0 || categories.length === 0) return 0;
  const people = [...new Set(rows.map((row) => String(row[table.subject])))];
  const keys = await engine.keys.of(people);
  const parties = await partiesOf(client, people);
  let moved = 0;
  for (const category of categories) {
    const archive = archiveOf(engine, category)!;
    const records = rows.map((row) => {
      const person = String(row[table.subject]);
      const key = keys.get(person);
      return {
        person,
        id: numberOf(table, category, row),
        content: { ...openParty(key, parties.get(person)), ...contentOf(table, category, key, row) },
        of: endOf(engine, table, category, row) ?? at,
      };
    });
    moved += await shelve(engine, client, archive, records, at);
  }
  return moved;
}

/**
 * Puts into the archive whatever the act covers of people who are about to be erased. Must be durable before their keys
 * are destroyed: after that nobody can read what had to be kept.
 */
export async function archivePeople(engine: Engine, people: readonly string[], at: Date): Promise<void> {
  const tables = movingTables(engine);
  if (tables.length === 0 || people.length === 0) return;
  const pool = engine.pools.of('answer');
  const looks = tables.map(
    ({ table: { name, subject } }, place) =>
      `select ${place} as place, to_json(t) as row from ${tableIdent(name)} t where t.${ident(subject)} = any($1)`,
  );
  // Most people have nothing to move, and pay for one look.
  const { rows: found } = await pool.query<{ place: number; row: Row }>({
    name: 'archive.moving',
    text: looks.join(' union all '),
    values: [uuidArray(people)],
  });
  for (const [place, rows] of Map.groupBy(found, (one) => one.place)) {
    const client = await pool.connect();
    try {
      await inTransaction(client, () =>
        archiveRows(
          engine,
          client,
          tables[place]!.table,
          rows.map(({ row }) => row),
          at,
        ),
      );
    } finally {
      client.release();
    }
  }
}

/** What will lie in the archive once a person is erased now: what does already, and what would be moved there. */
export function withMoving(
  engine: Engine,
  shelved: readonly Shelved[],
  records: Records,
  at: Date,
): Shelved[] {
  const all = new Map(shelved.map((one) => [one.archive.category, one]));
  for (const { table, categories } of movingTables(engine))
    for (const category of categories)
      for (const row of records[table.name] ?? []) {
        const archive = archiveOf(engine, category)!;
        const { yearEnded, leaves } = datesOf(engine, archive, endOf(engine, table, category, row) ?? at);
        if (leaves <= at) continue;
        const before = all.get(category);
        const latest = before === undefined || before.yearEnded < yearEnded ? yearEnded : before.yearEnded;
        all.set(category, { archive, count: (before?.count ?? 0) + 1, yearEnded: latest });
      }
  return [...all.values()];
}

interface Party {
  readonly name: string | null;
  readonly company: string | null;
}

async function partiesOf(client: Asks, people: readonly string[]): Promise<Map<string, Party>> {
  const { rows } = await client.query<Party & { person: string }>(
    'select person, name::text as name, company::text as company from vault.person where person = any($1)',
    [people],
  );
  return new Map(rows.map(({ person, ...party }) => [person, party]));
}

/** With whom it was agreed, by name and workplace as they stand now: all that the act asks for of a party. */
function openParty(key: PersonKey | undefined, party: Party | undefined): Content {
  const open = (column: keyof Party): Content => {
    const value = party?.[column];
    return value == null || key === undefined
      ? {}
      : { [column === 'name' ? 'party' : column]: key.open(bytesOf(value), `vault.person.${column}`) };
  };
  return { ...open('name'), ...open('company') };
}

function contentOf(table: Table, category: CategoryId, key: PersonKey | undefined, row: Row): Content {
  const content: Record<string, string> = {};
  for (const { name, type, category: kept } of table.columns) {
    const value = row[name];
    if (kept !== category || value === null || value === undefined) continue;
    if (type !== 'vault.sealed') content[name] = written(value);
    else if (key !== undefined) content[name] = key.open(bytesOf(value), `${table.name}.${name}#${row.id}`);
  }
  return content;
}

/** When a row's own clock started; undefined while it runs. */
function endOf({ statement }: Engine, table: Table, category: CategoryId, row: Row): Date | undefined {
  const clock = ruleFor(statement, table.purpose!, category)?.rule.clock ?? '';
  const column = table.clocks[clock];
  const value = column === undefined ? undefined : row[column];
  return value === undefined || value === null ? undefined : momentOf(value);
}

/** The record's number: it follows from the row, so that a row moved twice is one record. */
function numberOf(table: Table, category: CategoryId, row: Row): string {
  const key = table.columns.filter(({ inKey }) => inKey).map(({ name }) => String(row[name]));
  const hex = createHash('sha256')
    .update([table.name, category, ...key].join('\0'))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
