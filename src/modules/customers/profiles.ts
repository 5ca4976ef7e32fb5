import { randomUUID } from 'node:crypto';
import { VISITOR } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { deadlineAfter } from '#statement/rules.ts';

/** What a person says of themselves when making a profile; all but name and e-mail may be left out. */
export interface NewProfile {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly place?: string;
  readonly company?: string;
  readonly language?: 'nb' | 'en';
  /** What the person is on their way to, which the letter leads on to. */
  readonly onward?: 'client';
  readonly accept: { readonly statement: string };
}

/**
 * Makes a profile (clause `1.1.profile`) and mails a sign-in link to its address.
 *
 * When the address is known, nothing given here is written: whoever types an address has not shown that it is theirs.
 * Its owner gets the link all the same and finishes the profile signed in. The answer is alike in both cases; for a
 * known address it carries a number that leads nowhere.
 */
export async function makeProfile(
  gates: Gates,
  profile: NewProfile,
  at: Date,
): Promise<{ person: string; statement: string }> {
  const link = randomUUID();
  const { person, known } = await gates.collect({
    point: 'profile',
    actor: VISITOR,
    at,
    about: { email: profile.email },
    gives: (who) => ({
      values: {
        'contact.name': profile.name,
        'contact.phone': profile.phone,
        'contact.place': profile.place,
        'contact.company': profile.company,
        'preference.language': profile.language ?? 'nb',
      },
      keeps: ['preference.language'],
      accepts: profile.accept.statement,
      rows: [
        {
          table: 'customers.profile',
          values: { person: who.person, made_at: at, active_at: at },
          once: true,
        },
        {
          table: 'identity.link',
          values: {
            person: who.person,
            id: link,
            asked_at: at,
            expires_at: deadlineAfter(gates.statement, 'sign-in-link', at),
          },
        },
      ],
      letters: [{ kind: letterFor(profile, who.known), purpose: 'sign-in', reference: link }],
    }),
  });
  return { person: known ? randomUUID() : person, statement: gates.statement.version };
}

function letterFor({ onward }: NewProfile, known: boolean): string {
  if (onward === 'client') return 'customers.founding';
  return known ? 'customers.known' : 'customers.welcome';
}

/** What staff see of a person when they run the customer relationship (clause `u.customer`); each look is journalled. */
export const SHOWN = ['name', 'email', 'phone', 'place', 'company', 'language'] as const;
