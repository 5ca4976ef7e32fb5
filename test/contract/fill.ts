import { randomBytes, randomUUID } from 'node:crypto';
import type { KeyStore } from '#platform/keys.ts';
import type { Column, Table } from '#platform/map.ts';
import { personTables } from '#platform/map.ts';
import type { World } from '#test/world.ts';

/**
 * Gives a person a row in every table of persons where they have none yet, made from the catalogue: a table that is
 * added later is filled with no code of its own. Answers with the tables that the person has rows in now.
 *
 * `except` are tables whose rows would make nobody of the person.
 */
export async function fill(world: World, person: string, except: readonly string[] = []): Promise<string[]> {
  const choices = await allowedWords(world);
  const { keys } = world.product.engine;
  const key = (await keys.of([person])).get(person)!;
  const filled: string[] = [];
  for (const table of personTables(world.product.engine.map)) {
    if (except.includes(table.name)) continue;
    filled.push(table.name);
    const there = await world.sql(`select from ${table.name} where ${table.subject} = $1 limit 1`, [person]);
    if (there.length > 0) continue;
    const row: Record<string, unknown> = {};
    // A sealed value of a row with a number of its own is tied to that number, so the number comes first.
    for (const column of [...table.columns].sort(
      (a, b) => Number(b.name === 'id') - Number(a.name === 'id'),
    )) {
      if (column.name === 'id' && table.name.startsWith('journal.')) continue;
      row[column.name] =
        column.name === table.subject
          ? person
          : column.words !== undefined
            ? await wordOf(world, column)
            : column.type === 'vault.archived'
              ? await archived(
                  keys.shelves,
                  table,
                  { person, id: String(row.id), shelf: String(row.shelf) },
                  world.now,
                )
              : (choices.get(`${table.name}.${column.name}`)?.[0] ??
                value(column, (text) => key.seal(text, place(table, column, row)), world.now));
    }
    const names = Object.keys(row);
    await world.sql(
      `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
  }
  return filled;
}

/** The number of a word in the table of words that a column names. */
async function wordOf(world: World, { name, words }: Column): Promise<unknown> {
  const [row] = await world.sql(
    `insert into ${words} (word, seen_on) values ($1, '2026-11-23') on conflict (word) do update set seen_on = excluded.seen_on returning id`,
    [`/word-${name}`],
  );
  return row!.id;
}

/** A record that its shelf's own key opens. */
async function archived(
  shelves: KeyStore,
  table: Table,
  { person, id, shelf }: { person: string; id: string; shelf: string },
  at: Date,
): Promise<Buffer> {
  const key = (await shelves.ensure([shelf], at)).get(shelf)!;
  return key.seal('{"what":"sealed-record"}', `${table.name}.content#${person}/${id}`);
}

function place(table: Table, column: Column, row: Record<string, unknown>): string {
  const own = `${table.name}.${column.name}`;
  return table.columns.some(({ name }) => name === 'id') ? `${own}#${row.id}` : own;
}

function value({ name, type }: Column, seal: (text: string) => Buffer, at: Date): unknown {
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'text':
      return `word-${name}`;
    case 'text[]':
      return [`word-${name}`];
    case 'vault.sealed':
      return seal(`sealed-${name}`);
    case 'bytea':
      return randomBytes(32);
    case 'timestamp with time zone':
    case 'date':
      return at;
    case 'smallint':
    case 'integer':
    case 'bigint':
      return 1;
    case 'boolean':
      return true;
    case 'cidr':
      return '192.0.2.0/24';
    default:
      throw new Error(`say how a column of type ${type} is filled`);
  }
}

/** Words that a column's check constraint allows, by `table.column`. */
async function allowedWords(world: World): Promise<Map<string, string[]>> {
  const rows = await world.sql<{ column: string; rule: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as column, pg_get_constraintdef(k.oid) as rule
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
      where k.contype = 'c' and pg_get_constraintdef(k.oid) like '%ARRAY%'`,
  );
  return new Map(
    rows.map(({ column, rule }) => [column, [...rule.matchAll(/'([^']*)'::text/g)].map(([, word]) => word!)]),
  );
}
