import type { ClientBase, Pool } from 'pg';
import { osloDate } from '#statement/period.ts';

/** What PostgreSQL says when the erasure of somebody held is to be decided (`gate.refuse_held`). */
export const HELD = 'HJ002';

/** How an act on a hold is journalled that the person must not be told of: it is left out of the log they can read. */
export const UNTOLD = '-untold';

/**
 * The SQL condition that a hold stands on a person at a moment: what is theirs is not deleted then, whatever is due
 * (art. 17(3), clause `k.as-needed`). Both are SQL: a column or a parameter.
 */
export function held(person: string, moment: string): string {
  return `exists (select from gate.hold h where h.person = ${person} and h.released_at is null and (h.until is null or h.until > ${moment}))`;
}

/** True when a hold stands on a person. Asked in the caller's transaction, with the person's row locked. */
export async function isHeld(
  client: Pick<ClientBase | Pool, 'query'>,
  person: string,
  at: Date,
): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>({
    name: 'hold.held',
    text: `select ${held('$1', '$2')} as held`,
    values: [person, at],
  });
  return rows[0]!.held;
}

/** The last day in Oslo before a moment at which a day is over. */
export function lastDay(moment: Date | null): string | null {
  return moment === null ? null : osloDate(new Date(moment.getTime() - 1));
}
