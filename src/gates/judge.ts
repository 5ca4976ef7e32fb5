import { type DataMap, judgeMap, personTables } from '#platform/map.ts';
import type { Statement } from '#statement/grammar.ts';
import { ruleFor } from '#statement/rules.ts';

/**
 * Everything in the live database that the statement does not cover, one sentence each; empty when the program may
 * start. Besides what the map itself must say, every category kept in a purpose's table needs a storage rule.
 */
export function judge(map: DataMap, statement: Statement): string[] {
  const known = {
    categories: new Set(Object.keys(statement.categories)),
    purposes: new Set(Object.keys(statement.purposes)),
    clocks: new Set(Object.keys(statement.clocks)),
  };
  const unruled = personTables(map).flatMap((table) =>
    table.purpose === undefined || !known.purposes.has(table.purpose)
      ? []
      : table.columns.flatMap(({ name, category }) =>
          category === undefined ||
          category === 'none' ||
          category === 'record.person' ||
          !known.categories.has(category) ||
          ruleFor(statement, table.purpose!, category) !== undefined
            ? []
            : [
                `${table.name}.${name}: the statement has no storage rule for ${category} kept for ${table.purpose}`,
              ],
        ),
  );
  return [...judgeMap(map, known), ...unruled];
}
