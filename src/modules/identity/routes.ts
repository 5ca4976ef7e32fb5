import { z } from 'zod';
import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { askForLink, signIn, signOut, whoseLink } from './sessions.ts';

const Language = z.enum(['nb', 'en']);
const Token = z.strictObject({ token: z.string().max(100) });

export const routes = [
  route({
    method: 'POST',
    path: '/sign-in/links',
    about:
      'Mails a one-time sign-in link to an address, if somebody is recorded under it. The answer is always the same.',
    who: 'anybody',
    body: z.strictObject({ email: z.string().max(254), language: Language.optional() }),
    outcome: 'accepted',
    rate: 20,
    handle: async ({ body, gates, at }) => {
      await askForLink(gates, body.email, at);
      return {};
    },
  }),
  route({
    method: 'GET',
    path: '/sign-in/links/:token',
    about: 'Tells whether a sign-in link still works. Changes nothing.',
    who: 'anybody',
    outcome: 'done',
    rate: 60,
    handle: async ({ params, gates, at }) => {
      if ((await whoseLink(gates, params.token!, at)) === undefined) throw new Refusal('identity.link-spent');
    },
  }),
  route({
    method: 'POST',
    path: '/sessions',
    about: 'Opens a session by a sign-in link and sets its cookie. A link opens one session.',
    who: 'anybody',
    body: Token,
    outcome: 'created',
    session: 'begins',
    rate: 60,
    handle: async ({ body, gates, at }) => {
      const session = await signIn(gates, body.token, at);
      return { ...session, token: gates.token('session', session.id) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/sessions/current',
    about: 'Ends the session.',
    who: 'person',
    outcome: 'done',
    session: 'ends',
    handle: async ({ session, actor, gates, at }) => signOut(gates, session!, actor.id!, at),
  }),
];
