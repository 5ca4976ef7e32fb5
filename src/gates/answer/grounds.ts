import { personTables, type Table } from '#platform/map.ts';
import type { CategoryId, PurposeId } from '#statement/grammar.ts';
import { after, osloDate } from '#statement/period.ts';
import { ruleFor } from '#statement/rules.ts';
import type { Ground } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { collectionRule } from '../keep/dues.ts';
import { dropAt, endOfDay } from '../keep/partitions.ts';
import type { DayValues } from './day-rows.ts';
import { momentOf, type Records, type Row } from './records.ts';

const WITH_THE_REST = {
  nb: 'så lenge vi har noe annet om deg',
  en: 'as long as we keep anything else about you',
} as const;

/** What keeps everything on a person whatever its date. */
export type Standstill = 'hold' | 'restriction';

const STANDSTILL = {
  hold: {
    nb: 'Så lenge slettesperren gjelder, sletter vi ikke noe om deg.',
    en: 'As long as the hold stands, we delete nothing about you.',
  },
  restriction: {
    nb: 'Så lenge bruken er begrenset, sletter vi ikke noe om deg.',
    en: 'As long as the use is restricted, we delete nothing about you.',
  },
} as const;

/** A ground without its date, while something keeps the item past it: a date that will not be kept is not shown. */
export function undated(ground: Ground, standstill: Standstill | undefined): Ground {
  return standstill === undefined ? ground : { ...ground, expires: null, until: STANDSTILL[standstill] };
}

/**
 * Why, and until when, a category is kept for a purpose, on a clock that `startOf` reads (clauses `k.*`). What is known
 * to end sooner, with the person as a whole, ends then.
 */
export function groundOf(
  { statement }: Engine,
  purpose: PurposeId,
  category: CategoryId,
  startOf: (clock: string) => Date | undefined,
  sooner?: Date,
): Ground {
  const { basis, clause } = statement.purposes[purpose]!;
  const named = ruleFor(statement, purpose, category);
  if (named === undefined) return { purpose, basis, clause, expires: null, until: WITH_THE_REST };
  const { rule } = named;
  const start = startOf(rule.clock);
  const own = start === undefined ? undefined : after(start, rule.period);
  const end = own === undefined || (sooner !== undefined && sooner < own) ? sooner : own;
  return {
    purpose,
    basis,
    clause: rule.clause,
    expires: end === undefined ? null : osloDate(end),
    until: rule.why,
  };
}

/** The ground that lasts longest comes first: without a date before dates, later before sooner. */
export function longestFirst(grounds: readonly Ground[]): Ground[] {
  return [...grounds].sort((a, b) => {
    if (a.expires === b.expires) return 0;
    return a.expires === null || (b.expires !== null && a.expires > b.expires) ? -1 : 1;
  });
}

/**
 * The moment at which the last purpose lets go of the vault, and the person is erased with everything that is left;
 * undefined while one of them has no date.
 */
export function endOfPerson(engine: Engine, records: Records, days: readonly DayValues[]): Date | undefined {
  let end: Date | undefined;
  for (const collection of records['gate.collection'] ?? []) {
    const purpose = String(collection.purpose);
    const rule = Object.hasOwn(engine.statement.purposes, purpose)
      ? collectionRule(engine.statement, purpose)?.rule
      : undefined;
    if (rule === undefined) return undefined;
    const start =
      rule.clock === 'recorded'
        ? momentOf(collection.at)
        : clockOfPurpose(engine, purpose, records)(rule.clock);
    if (start === undefined) return undefined;
    // Where rows came from is kept as long as they are.
    const lasts = days.filter(({ table }) => table.purpose === purpose).map(({ to }) => to);
    const ends = lasts.map((last) => new Date(dropAt(endOfDay(last), rule.period).getTime() - 1));
    end = latest([after(start, rule.period), ...ends, ...(end === undefined ? [] : [end])]);
  }
  return end;
}

/** Reads clocks for rows of a module's table: the row's own, or those of the person as a whole. */
export function clockOfRow(
  engine: Engine,
  table: Table,
  row: Row,
  records: Records,
): (clock: string) => Date | undefined {
  return (clock) => {
    const column = table.clocks[clock];
    if (column !== undefined && engine.statement.clocks[clock]?.latest !== true) {
      const value = row[column];
      return value === undefined || value === null ? undefined : momentOf(value);
    }
    const client = table.client === undefined ? undefined : row[table.client];
    return table.purpose === undefined
      ? undefined
      : clockOfPurpose(engine, table.purpose, records, client)(clock);
  };
}

/**
 * Reads clocks of a purpose off whichever tables declare them, such as `last-active` of the profile: the latest over
 * the person's rows, and none while one of them is open. With a client, over the rows of that client where there are such.
 */
export function clockOfPurpose(
  engine: Engine,
  purpose: PurposeId,
  records: Records,
  client?: unknown,
): (clock: string) => Date | undefined {
  return (clock) => {
    if (clock === 'consent-withdrawn') return withdrawn(records, purpose);
    const values = personTables(engine.map)
      .filter((one) => one.purpose === purpose && one.clocks[clock] !== undefined)
      .flatMap((table) =>
        (records[table.name] ?? [])
          .filter((row) => client === undefined || table.client === undefined || row[table.client] === client)
          .map((row) => row[table.clocks[clock]!]),
      );
    if (values.some((value) => value === null || value === undefined)) return undefined;
    return latest(values.map(momentOf));
  };
}

function withdrawn(records: Records, purpose: PurposeId): Date | undefined {
  if ((records['consent.active'] ?? []).some((row) => row.purpose === purpose)) return undefined;
  const ended = (records['consent.event'] ?? []).filter(
    (row) => row.purpose === purpose && !['requested', 'given', 'refused'].includes(String(row.state)),
  );
  return latest(ended.map((row) => momentOf(row.at)));
}

function latest(moments: readonly Date[]): Date | undefined {
  return moments.length === 0 ? undefined : new Date(Math.max(...moments.map((one) => one.getTime())));
}
