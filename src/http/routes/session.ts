import { type Route, route } from '#gates/module.ts';
import { SessionAnswer } from '#gates/shapes.ts';
import { freshUntil } from '../demand.ts';

/** Who is signed in; asked by every page that shows a way in or out. */
export const sessionRoute: Route = route({
  method: 'GET',
  path: '/sessions/current',
  id: 'getSession',
  about: 'Who is signed in with this browser.',
  who: 'person',
  lacking: 'any',
  outcome: 'read',
  answers: SessionAnswer,
  handle: async ({ actor, expiresAt, provedAt, lacks, gates, at }): Promise<SessionAnswer> => {
    const until = freshUntil(gates.statement, provedAt!);
    return {
      person: actor.id!,
      roles: [...(actor.roles ?? [])],
      expiresAt: expiresAt!.toISOString(),
      freshUntil: until.toISOString(),
      freshFor: Math.max(0, Math.floor((until.getTime() - at.getTime()) / 1000)),
      lacks: lacks ?? null,
    };
  },
});
