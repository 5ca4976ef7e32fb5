import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM, VISITOR } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { Together } from '#gates/together.ts';
import { after } from '#statement/period.ts';
import { deadlineAfter } from '#statement/rules.ts';

/** Staff sign in each working day. */
const STAFF_LIFE = 'PT12H';

/** A browser that is signed in. */
export interface Session {
  readonly id: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly expiresAt: Date;
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

/** Makes a one-time link for a person and mails it, unless it is handed over in another way. Answers with its token. */
export async function makeLink(
  gates: Gates,
  person: string,
  at: Date,
  { mailed = true, life }: { mailed?: boolean; life?: string } = {},
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
        values: { person, id, asked_at: at, expires_at: expiresAt },
      },
    ],
    letters: mailed ? [{ kind: 'identity.sign-in', purpose: 'sign-in', reference: id }] : [],
  });
  return gates.token('sign-in', id);
}

/** The person a link lets in; undefined when it is spent, too old, or not ours. Changes nothing. */
export async function whoseLink(
  gates: Gates,
  token: string,
  at: Date,
): Promise<{ person: string; link: string } | undefined> {
  const link = gates.readToken('sign-in', token);
  if (link === undefined) return undefined;
  const rows = await gates.use('sign-in', SYSTEM).rows<{ person: string }>(
    `select l.person from identity.link l where l.id = $1 and l.expires_at > $2
        and not exists (select from identity.session s where s.link = l.id)`,
    [link, at],
  );
  return rows[0] === undefined ? undefined : { person: rows[0].person, link };
}

/** Opens a session by a link. The link's number is unique among sessions, so of two who try at once one is refused. */
export async function signIn(gates: Gates, token: string, at: Date): Promise<Session> {
  const found = await whoseLink(gates, token, at);
  if (found === undefined) throw new Refusal('identity.link-spent');
  const { person, link } = found;
  const roles = await rolesOf(gates, person);
  const id = randomUUID();
  // A person's for as long as the cookie register says.
  const expiresAt = after(at, roles.length > 0 ? STAFF_LIFE : gates.statement.cookies.hjemmel!.life);
  await gates.trace({
    purpose: 'sign-in',
    act: 'session',
    person,
    actor: { kind: 'person', id: person },
    at,
    rows: [{ table: 'identity.session', values: { person, id, link, began_at: at, expires_at: expiresAt } }],
    taken: 'identity.link-spent',
  });
  await gates.touch(person, 'last-active', at);
  return { id, person, roles, expiresAt };
}

/**
 * Reads the session that a cookie's token stands for; undefined when it is over. Nothing is kept between questions, so
 * an end is an end at once; requests that come together share one prepared query.
 */
export function sessionReader(gates: Gates): (token: string, at: Date) => Promise<Session | undefined> {
  const handle = gates.use('sign-in', SYSTEM);
  const reading = new Together<string, Session | undefined>(
    async (ids) => {
      const rows = await handle.rows<{ id: string; person: string; expires_at: Date; roles: string[] }>(
        `select s.id, s.person, s.expires_at,
              array(select role from identity.staff f where f.person = s.person order by role) as roles
         from identity.session s
        where s.id = any($1)
          and not exists (select from identity.sign_out o where o.person = s.person and o.session = s.id)`,
        [[...new Set(ids)]],
      );
      const found = new Map(
        rows.map(({ id, person, roles, expires_at }) => [id, { id, person, roles, expiresAt: expires_at }]),
      );
      return ids.map((id) => found.get(id));
    },
    { abreast: 1 },
  );
  return async (token, at) => {
    const id = gates.readToken('session', token);
    const session = id === undefined ? undefined : await reading.ask(id);
    return session !== undefined && session.expiresAt > at ? session : undefined;
  };
}

/** Ends a session for good; a second time is no error. */
export async function signOut(gates: Gates, session: string, person: string, at: Date): Promise<void> {
  await gates.trace({
    purpose: 'sign-in',
    act: 'sign-out',
    person,
    actor: { kind: 'person', id: person },
    at,
    rows: [{ table: 'identity.sign_out', values: { person, session, at }, once: true }],
  });
}

/** Who acts, seen from a session: staff when they have a role, else a person, else a visitor. */
export function actorOf(session: Session | undefined): Actor {
  if (session === undefined) return VISITOR;
  return session.roles.length > 0
    ? { kind: 'staff', id: session.person, roles: session.roles }
    : { kind: 'person', id: session.person };
}

async function rolesOf(gates: Gates, person: string): Promise<string[]> {
  const rows = await gates
    .use('sign-in', SYSTEM)
    .rows<{ role: string }>('select role from identity.staff where person = $1 order by role', [person]);
  return rows.map(({ role }) => role);
}
