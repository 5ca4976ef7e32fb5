import type { PersonKey } from '#platform/keys.ts';
import type { Hold } from '../answers.ts';
import { lastDay } from '../held.ts';
import { bytesOf, momentOf, type Records, type Row } from './records.ts';

/** Who is answered: the person, or whoever looks after privacy here. The law may forbid telling the first of a hold. */
export type Eyes = 'person' | 'staff';

/** Holds that stand on the person at a moment, told of or not. */
export function standingHolds(records: Records, at: Date): Row[] {
  return records['gate.hold']!.filter(
    ({ released_at, until }) => released_at === null && (until === null || momentOf(until) > at),
  );
}

/** Holds that stand, as far as these eyes may see them. */
export function shownHolds(records: Records, key: PersonKey, at: Date, eyes: Eyes): Hold[] {
  return standingHolds(records, at)
    .filter(({ told }) => told === true || eyes === 'staff')
    .map((row) => ({
      id: String(row.id),
      since: momentOf(row.at).toISOString(),
      until: dayOf(row.until),
      review: dayOf(row.review_at),
      why: whyOf(row, key),
      told: row.told === true,
      untold: row.untold === null ? null : String(row.untold),
      author: eyes === 'staff' ? String(row.author) : null,
    }));
}

/**
 * The records of holds as an export has them: none that the person may not be told of, whoever makes it, since it is
 * made to be handed over; reasons opened; whom of our staff it was, left out as in the log.
 */
export function exportedHolds(
  records: Records,
  key: PersonKey,
): { readonly 'gate.hold': readonly Row[]; readonly 'gate.hold_review': readonly Row[] } {
  const untold = new Set(records['gate.hold']!.filter(({ told }) => told !== true).map(({ id }) => id));
  return {
    'gate.hold': records['gate.hold']!.filter(({ id }) => !untold.has(id)).map(
      ({ author: _author, released_by: _by, ...row }) => ({ ...row, why: whyOf(row, key) }),
    ),
    'gate.hold_review': records['gate.hold_review']!.filter(({ hold }) => !untold.has(hold)).map(
      ({ author: _author, ...row }) => row,
    ),
  };
}

function whyOf({ why, id }: Row, key: PersonKey): string {
  return key.open(bytesOf(why), `gate.hold.why#${id}`);
}

function dayOf(moment: unknown): string | null {
  return moment === null ? null : lastDay(momentOf(moment));
}
