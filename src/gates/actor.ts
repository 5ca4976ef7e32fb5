import type { Statement } from '#statement/grammar.ts';
import { Refusal } from './refusal.ts';

/**
 * Who acts: a person on their own data, one of the operator's staff, the product itself, a visitor not signed in, or
 * another system with a key of its own.
 */
export interface Actor {
  readonly kind: 'person' | 'staff' | 'system' | 'visitor' | 'integration';
  /** The person's number, for persons and staff; the key's, for another system. */
  readonly id?: string;
  /** Roles of a staff member. */
  readonly roles?: readonly string[];
  /** Why staff look, where that is asked: one of {@link REASONS}. */
  readonly reason?: Reason;
  /** The client that they act for; set only where their membership was looked up for this very act. */
  readonly client?: string;
  /** Purposes that another system's key was given. */
  readonly purposes?: readonly string[];
}

export const SYSTEM: Actor = { kind: 'system' };
export const VISITOR: Actor = { kind: 'visitor' };

/** What staff can be. */
export const ROLES = ['privacy', 'administrator', 'marketing', 'courses', 'support', 'finance'] as const;
export type Role = (typeof ROLES)[number];

/** What each staff role may act for. A role that is not here, or a purpose not listed, is refused. */
const PURPOSES_OF_ROLE: Readonly<Record<Role, readonly string[]>> = {
  privacy: ['rights', 'accountability', 'customer', 'support', 'duty'],
  administrator: ['customer', 'sign-in'],
  marketing: ['newsletter', 'course-invitations', 'campaign'],
  courses: ['course-documents', 'course-invitations'],
  support: ['support', 'follow-up', 'customer'],
  finance: ['bookkeeping', 'customer'],
};

/** What no key is given: a person's rights are asked for by people, and a key lets nobody in. */
const NEVER_OFFERED: readonly string[] = ['rights', 'sign-in'];

/** The purposes of the statement that another system's key can be given: those that some role of staff acts for. */
export function scopesOffered(statement: Statement): string[] {
  const staff = new Set(Object.values(PURPOSES_OF_ROLE).flat());
  return Object.keys(statement.purposes).filter((id) => staff.has(id) && !NEVER_OFFERED.includes(id));
}

/**
 * Refuses an actor who may not act for a purpose. Staff may by role; a person only for their own sake; whoever acts for a
 * client, for a purpose that is used for one client at a time.
 */
export function demandPurpose(actor: Actor, purpose: string, scoped = false): void {
  if (actor.kind === 'system' || (scoped && actor.client !== undefined)) return;
  if (actor.kind === 'person' && (purpose === 'rights' || purpose === 'sign-in')) return;
  if (actor.kind === 'integration' && actor.purposes?.includes(purpose)) return;
  const allowed = ROLES.some(
    (role) => actor.roles?.includes(role) && PURPOSES_OF_ROLE[role].includes(purpose),
  );
  if (actor.kind !== 'staff' || !allowed) throw new Refusal('use.not-your-purpose');
}

/** Why somebody of the staff may look at one person. Closed: what is written freely may hold anything. */
export const REASONS = ['asked', 'request', 'agreement', 'error', 'security', 'duty'] as const;
export type Reason = (typeof REASONS)[number];

/** Purposes under which staff see so much of a person that they must say why; the person reads it in their log. */
const ASKS_REASON: ReadonlySet<string> = new Set(['rights', 'duty', 'abuse']);

/** Refuses staff who do not say why they look, where the purpose asks for it. */
export function demandReason(actor: Actor, purpose: string): void {
  if (actor.kind === 'staff' && ASKS_REASON.has(purpose) && actor.reason === undefined)
    throw new Refusal('use.reason-missing', ['reason']);
}

const NUMBER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for what can be the number of a person: a UUID as we write it. Anything else is nobody's. */
export function isPersonNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Refuses an actor who is neither the person concerned, nor the product, nor staff with the privacy role; and, to whoever
 * may ask, a number that nobody can have.
 */
export function demandPerson(actor: Actor, person: string): void {
  if (actor.kind === 'visitor') throw new Refusal('identity.signed-out');
  const isSelf = actor.kind === 'system' || actor.id === person;
  if (!isSelf && (actor.kind !== 'staff' || !actor.roles?.includes('privacy')))
    throw new Refusal('identity.role-missing');
  if (!isPersonNumber(person)) throw new Refusal('answer.unknown-person');
}

/** Refuses an actor who does not act for this client, and a number that no client can have. */
export function demandClient(actor: Actor, client: string): void {
  if ((actor.kind !== 'system' && actor.client !== client) || !isPersonNumber(client))
    throw new Refusal('customers.unknown-client');
}

/** Refuses everybody but staff who look after privacy: the person concerned and the product itself included. */
export function demandPrivacy(actor: Actor): void {
  if (actor.kind === 'visitor') throw new Refusal('identity.signed-out');
  if (actor.kind !== 'staff' || !actor.roles?.includes('privacy')) throw new Refusal('identity.role-missing');
}
