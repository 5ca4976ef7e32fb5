import { roleName } from '#platform/database.ts';
import type { Table } from '#platform/map.ts';
import { personTables } from '#platform/map.ts';
import type { Purpose } from '#statement/grammar.ts';
import type { Context } from './check.ts';

/** Roles of the engine itself; each other role of the installation stands for a purpose. */
export const ENGINE = ['collect', 'find', 'answer', 'keep', 'courier', 'seal', 'proof', 'record'] as const;

/** Schemas that are PostgreSQL's own. */
export const OURS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;

/** Everything that holds rows, partitions too. */
export const HOLDS_ROWS = `c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** Cluster-wide names of the purposes' roles, each with its purpose. */
export function purposeRoles({ applied, prefix }: Context): Map<string, string> {
  return new Map(Object.keys(applied.statement.purposes).map((id) => [roleName(prefix, id), id]));
}

/** Names of every role that the installation may have. */
export function ownRoles(context: Context): string[] {
  return [...ENGINE.map((role) => roleName(context.prefix, role)), ...purposeRoles(context).keys()];
}

/**
 * Columns of a table that the statement lets a purpose read: those of its categories and, where it has any here, the
 * technical ones that give them meaning. Rows that are nobody's are not given to a purpose at all, and those that a table
 * keeps to its own purpose not to another.
 */
export function due(table: Table, id: string, purpose: Purpose): string[] {
  if (table.subject === undefined || table.subject === 'none') return [];
  if (table.readers !== undefined && table.purpose !== id) return [];
  const given = new Set(purpose.reads);
  const words = table.columns.map(({ name, category }) => ({ name, category: category ?? 'undeclared' }));
  if (!words.some(({ category }) => category !== 'record.person' && given.has(category))) return [];
  return words
    .filter(({ category }) => category === 'none' || category === 'record.person' || given.has(category))
    .map(({ name }) => name);
}

/**
 * `table.column` that each role of the installation can read, by whatever way the right came to it: grant, PUBLIC or another
 * role.
 */
export function readable(context: Context): Promise<Map<string, Set<string>>> {
  return context.once('readable', async () => {
    const { rows } = await context.main.query<{ role: string; columns: string[] }>(
      `select r.rolname as role, array_agg(n.nspname || '.' || c.relname || '.' || a.attname) as columns
         from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where r.rolname = any($1) and ${HOLDS_ROWS} and ${OURS}
          and has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')
        group by 1`,
      [ownRoles(context)],
    );
    return new Map(rows.map(({ role, columns }) => [role, new Set(columns)]));
  });
}

export interface Policy {
  readonly table: string;
  readonly name: string;
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly command: string;
  readonly condition: string | null;
}

/** Row policies as they stand. */
export function policies({ main, once }: Pick<Context, 'main' | 'once'>): Promise<Policy[]> {
  return once('policies', async () => {
    const { rows } = await main.query<Policy>(
      `select schemaname || '.' || tablename as table, policyname as name, permissive = 'PERMISSIVE' as permissive,
              roles::text[] as roles, cmd as command, qual as condition
         from pg_policies order by 1, 2`,
    );
    return rows;
  });
}

/** Person tables, each with the purposes that read it. */
export function readers({ map, applied }: Context): Map<Table & { subject: string }, string[]> {
  const purposes = Object.entries(applied.statement.purposes);
  return new Map(
    personTables(map).map((table) => [
      table,
      purposes.filter(([id, purpose]) => due(table, id, purpose).length > 0).map(([id]) => id),
    ]),
  );
}
