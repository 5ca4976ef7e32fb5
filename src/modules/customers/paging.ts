import { Refusal } from '#gates/refusal.ts';

/** Rows on one page. */
export const PAGE = 50;

/** Where the page before ended: a moment and a row's number; undefined on the first page. */
export type Cursor = { readonly at: Date; readonly id: string } | undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `?cursor=`; refuses what none of our pages ended with. */
export function cursorOf({ cursor }: Readonly<Record<string, string>>): Cursor {
  if (cursor === undefined) return undefined;
  const [moment = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const at = new Date(moment);
  if (Number.isNaN(at.getTime()) || !UUID.test(id)) throw new Refusal('collect.invalid-field', ['cursor']);
  return { at, id };
}

/** The cursor as two values of a query, null on the first page. */
export function keysetOf(cursor: Cursor): [Date | null, string | null] {
  return [cursor?.at ?? null, cursor?.id ?? null];
}

/** What the next page is asked for with: from rows of which one more than a page was read; null when there was none. */
export function nextOf<T>(rows: readonly T[], keyOf: (row: T) => readonly [Date, string]): string | null {
  if (rows.length <= PAGE) return null;
  const [at, id] = keyOf(rows[PAGE - 1]!);
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}
