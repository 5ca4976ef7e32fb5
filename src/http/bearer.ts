import type { Actor } from '#gates/actor.ts';
import type { Route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';

/** Most calls a minute with one key. */
export const CALLS_BY_TOKEN = 6000;

/** The key in an Authorization header (RFC 6750 section 2.1); undefined when there is none, or another scheme. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/**
 * Refuses a key that was not given the purpose that a route is for. A route that names none is closed to keys: what is a
 * person's own, sessions, and the keys themselves.
 */
export function demandScope({ who, scope }: Pick<Route, 'who' | 'scope'>, { purposes = [] }: Actor): void {
  if (who === 'anybody') return;
  if (scope === undefined || !purposes.includes(scope)) throw new Refusal('integrations.out-of-scope');
}
