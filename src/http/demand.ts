import { type Actor, isPersonNumber } from '#gates/actor.ts';
import type { ClientKey, Lack, Member, Route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Statement } from '#statement/grammar.ts';
import { deadlineAfter } from '#statement/rules.ts';
import { demandScope, type KeyRule, throughKey } from './bearer.ts';

/** Who a session's token stands for; the identity module's answer. */
export interface Visitor {
  readonly actor: Actor;
  readonly session: string | undefined;
  readonly expiresAt?: Date;
  /** When it was last shown whose session it is. */
  readonly provedAt?: Date;
  readonly lacks?: Lack;
  /** The person who answers for another system's key. */
  readonly keeper?: string;
  /** What that key may do for a client, where it is a client's. */
  readonly key?: ClientKey;
}

export const NOBODY: Visitor = { actor: { kind: 'visitor' }, session: undefined };

/** Until when a session counts as one whose person has just shown that it is them. */
export function freshUntil(statement: Statement, provedAt: Date): Date {
  return deadlineAfter(statement, 'fresh-proof', provedAt);
}

type Demanding = Pick<Route, 'role' | 'lacking' | 'fresh'> & KeyRule;

/**
 * Refuses a visitor whom a route is not for, before anything else of the request is looked at. A session that lacks its
 * second factor is nobody's yet: all it may do is to show or get one, or end.
 */
export function demand(route: Demanding, visitor: Visitor): void {
  const { actor, lacks } = visitor;
  if (actor.kind === 'integration') {
    demandScope(route, visitor);
    return;
  }
  if (route.who === 'anybody') return;
  if (actor.kind === 'visitor') throw new Refusal('identity.signed-out');
  if (lacks !== undefined && route.lacking !== 'any' && route.lacking !== lacks)
    throw new Refusal('identity.second-factor');
  if (route.who === 'staff' && actor.kind !== 'staff') throw new Refusal('identity.role-missing');
  if (route.role !== undefined && !actor.roles?.includes(route.role))
    throw new Refusal('identity.role-missing');
}

/**
 * Looks up, at each request, what the caller may do for the client that a member's route names: `look` answers with what a
 * person may there, and undefined for who is none of its users. Undefined for any other route.
 */
export async function memberOf(
  route: Route,
  { actor, keeper, key }: Visitor,
  client: string | undefined,
  look: (client: string, person: string) => Promise<Member | undefined>,
): Promise<Member | undefined> {
  if (route.who !== 'member') return undefined;
  const named =
    client !== undefined && isPersonNumber(client) && (key === undefined || key.client === client);
  const member = named ? await look(client, keeper ?? actor.id!) : undefined;
  if (member === undefined) throw new Refusal('customers.unknown-client');
  if (member.state === 'grace' && route.grace !== true) throw new Refusal('customers.no-agreement');
  if (key !== undefined) return throughKey(route, member, key);
  if (route.right !== undefined && !member.rights.includes(route.right))
    throw new Refusal('customers.right-missing');
  return member;
}

/** Who acts: staff with why they look, a member with the client that they act for. */
export function actorOf(
  route: Route,
  { actor, lacks }: Visitor,
  query: Record<string, unknown>,
  member: Member | undefined,
): Actor {
  // Whoever lacks a second factor does what is open to anybody as anybody.
  if (lacks !== undefined && route.who === 'anybody') return NOBODY.actor;
  return {
    ...actor,
    ...(actor.kind === 'staff' ? because(query) : {}),
    ...(member === undefined ? {} : { client: member.client }),
  };
}

/** Staff say why they look in the query, where the route reads it. */
function because({ reason }: Record<string, unknown>): Pick<Actor, 'reason'> {
  return reason === undefined ? {} : { reason: reason as Actor['reason'] };
}

/** Refuses what asks for a fresh proof when the last one is too long ago. */
export function demandFresh(
  { fresh }: Pick<Route, 'fresh'>,
  { provedAt }: Visitor,
  { body, statement, at }: { body: unknown; statement: Statement; at: Date },
): void {
  if (fresh === undefined || (fresh !== true && !fresh(body))) return;
  if (provedAt === undefined || freshUntil(statement, provedAt) <= at)
    throw new Refusal('identity.prove-again');
}

/** The block of addresses that one lies in, as coarse as a household or an office: /24 of IPv4, /48 of IPv6. */
export function blockOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail] = plain.split('%', 1)[0]!.split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.slice(0, 3).join(':')}::/48`;
}
