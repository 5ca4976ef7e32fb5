import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import type { Engine } from './engine.ts';

/** Starts a clock of a person that is open, such as `agreement-ended`, in every table whose comment says it keeps it. */
export function stop(engine: Engine, person: string, clock: string, at: Date): Promise<void> {
  return setClock(engine, { person, clock, at }, (column) => `${column} is null`);
}

/** Restarts a clock of a person in every table whose comment says that one of its columns keeps it. */
export function touch(engine: Engine, person: string, clock: string, at: Date): Promise<void> {
  return setClock(engine, { person, clock, at }, (column) => `${column} < $2`);
}

/** Moves a moment of one row forward and never back; a column that the map does not declare a moment is a mistake of ours. */
export async function advance(
  engine: Engine,
  { table: name, person, id }: { readonly table: string; readonly person: string; readonly id: string },
  column: string,
  at: Date,
): Promise<void> {
  const table = personTables(engine.map).find((one) => one.name === name);
  const moment = table?.columns.find((one) => one.name === column)?.type === 'timestamp with time zone';
  if (table === undefined || !moment || table.clocks.recorded === column)
    throw new TypeError(`${name}.${column} is no moment that can be moved`);
  await engine.pools.of('keep').query({
    name: `advance.${name}.${column}`,
    text: `update ${tableIdent(name)} set ${ident(column)} = $3
            where ${ident(table.subject)} = $1 and id = $2 and ${ident(column)} < $3`,
    values: [person, id, at],
  });
}

/** When a row was recorded is nobody's to change; any other clock is set where `where` holds of its column. */
async function setClock(
  engine: Engine,
  { person, clock, at }: { person: string; clock: string; at: Date },
  where: (column: string) => string,
): Promise<void> {
  await Promise.all(
    personTables(engine.map).map(async (table) => {
      const column = table.clocks[clock];
      if (column === undefined || clock === 'recorded') return;
      await engine.pools
        .of('keep')
        .query(
          `update ${tableIdent(table.name)} set ${ident(column)} = $2 where ${ident(table.subject)} = $1 and ${where(ident(column))}`,
          [person, at],
        );
    }),
  );
}
