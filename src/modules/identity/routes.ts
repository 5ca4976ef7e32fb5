import { z } from 'zod';
import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { SessionAnswer, Taken } from '#gates/shapes.ts';
import { askForLink, signIn, signOut, whoseLink } from './sessions.ts';
import { SignInRequest } from './shapes.ts';

const Token = z.strictObject({ token: z.string().max(100) });

export const routes = [
  route({
    method: 'POST',
    path: '/sign-in/links',
    about:
      'Mails a one-time sign-in link to an address, if somebody is recorded under it. The answer is always the same.',
    who: 'anybody',
    body: SignInRequest,
    outcome: 'accepted',
    answers: Taken,
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
    refuses: ['identity.link-spent'],
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
    answers: SessionAnswer,
    refuses: ['identity.link-spent'],
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
    id: 'endSession',
    about: 'Ends the session.',
    who: 'person',
    outcome: 'done',
    session: 'ends',
    handle: async ({ session, actor, gates, at }) => signOut(gates, session!, actor.id!, at),
  }),
];
