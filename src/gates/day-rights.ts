import type { ClientBase } from 'pg';
import { ident, roleName, tableIdent } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { type DataMap, personTables } from '#platform/map.ts';

/** Tables whose words the map's columns hold the numbers of, each once. */
export function wordTables(map: DataMap): string[] {
  return [...new Set(map.tables.flatMap(({ columns }) => columns.flatMap(({ words }) => words ?? [])))];
}

interface Right {
  readonly role: string;
  /** With the types of its arguments: `analytics.event_make_days(date,date)`. */
  readonly called: string;
}

/** Functions that run with their owner's rights, and the only roles that may call each. */
function rights(map: DataMap): Right[] {
  const days = personTables(map).filter(({ partitionedBy }) => partitionedBy !== undefined);
  return [
    ...days.flatMap(({ name }) => {
      const make = `${tableIdent(`${name}_make_days`)}(date,date)`;
      return [
        { role: 'keep', called: make },
        { role: 'collect', called: make },
        { role: 'keep', called: `${tableIdent(`${name}_drop_days`)}(date,uuid[])` },
      ];
    }),
    ...wordTables(map).map((name) => ({
      role: 'collect',
      called: `${tableIdent(`${name}_ids`)}(text[],date)`,
    })),
  ];
}

/**
 * Lets the roles that make, fill and drop the days of a table call the functions for that, and changes only what differs.
 * A Fault when a table that lies in days comes without them: nothing could then leave it.
 */
export async function settleFunctions(client: ClientBase, map: DataMap, prefix: string): Promise<void> {
  for (const { role, called } of rights(map)) {
    const name = roleName(prefix, role);
    const { rows } = await client.query<{ there: boolean; may: boolean | null }>(
      `select to_regprocedure($2) is not null as there, has_function_privilege($1, to_regprocedure($2), 'EXECUTE') as may`,
      [name, called],
    );
    if (!rows[0]!.there)
      throw new Fault(`The function ${called.replaceAll('"', '')} is missing: make it in a migration.`);
    if (rows[0]!.may !== true) await client.query(`grant execute on function ${called} to ${ident(name)}`);
  }
}
