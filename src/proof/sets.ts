import type { Pool } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { minus } from './check.ts';

/** A column of ids in one database: `schema.table`, its column, and which rows count (SQL, no parameters). */
export interface Ids {
  readonly pool: Pool;
  readonly table: string;
  readonly column: string;
}

interface Bucket {
  bucket: number;
  n: number;
  sum: string;
}

// PostgreSQL's own hashes of an id: one names its bucket, another is folded with those of its neighbours there. Two sets
// with the same counts and numbers everywhere are the same set; servers that hash differently only have more to compare.
const BUCKET = (column: string) => `(uuid_hash_extended(${column}, 1) & 4095)`;
const DIGEST = (column: string) =>
  `${BUCKET(column)} as bucket, count(*) as n, bit_xor(uuid_hash_extended(${column}, 2))::text as sum`;

/**
 * Ids that only one of two databases has. Whole sets are compared by one digest, and where that differs by 4,096; only
 * where those differ are the ids themselves fetched, so that a million equal ones cost two scans and next to no traffic.
 */
export async function difference(left: Ids, right: Ids): Promise<{ left: string[]; right: string[] }> {
  const [all, others] = await Promise.all([whole(left), whole(right)]);
  if (all === others) return { left: [], right: [] };
  const [a, b] = await Promise.all([digests(left), digests(right)]);
  const differ = [...new Set([...a.keys(), ...b.keys()])].filter((bucket) => a.get(bucket) !== b.get(bucket));
  if (differ.length === 0) return { left: [], right: [] };
  const [mine, theirs] = await Promise.all([members(left, differ), members(right, differ)]);
  return { left: minus(mine, theirs), right: minus(theirs, mine) };
}

async function whole({ pool, table, column }: Ids): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(
    `select concat_ws(' ', count(*), bit_xor(uuid_hash_extended(${ident(column)}, 2))) as digest from ${tableIdent(table)}`,
  );
  return rows[0]!.digest;
}

async function digests({ pool, table, column }: Ids): Promise<Map<number, string>> {
  const { rows } = await pool.query<Bucket>(
    `select ${DIGEST(ident(column))} from ${tableIdent(table)} group by 1`,
  );
  return new Map(rows.map(({ bucket, n, sum }) => [bucket, `${n} ${sum}`]));
}

async function members({ pool, table, column }: Ids, buckets: readonly number[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select ${ident(column)} as id from ${tableIdent(table)} where ${BUCKET(ident(column))} = any($1)`,
    [buckets],
  );
  return new Set(rows.map(({ id }) => id));
}
