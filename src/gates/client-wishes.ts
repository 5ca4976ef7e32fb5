import type { ClientWish } from '#platform/wishes.ts';

/** One column of one row of a client, and what it was set to last. */
export interface RowSet {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  /** As JSON writes it. */
  readonly value: unknown;
  /** Name of the act. */
  readonly by: string;
  /** Its place among those of the same act. */
  readonly turn: number;
}

/** A row of a client that was taken away. */
export interface RowEnd {
  readonly table: string;
  readonly id: string;
  readonly by: string;
  /** The collection point that it had served, where it goes with what came in by it. */
  readonly point?: string;
}

/** An ownership that was handed over. */
export interface HandOver {
  readonly from: string;
  readonly to: string;
}

/** What is noted of the rows of a client beside the keys, each by its numbers, before the act is committed. */
export type ClientNote = Pick<ClientWish, 'act' | 'what'>;

export const rowSet = (set: RowSet): ClientNote => ({ act: 'set-row', what: JSON.stringify(set) });
export const endOfRow = (end: RowEnd): ClientNote => ({ act: 'end-row', what: JSON.stringify(end) });
export const handedOver = (owners: HandOver): ClientNote => ({
  act: 'hand-over',
  what: JSON.stringify(owners),
});

/** A note as a wish of whoever's row it is. */
export function noteOf(note: ClientNote, of: Pick<ClientWish, 'person' | 'client' | 'at'>): ClientWish {
  return { ...note, ...of, purpose: 'agreement' };
}

/** What wishes of one kind say, each with its moment, in the order that they came in. */
export function said<T>(
  wishes: readonly ClientWish[],
  act: ClientWish['act'],
): (T & { readonly at: Date })[] {
  return wishes.flatMap((wish) =>
    wish.act === act ? [{ ...(JSON.parse(wish.what) as T), at: wish.at }] : [],
  );
}
