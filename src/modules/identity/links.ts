import { randomUUID } from 'node:crypto';
import { SYSTEM, VISITOR } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { after } from '#statement/period.ts';
import { deadlineAfter } from '#statement/rules.ts';
import type { Back } from './shapes.ts';

/** What becomes of a link: how long it works, how it is handed over, where it leads. */
interface Making {
  /** A period of its own instead of the statement's. */
  readonly life?: string;
  /** Handed over on the machine itself and not mailed: whoever holds that has shown more than a mailbox. For a demo alone. */
  readonly local?: boolean;
  readonly back?: Back;
  /** An account elsewhere that following the link ties to the person: its key, and what it is called. */
  readonly tie?: string;
}

/** A link that still works. */
interface Found {
  readonly person: string;
  readonly link: string;
  readonly local: boolean;
  readonly back: Back | null;
  readonly tie: string | null;
}

/**
 * Mails a one-time link to an address, if somebody is recorded under it. The answer is the same either way, and so is
 * the work: one look-up and one commit, so that the time it takes tells nothing.
 */
export async function askForLink(gates: Gates, email: string, at: Date): Promise<void> {
  const [person] = await gates.use('sign-in', SYSTEM).find('email', email);
  if (person !== undefined) await makeLink(gates, person, at);
  else await gates.trace({ purpose: 'sign-in', act: 'link', actor: VISITOR, at });
}

/** Makes a one-time link for a person and mails it, unless it is handed over here. Answers with its token. */
export async function makeLink(
  gates: Gates,
  person: string,
  at: Date,
  { life, local = false, back, tie }: Making = {},
): Promise<string> {
  const id = randomUUID();
  // As long as the statement tells, which is what OWASP ASVS 6.5.5 allows a code out of band at most.
  const expiresAt = life === undefined ? deadlineAfter(gates.statement, 'sign-in-link', at) : after(at, life);
  await gates.trace({
    purpose: 'sign-in',
    act: 'link',
    person,
    actor: VISITOR,
    at,
    rows: [
      {
        table: 'identity.link',
        values: { person, id, asked_at: at, expires_at: expiresAt, way: local ? 'local' : null, back, tie },
      },
    ],
    letters: local ? [] : [{ kind: 'identity.sign-in', purpose: 'sign-in', reference: id }],
  });
  return gates.token('sign-in', id);
}

/** The person a link lets in; undefined when it is spent, too old, or not ours. Changes nothing. */
export async function whoseLink(gates: Gates, token: string, at: Date): Promise<Found | undefined> {
  const link = gates.readToken('sign-in', token);
  if (link === undefined) return undefined;
  const [row] = await gates.use('sign-in', SYSTEM).rows<Omit<Found, 'link'>>(
    `select l.person, l.way is not null as local, l.back, l.tie from identity.link l where l.id = $1 and l.expires_at > $2
          and not exists (select from identity.proof p where p.person = l.person and p.mark = l.id::text)`,
    [link, at],
  );
  return row === undefined ? undefined : { ...row, link };
}
