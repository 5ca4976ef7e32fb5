import { ident, tableIdent } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import type { Engine } from '../engine.ts';

/** A row as the database writes it in JSON: bytes as `\x…`, moments as ISO text. */
export type Row = Readonly<Record<string, unknown>>;

/** All rows on one person, by table; tables without rows are there with an empty list. */
export type Records = Readonly<Record<string, readonly Row[]>>;

/** Tables of the engine that record what was decided rather than what is known; they are told as history. */
export function isRecord(table: Table): boolean {
  return /^(gate|consent|journal)\./.test(table.name);
}

/**
 * Reads every row on people in one statement made from the data map, so that a new table takes part with no code of
 * its own (clause `r.access`). The journal is left out, since it is paged by itself, and so are tables kept in days, which are summed up ({@link dayValues}).
 */
export async function readRecords(engine: Engine, people: readonly string[]): Promise<Map<string, Records>> {
  const tables = personTables(engine.map).filter(
    ({ name, partitionedBy }) => name !== 'journal.entry' && partitionedBy === undefined,
  );
  const parts = tables.map(
    (table) =>
      `(select coalesce(json_agg(t), '[]'::json) from ${tableIdent(table.name)} t where t.${ident(table.subject)} = p.id) as ${ident(table.name)}`,
  );
  const { rows } = await engine.pools.of('answer').query<Record<string, Row[]> & { person: string }>({
    name: 'answer.records',
    text: `select p.id as person, ${parts.join(', ')} from unnest($1::uuid[]) as p(id)`,
    values: [people],
  });
  return new Map(rows.map(({ person, ...records }) => [person as unknown as string, records]));
}

/** Bytes that PostgreSQL wrote as `\x…`. */
export function bytesOf(value: unknown): Buffer {
  return Buffer.from(String(value).slice(2), 'hex');
}

/** A moment that PostgreSQL wrote in JSON. */
export function momentOf(value: unknown): Date {
  return new Date(String(value));
}

/** The exact words of each consent prompt that these events name, by their hash. */
export async function wordings(engine: Engine, events: readonly Row[]): Promise<Map<string, string>> {
  const hashes = [...new Set(events.map((event) => String(event.wording)))];
  if (hashes.length === 0) return new Map();
  const { rows } = await engine.pools.of('answer').query<{ hash: string; words: string }>({
    name: 'answer.wordings',
    text: 'select hash, words from consent.wording where hash = any($1)',
    values: [hashes],
  });
  return new Map(rows.map(({ hash, words }) => [hash, words]));
}

/** The same, or one already read, as the answers write it. */
export function iso(value: unknown): string {
  return value instanceof Date ? value.toISOString() : momentOf(value).toISOString();
}

/** A value that is not sealed, as text: lists with commas, bytes in hexadecimal, moments in ISO 8601 UTC. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  const text = String(value);
  if (text.startsWith('\\x')) return text.slice(2);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? iso(text) : text;
}
