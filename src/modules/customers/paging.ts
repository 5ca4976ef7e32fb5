/** How lists of a client are paged. */
export const PAGES = { usual: 50, most: 200 } as const;

/** Rows opened at a time for a file. */
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
