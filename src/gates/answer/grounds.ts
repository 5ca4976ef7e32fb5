import { personTables, type Table } from '#platform/map.ts';
import type { CategoryId, PurposeId } from '#statement/grammar.ts';
import { after, osloDate } from '#statement/period.ts';
import { ruleFor } from '#statement/rules.ts';
import type { Ground } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { momentOf, type Records, type Row } from './records.ts';

const WITH_THE_REST = {
  nb: 'så lenge vi har noe annet om deg',
  en: 'as long as we keep anything else about you',
} as const;

/** Why, and until when, a category is kept for a purpose, on a clock that `startOf` reads (clauses `k.*`). */
export function groundOf(
  { statement }: Engine,
  purpose: PurposeId,
  category: CategoryId,
  startOf: (clock: string) => Date | undefined,
): Ground {
  const { basis, clause } = statement.purposes[purpose]!;
  const named = ruleFor(statement, purpose, category);
  if (named === undefined) return { purpose, basis, clause, expires: null, until: WITH_THE_REST };
  const { rule } = named;
  const start = startOf(rule.clock);
  return {
    purpose,
    basis,
    clause: rule.clause,
    expires: start === undefined ? null : osloDate(after(start, rule.period)),
    until: rule.why,
  };
}

/** Reads clocks for rows of a module's table: the table's own, or that of another table with the same purpose. */
export function clockOfRow(
  engine: Engine,
  table: Table,
  row: Row,
  records: Records,
): (clock: string) => Date | undefined {
  return (clock) => {
    const column = table.clocks[clock];
    const value = column === undefined ? undefined : row[column];
    if (value !== undefined && value !== null) return momentOf(value);
    return table.purpose === undefined ? undefined : clockOfPurpose(engine, table.purpose, records)(clock);
  };
}

/** Reads clocks of a purpose off whichever table declares them, such as `last-active` of the profile. */
export function clockOfPurpose(
  engine: Engine,
  purpose: PurposeId,
  records: Records,
): (clock: string) => Date | undefined {
  return (clock) => {
    for (const table of personTables(engine.map)) {
      const column = table.clocks[clock];
      if (table.purpose !== purpose || column === undefined) continue;
      const value = records[table.name]?.[0]?.[column];
      if (value !== undefined && value !== null) return momentOf(value);
    }
    return undefined;
  };
}
