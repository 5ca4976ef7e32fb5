import { ident, tableIdent } from '#platform/database.ts';
import { type Column, personTables, type Table } from '#platform/map.ts';
import type { Engine } from '../engine.ts';
import type { Row } from './records.ts';

/**
 * What a table kept in days holds on a person, column by column: thousands of rows are told of by how many, from when to
 * when, and the latest values. The export holds every row.
 */
export interface DayValues {
  readonly table: Table & { subject: string };
  readonly column: Column;
  readonly count: number;
  readonly from: Date;
  readonly to: Date;
  /** Different values, the latest first; at most {@link SHOWN}, and one more when there are more. */
  readonly values: readonly string[];
}

/** Values shown of a column. */
export const SHOWN = 5;

const isTold = ({ category = 'none' }: Column) => category !== 'none' && category !== 'record.person';

/** Tables that lie in days: their rows are not read one by one unless they are asked for. */
export function inDays(engine: Engine): (Table & { subject: string })[] {
  return personTables(engine.map).filter(({ partitionedBy }) => partitionedBy !== undefined);
}

/** What the tables kept in days hold on people; whoever has no rows is absent. */
export async function dayValues(
  engine: Engine,
  people: readonly string[],
): Promise<Map<string, DayValues[]>> {
  const found = new Map<string, DayValues[]>();
  for (const table of inDays(engine)) {
    const told = table.columns.filter(isTold);
    const { rows } = await engine.pools.of('answer').query<Summary>({
      name: `answer.days.${table.name}`,
      text: summarySql(table, told),
      values: [people],
    });
    for (const row of rows) {
      const mine = told.flatMap((column, at): DayValues[] => {
        const count = row.counts[at]!;
        const [from, to] = [row.firsts[at]!, row.lasts[at]!];
        return count === 0
          ? []
          : [
              {
                table,
                column,
                count,
                from,
                to,
                values: row[`v${at}`] as string[],
              },
            ];
      });
      found.set(row.person, [...(found.get(row.person) ?? []), ...mine]);
    }
  }
  return found;
}

interface Summary extends Readonly<Record<`v${number}`, unknown>> {
  readonly person: string;
  readonly counts: number[];
  readonly firsts: (Date | null)[];
  readonly lasts: (Date | null)[];
}

function summarySql(table: Table & { subject: string }, told: readonly Column[]): string {
  const clock = `e.${ident(table.partitionedBy!)}`;
  const each = (sql: (column: string) => string) =>
    told.map(({ name }) => sql(`e.${ident(name)}`)).join(', ');
  const values = told.map(({ name, words }, at) => {
    const column = `e.${ident(name)}`;
    const shown =
      words === undefined
        ? 'd.value::text'
        : `(select w.word from ${tableIdent(words)} w where w.id = d.value)`;
    return `array(select ${shown} from (
        select ${column} as value, max(${clock}) as last from mine e
         where e.${ident(table.subject)} = s.person and ${column} is not null group by 1 order by 2 desc limit ${SHOWN + 1}) d
       order by d.last desc, 1) as v${at}`;
  });
  return `with mine as materialized (select * from ${tableIdent(table.name)} where ${ident(table.subject)} = any($1::uuid[])),
      s as (select e.${ident(table.subject)} as person,
              array[${each((column) => `count(${column})`)}]::int[] as counts,
              array[${each((column) => `min(${clock}) filter (where ${column} is not null)`)}] as firsts,
              array[${each((column) => `max(${clock}) filter (where ${column} is not null)`)}] as lasts
         from mine e group by 1)
    select s.person, s.counts, s.firsts, s.lasts, ${values.join(', ')} from s`;
}

/** Every row of the tables kept in days on one person, in the order of time, with words in place of their numbers. */
export async function dayRows(engine: Engine, person: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of inDays(engine)) {
    const columns = table.columns.map(({ name, words }) =>
      words === undefined
        ? `e.${ident(name)}`
        : `(select w.word from ${tableIdent(words)} w where w.id = e.${ident(name)}) as ${ident(name)}`,
    );
    const { rows } = await engine.pools
      .of('answer')
      .query<Row>(
        `select ${columns.join(', ')} from ${tableIdent(table.name)} e where e.${ident(table.subject)} = $1 order by e.${ident(table.partitionedBy!)}`,
        [person],
      );
    if (rows.length > 0) found[table.name] = rows;
  }
  return found;
}
