import type { Page } from './module.ts';

/** Where the page before ended, as two values of a query: a moment and a row's number; nulls on the first page. */
export function keysetOf({ after }: Page): [string | null, string | null] {
  const [at, id] = after?.split(' ') ?? [];
  return [at ?? null, id ?? null];
}

/** A page of rows of which one more was read, and the place that it ends at; null on the last. */
export function paged<T>(
  rows: readonly T[],
  { limit }: Page,
  placeOf: (row: T) => readonly [Date, string],
): { shown: readonly T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { shown, next: null };
  return { shown, next: placeText(placeOf(last)) };
}

/** A place in a list as {@link keysetOf} reads it. */
export const placeText = ([at, id]: readonly [Date, string]) => `${at.toISOString()} ${id}`;
