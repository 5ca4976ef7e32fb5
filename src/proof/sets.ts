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
  bucket: string;
  n: number;
  sum: string;
}

// The last three hex digits are random in every kind of UUID made here; 48 random bits of each id are folded into one
// number a bucket. Two sets with the same counts and numbers everywhere are the same set.
const DIGEST = (column: string) =>
  `right(${column}::text, 3) as bucket, count(*) as n,
   bit_xor(('x' || right(replace(${column}::text, '-', ''), 12))::bit(48))::text as sum`;

/**
 * Ids that only one of two databases has. Whole sets are compared by 4,096 digests; only where those differ are the ids
 * themselves fetched, so that a million equal ones cost two scans and next to no traffic.
 */
export async function difference(left: Ids, right: Ids): Promise<{ left: string[]; right: string[] }> {
  const [a, b] = await Promise.all([digests(left), digests(right)]);
  const differ = [...new Set([...a.keys(), ...b.keys()])].filter((bucket) => a.get(bucket) !== b.get(bucket));
  if (differ.length === 0) return { left: [], right: [] };
  const [mine, theirs] = await Promise.all([members(left, differ), members(right, differ)]);
  return { left: minus(mine, theirs), right: minus(theirs, mine) };
}

async function digests({ pool, table, column }: Ids): Promise<Map<string, string>> {
  const { rows } = await pool.query<Bucket>(
    `select ${DIGEST(ident(column))} from ${tableIdent(table)} group by 1`,
  );
  return new Map(rows.map(({ bucket, n, sum }) => [bucket, `${n} ${sum}`]));
}

async function members({ pool, table, column }: Ids, buckets: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select ${ident(column)} as id from ${tableIdent(table)} where right(${ident(column)}::text, 3) = any($1)`,
    [buckets],
  );
  return new Set(rows.map(({ id }) => id));
}
