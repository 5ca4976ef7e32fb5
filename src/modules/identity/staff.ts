import { type Actor, ROLES, type Role, SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Language } from '#statement/grammar.ts';

/** One of the operator's own people, and what they may. */
export interface Colleague {
  readonly person: string;
  readonly name: string | null;
  readonly roles: readonly { readonly role: Role; readonly since: string }[];
}

/** The operator's own people, those of longest standing first. Each is looked at by name. */
export async function staffOf(gates: Gates, actor: Actor, at: Date): Promise<Colleague[]> {
  const handle = gates.use('sign-in', actor);
  const rows = await handle.rows<{ person: string; role: Role; granted_at: Date }>(
    'select person, role, granted_at from identity.staff order by granted_at, person, role',
  );
  const people = [...Map.groupBy(rows, ({ person }) => person)];
  const names = await handle.people(
    people.map(([person]) => person),
    ['name'],
    'staff',
    at,
  );
  return people.map(([person, held]) => ({
    person,
    name: names.get(person)?.name ?? null,
    roles: held.map(({ role, granted_at }) => ({ role, since: granted_at.toISOString() })),
  }));
}

export interface Given {
  readonly email: string;
  /** Needed of whom none is held. */
  readonly name?: string;
  readonly role: Role;
  readonly language?: Language;
}

/** Gives somebody a role, from their next request on (clause `0.security`); they are told by letter. Given twice it is one. */
export async function giveRole(
  gates: Gates,
  { email, name, role, language }: Given,
  actor: Actor,
  at: Date,
): Promise<{ person: string; role: Role }> {
  const handle = gates.use('sign-in', actor);
  const [known] = await handle.find('email', email);
  const held = known && (await handle.people([known], ['name'], 'staff', at)).get(known)?.name;
  if (held === undefined && name === undefined) throw new Refusal('collect.missing-field', ['name']);
  const { person } = await gates.collect({
    point: 'staff.account',
    actor,
    at,
    about: { email },
    gives: (who) => ({
      // What somebody is called is theirs to change once they are known.
      values: {
        ...(held === undefined ? { 'contact.name': name } : {}),
        ...(who.known ? {} : { 'preference.language': language ?? 'nb' }),
      },
      keeps: ['contact.name'],
      rows: [{ table: 'identity.staff', values: { person: who.person, role, granted_at: at }, once: true }],
      letters: [{ kind: 'identity.role-given', purpose: 'sign-in' }],
    }),
  });
  return { person, role };
}

/** Which roles are taken from whom; `evenLast` lets the last go who can give one. */
export interface Taken {
  readonly person: string;
  readonly roles: readonly string[];
  readonly evenLast?: boolean;
}

/**
 * Takes roles away, from their next request on; they are told by letter. Refuses who has none of them, and the last who
 * can give one.
 */
export async function takeRoles(
  gates: Gates,
  { person, roles, evenLast = false }: Taken,
  actor: Actor,
  at: Date,
): Promise<void> {
  const wanted = ROLES.filter((role) => roles.includes(role));
  const held = await gates
    .use('sign-in', actor)
    .rows<{ person: string; role: Role }>('select person, role from identity.staff where role = any($1)', [
      wanted,
    ]);
  const taken = held.filter((one) => one.person === person).map(({ role }) => role);
  if (taken.length === 0) throw new Refusal('answer.unknown-person');
  const administrators = held.filter(({ role }) => role === 'administrator').length;
  if (taken.includes('administrator') && administrators === 1 && !evenLast)
    throw new Refusal('identity.last-administrator');
  await gates.trace({
    purpose: 'sign-in',
    act: 'role-taken',
    person,
    actor,
    at,
    letters: [{ kind: 'identity.role-taken', purpose: 'sign-in' }],
  });
  await gates.answer.endRows(person, 'identity.staff', { role: taken }, SYSTEM, at);
}
