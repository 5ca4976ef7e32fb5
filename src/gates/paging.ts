/** A page of a list: what comes after the position that the last page ended with, or from the start. */
export interface Page {
  readonly after: string | undefined;
  readonly limit: number;
}

/** How a list is paged where nothing speaks for another length. */
export const PAGES = { usual: 50, most: 200 } as const;

/** Where the page before ended, as two values of a query: a moment and a row's number; nulls on the first page. */
export function keysetOf({ after }: Page): [string | null, string | null] {
  const [at, id] = after?.split(' ') ?? [];
  return [at ?? null, id ?? null];
}

/** A page of rows of which one more was read, and the place that it ends at; null on the last. */
export function paged<T>(
  rows: readonly T[],
  { limit }: Page,
  placeOf: (row: T) => string,
): { shown: readonly T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { shown, next: null };
  return { shown, next: placeOf(last) };
}

/** A place in a list that goes by moment and number, as {@link keysetOf} reads it. */
export const placeText = (at: Date, id: string) => `${at.toISOString()} ${id}`;

/** Rows read at a time of a whole list. */
const STRIDE = 500;

/** A whole list, some hundreds of rows at a time, so that neither memory nor a lock grows with it. */
export async function* strides<T>(
  read: (after: string | undefined, limit: number) => Promise<readonly T[]>,
  placeOf: (last: T) => string,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined;
  for (;;) {
    const rows = await read(after, STRIDE);
    if (rows.length > 0) yield rows;
    if (rows.length < STRIDE) return;
    after = placeOf(rows.at(-1)!);
  }
}
