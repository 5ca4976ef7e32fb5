import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import type { Engine } from './engine.ts';

/** Starts a clock of a person that is open, such as `agreement-ended`, in every table whose comment says it keeps it. */
export async function stop(engine: Engine, person: string, clock: string, at: Date): Promise<void> {
  for (const table of personTables(engine.map)) {
    const column = table.clocks[clock];
    if (column === undefined || clock === 'recorded') continue;
    await engine.pools
      .of('keep')
      .query(
        `update ${tableIdent(table.name)} set ${ident(column)} = $2 where ${ident(table.subject)} = $1 and ${ident(column)} is null`,
        [person, at],
      );
  }
}

/** Restarts a clock of a person in every table whose comment says that one of its columns keeps it. */
export async function touch(engine: Engine, person: string, clock: string, at: Date): Promise<void> {
  for (const table of personTables(engine.map)) {
    const column = table.clocks[clock];
    if (column === undefined || clock === 'recorded') continue;
    await engine.pools
      .of('keep')
      .query(
        `update ${tableIdent(table.name)} set ${ident(column)} = $2 where ${ident(table.subject)} = $1 and ${ident(column)} < $2`,
        [person, at],
      );
  }
}
