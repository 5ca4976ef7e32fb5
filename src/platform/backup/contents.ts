import type { ClientBase } from 'pg';
import { ident, tableIdent } from '../database.ts';

/** A table as a backup sees it: one file, with the partitions' rows among it. */
export interface BackedTable {
  /** `schema.name` */
  readonly name: string;
  /** Columns that are written; what the database computes by itself is left out. */
  readonly columns: readonly string[];
  readonly isPartitioned: boolean;
  readonly hasTriggers: boolean;
}

/** A part of a partitioned table, made while the product ran and so in no migration. */
export interface BackedPartition {
  readonly name: string;
  readonly parent: string;
  /** As PostgreSQL writes it: `FOR VALUES FROM … TO …`. */
  readonly bound: string;
  /** How the part is divided further, if it is. */
  readonly key?: string;
}

export interface BackedSequence {
  readonly name: string;
  /** Last value drawn, in decimal: it may be beyond what a number holds. */
  readonly last: string;
  readonly called: boolean;
}

/** Everything in a database that a backup holds, in an order in which it can be put back. */
export interface Contents {
  readonly tables: readonly BackedTable[];
  readonly partitions: readonly BackedPartition[];
  readonly sequences: readonly BackedSequence[];
}

const OURS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

const TABLES = `
select n.nspname || '.' || c.relname as name, c.relkind = 'p' as "isPartitioned",
       exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as "hasTriggers",
       array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct fn.nspname || '.' || f.relname from pg_constraint k
               join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
              where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and ${OURS}
 order by 1`;

const PARTITIONS = `
select n.nspname || '.' || c.relname as name, pn.nspname || '.' || p.relname as parent,
       pg_get_expr(c.relpartbound, c.oid) as bound, case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as key,
       (select level from pg_partition_tree(pg_partition_root(c.oid)) t where t.relid = c.oid) as level
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
 where c.relispartition and c.relkind in ('r', 'p') and ${OURS}
 order by level, name`;

const SEQUENCES = `
select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'S' and ${OURS} order by 1`;

/** Reads from the catalogue what there is to back up. */
export async function readContents(client: ClientBase): Promise<Contents> {
  const tables = await client.query<BackedTable & { needs: string[] }>(TABLES);
  const partitions = await client.query<BackedPartition & { key: string | null }>(PARTITIONS);
  const names = await client.query<{ name: string }>(SEQUENCES);
  const sequences: BackedSequence[] = [];
  for (const { name } of names.rows) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${tableIdent(name)}`,
    );
    sequences.push({ name, ...rows[0]! });
  }
  return {
    tables: inOrder(tables.rows),
    partitions: partitions.rows.map(({ name, parent, bound, key }) => ({
      name,
      parent,
      bound,
      ...(key === null || key === undefined ? {} : { key }),
    })),
    sequences,
  };
}

/** Whoever is referred to comes first. Two that refer to each other keep their order: nothing here does. */
function inOrder(tables: readonly (BackedTable & { needs: string[] })[]): BackedTable[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: BackedTable[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter(({ needs }) => !needs.some((name) => left.has(name)));
    for (const { needs: _, ...table } of free.length > 0 ? free : [...left.values()]) {
      left.delete(table.name);
      sorted.push(table);
    }
  }
  return sorted;
}

/** How a table's rows are read out; a partitioned one by a query, since COPY itself takes plain tables alone. */
export function readingSql({
  name,
  columns,
  isPartitioned,
}: Pick<BackedTable, 'name' | 'columns' | 'isPartitioned'>): string {
  const list = columns.map(ident).join(', ');
  if (columns.length === 0) return `copy (select from ${tableIdent(name)}) to stdout`;
  return isPartitioned
    ? `copy (select ${list} from ${tableIdent(name)}) to stdout`
    : `copy ${tableIdent(name)} (${list}) to stdout`;
}

/** Settings under which text means the same wherever it is read; rows that a policy would hide make it fail instead. */
export const PLAINLY = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local row_security = off; set local statement_timeout = 0; set local lock_timeout = 0; set local search_path = ''`;
