import type { Column, DataMap, Table } from './map.ts';

/**
 * Roll-ups: tables that count people of another table in groups and hold nothing that leads back to one. All that is said
 * about one is said by its comments: `[subject=none rolls-up=analytics.event]` for the table, and for each column
 * `[month of at]`, `[first-segment of page]` or `[people]`.
 */
export interface RollUp {
  readonly target: Table;
  readonly source: Table & { subject: string };
  /** The column that says which period a group is of, and the clock of the source that it is made of. */
  readonly period: Part & { readonly by: Calendar };
  /** What people are grouped by, the coarsest first: small groups are merged from the last to the first. */
  readonly groups: readonly Part[];
  /** The column that holds the number of different people. */
  readonly people: string;
}

interface Part {
  /** Column of the roll-up. */
  readonly column: string;
  /** Column of the source, and how it is generalised. */
  readonly from: Column;
  readonly by: string;
}

type Calendar = 'month' | 'quarter' | 'year';
const CALENDAR: readonly string[] = ['month', 'quarter', 'year'] satisfies Calendar[];

/** Months in each period of the calendar. */
export const MONTHS: Readonly<Record<Calendar, number>> = { month: 1, quarter: 3, year: 12 };

const MOMENTS = ['timestamp with time zone', 'date'];
const COARSE = ['text', 'integer', 'smallint', 'boolean'];

/** Ways of making a value coarser: what each takes, and its SQL. What cannot be made coarser is null: among the others. */
const WAYS: Readonly<Record<string, { takes: readonly string[]; sql: (value: string) => string }>> = {
  month: { takes: MOMENTS, sql: (value) => `date_trunc('month', ${value})::date` },
  quarter: { takes: MOMENTS, sql: (value) => `date_trunc('quarter', ${value})::date` },
  year: { takes: MOMENTS, sql: (value) => `date_trunc('year', ${value})::date` },
  // Letters and hyphens alone: a number or a token in a path may stand for somebody.
  'first-segment': {
    takes: ['text'],
    sql: (value) => `substring(lower(${value}) from '^(/(?:[a-zæøå][a-zæøå-]{0,39})?)(?:[/?#]|$)')`,
  },
  // `Firefox 143` and `Firefox 143.0.1` are Firefox.
  family: {
    takes: ['text'],
    sql: (value) => `substring(${value} from '^([[:alpha:]][[:alpha:] ]{0,29}?)(?:[ /][0-9].*)?$')`,
  },
  'as-is': { takes: COARSE, sql: (value) => value },
};

/** The value of a source's column made coarser, as SQL; `value` is the column, or the word that its number stands for. */
export function coarser({ from, by }: Part, value: string): string {
  const onClock = from.type === 'timestamp with time zone' ? `(${value} at time zone 'Europe/Oslo')` : value;
  return WAYS[by]!.sql(onClock);
}

/** Every roll-up that the map declares; judged by {@link judgeRollUps} before anything starts. */
export function rollUps(map: DataMap): RollUp[] {
  return map.tables.flatMap((target) => {
    const source = map.tables.find(({ name }) => name === target.rollsUp);
    if (target.rollsUp === undefined || source?.subject === undefined) return [];
    const parts = target.columns.flatMap(({ name, drawn }) => {
      const from = source.columns.find((column) => column.name === drawn?.from);
      return drawn === undefined || from === undefined ? [] : [{ column: name, from, by: drawn.by }];
    });
    const period = parts.find(({ by }) => CALENDAR.includes(by)) as RollUp['period'] | undefined;
    const people = target.columns.find(({ countsPeople }) => countsPeople)?.name;
    if (period === undefined || people === undefined) return [];
    const groups = parts.filter((part) => part !== period);
    return [{ target, source: { ...source, subject: source.subject }, period, groups, people }];
  });
}

/**
 * What is wrong with the roll-ups of a map, one sentence each: any column that could lead back to a person, and a second
 * roll-up of the same people, because two can be subtracted from each other (clause `k.anonymise`).
 */
export function judgeRollUps(map: DataMap): string[] {
  const targets = map.tables.filter(({ rollsUp }) => rollsUp !== undefined);
  return targets.flatMap((target) => {
    const source = map.tables.find(({ name }) => name === target.rollsUp);
    const { subject } = source ?? {};
    if (source === undefined || subject === undefined || subject === 'none' || subject.startsWith('hash:'))
      return [`${target.name}: rolls up ${target.rollsUp}, which is no table of persons`];
    const wrong = target.columns.flatMap((column) => judgeColumn(target, source, column));
    if (target.subject !== 'none') wrong.push(`${target.name}: a roll-up is nobody's (subject=none)`);
    const clocks = Object.values(source.clocks);
    const periods = target.columns.filter(({ drawn }) => CALENDAR.includes(drawn?.by ?? ''));
    if (periods.length !== 1 || !clocks.includes(periods[0]?.drawn?.from ?? ''))
      wrong.push(`${target.name}: needs one month, quarter or year, of a clock of ${source.name}`);
    if (target.columns.filter(({ countsPeople }) => countsPeople).length !== 1)
      wrong.push(`${target.name}: needs one column that counts [people]`);
    if (targets.find(({ rollsUp }) => rollsUp === target.rollsUp) !== target)
      wrong.push(
        `${target.name}: a second roll-up of ${source.name}; one subtracted from the other tells of few`,
      );
    return wrong;
  });
}

function judgeColumn(target: Table, source: Table, column: Column): string[] {
  const name = `${target.name}.${column.name}`;
  if (column.countsPeople)
    return ['integer', 'bigint'].includes(column.type)
      ? []
      : [`${name}: people are counted in whole numbers`];
  // A column that says nothing of itself is named as undeclared already.
  if (column.category === undefined) return [];
  if (column.drawn === undefined) return [`${name}: a roll-up holds groups and [people] and nothing else`];
  const { by, from } = column.drawn;
  const drawn = source.columns.find((one) => one.name === from);
  if (drawn === undefined) return [`${name}: ${source.name} has no column ${from}`];
  if (!Object.hasOwn(WAYS, by)) return [`${name}: nothing is made coarser by ${by}`];
  const way = WAYS[by]!;
  const taken = drawn.words === undefined ? drawn.type : 'text';
  if (from === source.subject || !way.takes.includes(taken))
    return [`${name}: ${source.name}.${from} (${drawn.type}) cannot be made coarser by ${by}`];
  const given = CALENDAR.includes(by) ? 'date' : taken;
  return column.type === given ? [] : [`${name}: ${by} gives ${given}, and it is ${column.type}`];
}
