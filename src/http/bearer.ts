import type { Actor } from '#gates/actor.ts';
import type { ClientKey, Member, Route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Right } from '#gates/rights.ts';

/** Most calls a minute with one key. */
export const CALLS_BY_TOKEN = 6000;

/** The key in an Authorization header (RFC 6750 section 2.1); undefined when there is none, or another scheme. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/** What a route says of the keys that reach it. */
export type KeyRule = Pick<Route, 'who' | 'scope' | 'right' | 'keys'>;

/**
 * Refuses a key that a route is not for: the operator's where it was not given the purpose, a client's where the route is
 * not for its users or for people alone. A route that says nothing is closed to keys: what is a person's own, sessions,
 * and the keys themselves.
 */
export function demandScope(
  { who, scope, keys }: KeyRule,
  { actor, key }: { readonly actor: Actor; readonly key?: ClientKey },
): void {
  if (who === 'anybody') return;
  const open =
    key === undefined
      ? scope !== undefined && actor.purposes?.includes(scope)
      : who === 'member' && keys !== undefined && keys !== false;
  if (!open) throw new Refusal('integrations.out-of-scope');
}

/** The rights that a member's route asks of a key of the client. */
export function rightsAsked({ right, keys }: Pick<Route, 'right' | 'keys'>): Right[] {
  return [right, keys].filter((one): one is Right => typeof one === 'string');
}

/**
 * What a key may do for its client now: what it was given, as far as whoever made it may still do that themselves. Refuses
 * what it may not.
 */
export function throughKey(route: Pick<Route, 'right' | 'keys'>, member: Member, key: ClientKey): Member {
  const rights = member.rights.filter((right) => key.rights.includes(right));
  if (rightsAsked(route).some((right) => !rights.includes(right)))
    throw new Refusal('integrations.out-of-scope');
  return { ...member, level: 'key', rights, key: key.name };
}
