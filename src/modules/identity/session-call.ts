import type { Call } from '#gates/module.ts';
import { readSession, type Session } from './sessions.ts';

/** The session that acts, with what it has shown. */
export function own({ gates, session }: Call<unknown>): Promise<Session> {
  return readSession(gates, session!);
}

/** The session that acts when there is one; a new one of the same person takes its place. */
export async function former(call: Call<unknown>): Promise<Session | undefined> {
  return call.session === undefined ? undefined : own(call);
}

/** A session as its cookie is made of it. */
export function begun({ gates }: Call<unknown>, { id, person, roles, expiresAt }: Session) {
  return { id, person, roles, expiresAt, token: gates.token('session', id) };
}
