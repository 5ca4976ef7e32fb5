import type { Statement, Text } from '#statement/grammar.ts';
import { pointsOf } from '#statement/rules.ts';
import type { AccessAnswer } from '../answers.ts';
import type { Engine } from '../engine.ts';
import type { Coming } from '../plan/applications.ts';
import type { Records } from './records.ts';

/** A consent that a coming version asks for anew: for what, in which words, and from when the old one stops counting. */
export interface Renewal {
  readonly purpose: string;
  readonly words: Text;
  readonly version: string;
  readonly effectiveAt: Date;
}

/** The consents that the version which waits asks for anew. */
export function renewals(engine: Engine, at: Date): Renewal[] {
  const coming = comingAt(engine, at);
  if (coming === undefined) return [];
  const { application, after } = coming;
  return application.decision.consents.flatMap(({ purpose }) => {
    const words = wordsFor(after.statement, purpose);
    const { version, effectiveAt } = application;
    return words === undefined ? [] : [{ purpose, words, version, effectiveAt }];
  });
}

/** What a coming version asks anew, of the consents that this person has given. */
export function renewalsOf(engine: Engine, records: Records, at: Date): AccessAnswer['renewals'] {
  return renewals(engine, at).flatMap(({ purpose, words, version, effectiveAt }) => {
    const standing = records['consent.active']!.find((row) => row.purpose === purpose);
    if (standing === undefined) return [];
    const event = records['consent.event']!.find((row) => row.id === standing.event);
    return [
      {
        purpose,
        words,
        version,
        effectiveAt: effectiveAt.toISOString(),
        answered: event?.statement === version,
      },
    ];
  });
}

/** The version that is applied and waits for its day. */
function comingAt({ comings = [] }: Engine, at: Date): Coming | undefined {
  return comings.find(({ application }) => application.effectiveAt > at && !application.withdrawn);
}

function wordsFor(statement: Statement, purpose: string): Text | undefined {
  return pointsOf(statement, purpose).find(([, { consent }]) => consent !== undefined)?.[1].consent;
}
