import type { Hold, StandingHold } from '#gates/answers.ts';
import { WrongUse } from './arguments.ts';
import type { Run } from './command.ts';
import { OPERATOR } from './open.ts';
import type { Opened } from './wiring.ts';

/** The flags of `hjemmel person hold`. */
export const HOLD_FLAGS = ['why', 'until', 'review', 'untold', 'release', 'hold'];

/**
 * `hjemmel person hold`: places a hold (`--why`), ends one (`--release`), or notes that one was looked at again and stays
 * (`--review` or `--until` without `--why`). Dates are calendar dates and count as whole days.
 */
export async function holdVerb({ given, print }: Run, product: Opened, person: string): Promise<number> {
  const { answer } = product.gates;
  const at = new Date();
  const [why, until, review] = ['why', 'until', 'review'].map((name) => given.values.get(name));
  const json = given.flags.has('json');
  if (given.flags.has('release')) {
    if (why !== undefined)
      throw new WrongUse('Give --why to place a hold or --release to end one, not both.');
    const one = await standing(product, person, given.values.get('hold'), at);
    if (one === undefined) return nothing(print, json);
    await answer.releaseHold(person, one.id, OPERATOR, at);
    print(json ? JSON.stringify({ person, released: one.id }) : `Released ${one.id}.`);
    return 0;
  }
  if (why !== undefined) {
    const untold = given.values.get('untold');
    const placed = await answer.hold(person, { why, until, review, untold }, OPERATOR, at);
    print(json ? JSON.stringify(placed) : `Held. ${holdText(placed)}`);
    return 0;
  }
  if (until === undefined && review === undefined)
    throw new WrongUse(
      'Say why with --why TEXT, or end a hold with --release, or look at it with --review DATE.',
    );
  const one = await standing(product, person, given.values.get('hold'), at);
  if (one === undefined) return nothing(print, json);
  const seen = await answer.reviewHold(person, one.id, { until, review }, OPERATOR, at);
  print(json ? JSON.stringify(seen) : `It stays. ${holdText(seen)}`);
  return 0;
}

/** One line that tells of a hold and its dates. */
export function holdText(hold: Omit<Hold, 'why'>): string {
  const end = hold.until === null ? 'until it is released' : `up to and including ${hold.until}`;
  const next = hold.review === null ? '' : `, to be looked at again by ${hold.review}`;
  const told = hold.told ? '' : `, not told of (${hold.untold})`;
  return `Hold ${hold.id} since ${hold.since.slice(0, 10)}, ${end}${next}${told}.`;
}

function nothing(print: Run['print'], json: boolean): number {
  print(json ? JSON.stringify({ refused: 'answer.unknown-hold', fields: [] }) : 'No such hold stands.');
  return 1;
}

/** The hold that is meant: the one named, or the only one there is. */
async function standing(
  { gates }: Opened,
  person: string,
  id: string | undefined,
  at: Date,
): Promise<StandingHold | undefined> {
  const { holds } = await gates.answer.holds(OPERATOR, at);
  const mine = holds.filter((one) => one.person === person && (id === undefined || one.id === id));
  if (mine.length > 1)
    throw new WrongUse(
      `Several holds stand; say which with --hold: ${mine.map((one) => one.id).join(', ')}.`,
    );
  return mine[0];
}
