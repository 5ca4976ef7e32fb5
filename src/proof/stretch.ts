import { randomInt } from 'node:crypto';
import { tableIdent } from '#platform/database.ts';
import type { Context } from './check.ts';

/**
 * Bytes of one table that a proof reads value by value: all of it while a company has ten thousand people or so. Of a
 * larger table the newest part is read and one stretch more that differs from time to time, so that every part has its
 * turn and nobody knows when. What only counts or compares is not cut short by this.
 */
const BUDGET = 4 << 20;

/** Bytes that come over in one piece. */
const PIECE = 1 << 20;

/** How to read a table, or what one proof reads of it; each is what stands after `from`, with the rows as `t`. */
export interface Reading {
  /** All that is read. */
  readonly all: string;
  /** The same in pieces of a megabyte or two. */
  readonly pieces: readonly string[];
  /** False when some rows are left for another time. */
  readonly whole: boolean;
}

interface Extent {
  readonly table: string;
  readonly partitioned: boolean;
  readonly blocks: number;
  readonly bytes: number;
}

/** What this proof reads of a table, the same for every check. A table that nobody has heard of is read whole. */
export async function reading(context: Context, table: string): Promise<Reading> {
  const extents = await context.once('extents', () => extentsOf(context));
  const name = tableIdent(table);
  const { partitioned = false, blocks = 0, bytes = 0 } = extents.get(table) ?? {};
  if (blocks === 0) return { all: `${name} t`, pieces: [`${name} t`], whole: true };
  return context.once(`reading ${table}`, async () => {
    if (partitioned) {
      const share = Math.min(100, (100 * BUDGET) / bytes);
      const all = share === 100 ? `${name} t` : `${name} t tablesample system (${share.toFixed(4)})`;
      return { all, pieces: [all], whole: share === 100 };
    }
    const perBlock = bytes / blocks;
    const step = Math.max(1, Math.floor(PIECE / perBlock));
    const half = Math.max(1, Math.floor(BUDGET / 2 / perBlock));
    // The last stretch has no end, so that rows added while we read are read as well.
    const stretches: Stretch[] =
      blocks <= 2 * half
        ? [[0, undefined]]
        : [stretchBefore(blocks - half, half), [blocks - half, undefined]];
    // Each a query of its own: PostgreSQL goes straight to one range of blocks, and through all of them for two.
    const rows = (stretch: Stretch) => `select * from ${name} t where ${range(stretch)}`;
    return {
      all: stretches.length === 1 ? `${name} t` : `(${stretches.map(rows).join(' union all ')}) t`,
      pieces: stretches
        .flatMap((stretch) => cut(stretch, blocks, step))
        .map((stretch) => `(${rows(stretch)}) t`),
      whole: stretches.length === 1,
    };
  });
}

/** Blocks from the first up to, and not with, the end; without one, to the last there is. */
type Stretch = readonly [first: number, end: number | undefined];

/** A stretch of so many blocks somewhere before a block. */
function stretchBefore(before: number, long: number): Stretch {
  const first = randomInt(Math.max(1, before - long + 1));
  return [first, Math.min(before, first + long)];
}

function cut([first, end]: Stretch, blocks: number, step: number): Stretch[] {
  const pieces: Stretch[] = [];
  for (let at = first; at === first || at < (end ?? blocks); at += step)
    pieces.push([at, at + step >= (end ?? blocks) ? end : at + step]);
  return pieces;
}

function range([first, end]: Stretch): string {
  return `t.ctid >= '(${first},0)'${end === undefined ? '' : ` and t.ctid < '(${end},0)'`}`;
}

async function extentsOf({ main }: Context): Promise<Map<string, Extent>> {
  const { rows } = await main.query<Extent>(
    `select n.nspname || '.' || c.relname as table, c.relkind = 'p' as partitioned,
            ceil(s.bytes::numeric / current_setting('block_size')::int)::int as blocks, s.bytes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace,
            lateral (select case when c.relkind = 'p'
                       then (select coalesce(sum(pg_relation_size(p.relid)), 0)::int8 from pg_partition_tree(c.oid) p)
                       else pg_relation_size(c.oid) end as bytes) s
      where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_%'`,
  );
  return new Map(rows.map((row) => [row.table, row]));
}
