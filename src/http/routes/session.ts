import { type Route, route } from '#gates/module.ts';
import { SessionAnswer } from '#gates/shapes.ts';

/** Who is signed in; asked by every page that shows a way in or out. */
export const sessionRoute: Route = route({
  method: 'GET',
  path: '/sessions/current',
  id: 'getSession',
  about: 'Who is signed in with this browser.',
  who: 'person',
  outcome: 'read',
  answers: SessionAnswer,
  handle: async ({ actor, expiresAt }): Promise<SessionAnswer> => ({
    person: actor.id!,
    roles: [...(actor.roles ?? [])],
    expiresAt: expiresAt!.toISOString(),
  }),
});
