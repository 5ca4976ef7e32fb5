import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '#gates/actor.ts';
import type { LetterRequest } from '#gates/collect.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import type { Lack } from '#gates/module.ts';
import { Refusal, type RefusalCode } from '#gates/refusal.ts';
import { Together } from '#gates/together.ts';
import { after } from '#statement/period.ts';
import { unlocked } from './attempts.ts';
import { addFactor, used } from './factors.ts';
import { whoseLink } from './links.ts';
import { isStrong, isWhole } from './means.ts';
import type { Back, Means } from './shapes.ts';

/** Staff sign in each working day, and again after an hour away (NIST SP 800-63B-4, AAL2). */
const STAFF_LIFE = 'PT12H';
const STAFF_IDLE = 'PT1H';
/** Milliseconds between two notes that a session is in use; the notes are that coarse. */
const NOTE_EVERY = 300_000;

/** A browser that is signed in. */
export interface Session {
  readonly id: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly means: readonly Means[];
  readonly beganAt: Date;
  readonly usedAt: Date;
  readonly provedAt: Date;
  readonly expiresAt: Date;
  /** True when the person has a passkey or a code generator, which every session of theirs is then held to. */
  readonly second: boolean;
}

/** Something shown, that lets in. */
export interface Proof {
  readonly means: Means;
  /** The factor that was shown, which is noted as used. */
  readonly factor?: string;
  /** What may be shown once alone; a second showing is refused by the database. */
  readonly mark?: string;
  /** The refusal when the mark has been shown before. */
  readonly taken?: RefusalCode;
  /** What else is noted in the same commit. */
  readonly rows?: readonly Row[];
  readonly letters?: readonly LetterRequest[];
}

/**
 * Opens a session for a person by what they have shown. Given with a session of theirs, the new one takes its place and
 * what it had shown along, and ends when it would have: each proof has a token of its own (OWASP ASVS 7.2.4).
 */
export async function openSession(
  gates: Gates,
  person: string,
  proof: Proof,
  { at, from: old }: { at: Date; from?: Session },
): Promise<Session> {
  const from = old?.person === person ? old : undefined;
  const { roles, second } = from ?? (await standingOf(gates, person));
  const means = [...new Set([...(from?.means ?? []), proof.means])];
  // A person's for as long as the cookie register says.
  const expiresAt =
    from?.expiresAt ?? after(at, roles.length > 0 ? STAFF_LIFE : gates.statement.cookies.hjemmel!.life);
  // Who has a second factor has not shown again who they are by the first one alone.
  const provedAt = from !== undefined && second && !isStrong(proof.means) ? from.provedAt : at;
  const id = randomUUID();
  const ended = from && signOutRow(from.id, person, at);
  await gates.trace({
    purpose: 'sign-in',
    act: from === undefined ? 'session' : 'prove',
    person,
    actor: { kind: 'person', id: person },
    at,
    rows: [
      {
        table: 'identity.session',
        values: {
          person,
          id,
          methods: means,
          began_at: at,
          proved_at: provedAt,
          used_at: at,
          expires_at: expiresAt,
        },
      },
      {
        table: 'identity.proof',
        values: { person, id: randomUUID(), method: proof.means, mark: proof.mark, at },
      },
      ...(ended === undefined ? [] : [ended]),
      ...(proof.rows ?? []),
    ],
    letters: proof.letters,
    taken: proof.taken,
  });
  await Promise.all([
    gates.touch(person, 'last-active', at),
    proof.factor && used(gates, person, proof.factor, at),
  ]);
  return { id, person, roles, means, beganAt: at, usedAt: at, provedAt, expiresAt, second };
}

/** Opens a session by a link, and says where it leads. Of two who try it at once one is refused. */
export async function signInByLink(
  gates: Gates,
  token: string,
  moment: { at: Date; from?: Session },
): Promise<Session & { back: Back | null }> {
  const found = await whoseLink(gates, token, moment.at);
  if (found === undefined) throw new Refusal('identity.link-spent');
  const { person, link, local, back, tie } = found;
  const proof: Proof = {
    means: local ? 'local' : 'link',
    mark: link,
    taken: 'identity.link-spent',
    rows: await unlocked(gates, person, moment.at),
  };
  const session = await openSession(gates, person, proof, moment);
  const [, key, name] = /^(\S+)(?: (.+))?$/.exec(tie ?? '') ?? [];
  if (key !== undefined)
    await addFactor(
      gates,
      person,
      { kind: 'provider', name, key: Buffer.from(key, 'base64url') },
      { at: moment.at },
    );
  return { ...session, back };
}

interface SessionRow {
  id: string;
  person: string;
  methods: Means[];
  began_at: Date;
  used_at: Date;
  proved_at: Date;
  expires_at: Date;
  roles: string[];
  second: boolean;
}

const COLUMNS = `s.id, s.person, s.methods, s.began_at, s.used_at, s.proved_at, s.expires_at`;
const OPEN = `not exists (select from identity.sign_out o where o.person = s.person and o.session = s.id)`;
const STANDING = (person: string) =>
  `array(select role from identity.staff f where f.person = ${person} order by role) as roles,
   exists (select from identity.factor f where f.person = ${person} and f.kind in ('codes', 'passkey')) as second`;

function sessionOf(row: SessionRow): Session {
  const { id, person, roles, second, methods: means } = row;
  const [beganAt, usedAt, provedAt, expiresAt] = [row.began_at, row.used_at, row.proved_at, row.expires_at];
  return { id, person, roles, second, means, beganAt, usedAt, provedAt, expiresAt };
}

function isOver({ expiresAt, usedAt, roles }: Session, at: Date): boolean {
  return expiresAt <= at || (roles.length > 0 && after(usedAt, STAFF_IDLE) <= at);
}

/**
 * Reads the session that a cookie's token stands for; undefined when it is over. Nothing is kept between questions, so
 * an end, or a role taken away, counts at once; requests that come together share one prepared query.
 */
export function sessionReader(gates: Gates): (token: string, at: Date) => Promise<Session | undefined> {
  const handle = gates.use('sign-in', SYSTEM);
  const reading = new Together<string, Session | undefined>(
    async (ids) => {
      const rows = await handle.rows<SessionRow>(
        `select ${COLUMNS}, ${STANDING('s.person')}
           from identity.session s where s.id = any($1) and ${OPEN}`,
        [[...new Set(ids)]],
      );
      const found = new Map(rows.map((row) => [row.id, sessionOf(row)]));
      return ids.map((id) => found.get(id));
    },
    { abreast: 1 },
  );
  return async (token, at) => {
    const id = gates.readToken('session', token);
    const session = id === undefined ? undefined : await reading.ask(id);
    if (session === undefined || isOver(session, at)) return undefined;
    const { person, usedAt } = session;
    if (at.getTime() - usedAt.getTime() >= NOTE_EVERY)
      await gates.advance({ table: 'identity.session', person, id: session.id }, 'used_at', at);
    return session;
  };
}

/** One session by number, whatever has become of it; it acts in this very call, so it is there. */
export async function readSession(gates: Gates, id: string): Promise<Session> {
  const [row] = await gates
    .use('sign-in', SYSTEM)
    .rows<SessionRow>(`select ${COLUMNS}, ${STANDING('s.person')} from identity.session s where s.id = $1`, [
      id,
    ]);
  if (row === undefined) throw new Refusal('identity.signed-out');
  return sessionOf(row);
}

/** The open sessions of a person, the newest first. */
export async function sessionsOf(gates: Gates, person: string, at: Date): Promise<Session[]> {
  const rows = await gates.use('sign-in', SYSTEM).rows<SessionRow>(
    `select ${COLUMNS}, ${STANDING('s.person')}
         from identity.session s where s.person = $1 and s.expires_at > $2 and ${OPEN} order by s.began_at desc, s.id`,
    [person, at],
  );
  return rows.map(sessionOf).filter((session) => !isOver(session, at));
}

/** Ends sessions for good; a second time is no error. By the person themselves, unless somebody else is named. */
export async function signOut(
  gates: Gates,
  sessions: readonly string[],
  person: string,
  at: Date,
  actor: Actor = { kind: 'person', id: person },
): Promise<void> {
  if (sessions.length === 0) return;
  await gates.trace({
    purpose: 'sign-in',
    act: 'sign-out',
    person,
    actor,
    at,
    rows: sessions.map((session) => signOutRow(session, person, at)),
  });
}

function signOutRow(session: string, person: string, at: Date): Row {
  return { table: 'identity.sign_out', values: { person, session, at }, once: true };
}

/** Who acts, seen from a session: staff when they have a role, else a person. */
function actorOf({ person: id, roles }: Session): Actor {
  return roles.length > 0 ? { kind: 'staff', id, roles } : { kind: 'person', id };
}

/**
 * What a session amounts to: who acts, and what it lacks. A second factor is asked of staff, of whom `needsSecondFactor`
 * names, such as a client's owners, and of everybody who has one.
 */
export async function visitorOf(
  session: Session,
  needsSecondFactor: (session: Pick<Session, 'person' | 'beganAt'>) => Promise<boolean>,
): Promise<{ actor: Actor; session: string; expiresAt: Date; provedAt: Date; lacks?: Lack }> {
  const { id, roles, second, means, expiresAt, provedAt } = session;
  const needs = !isWhole(means) && (second || roles.length > 0 || (await needsSecondFactor(session)));
  const lacks: Lack | undefined = needs ? (second ? 'proof' : 'set-up') : undefined;
  return { actor: actorOf(session), session: id, expiresAt, provedAt, lacks };
}

/** The roles that a member of staff has now. */
export async function rolesOf(gates: Gates, person: string): Promise<readonly string[]> {
  return (await standingOf(gates, person)).roles;
}

async function standingOf(gates: Gates, person: string): Promise<{ roles: string[]; second: boolean }> {
  const [row] = await gates
    .use('sign-in', SYSTEM)
    .rows<{ roles: string[]; second: boolean }>(`select ${STANDING('$1')}`, [person]);
  return row!;
}
