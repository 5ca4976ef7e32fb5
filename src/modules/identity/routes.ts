import { z } from 'zod';
import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { OpenedSession, Taken } from '#gates/shapes.ts';
import { proveByCode } from './codes.ts';
import { factorRoutes } from './factor-routes.ts';
import { askForLink, makeLink, whoseLink } from './links.ts';
import { proveByPassword, signInByPassword } from './passwords.ts';
import { begun, former, own } from './session-call.ts';
import { sessionsOf, signInByLink, signOut } from './sessions.ts';
import { Back, EnteredAnswer, SessionsAnswer, SignInRequest } from './shapes.ts';
import { staffRoutes } from './staff-routes.ts';

const Token = z.strictObject({ token: z.string().max(100) });
const Password = z.string().max(1000);

const signInRoutes = [
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
    about:
      'Opens a session by a sign-in link and sets its cookie; `back` names the page that the link was asked for on. A link opens one session.',
    who: 'anybody',
    body: Token,
    outcome: 'created',
    answers: EnteredAnswer,
    refuses: ['identity.link-spent'],
    session: 'begins',
    rate: 60,
    handle: async (call) => {
      const session = await signInByLink(call.gates, call.body.token, {
        at: call.at,
        from: await former(call),
      });
      return { ...begun(call, session), back: session.back };
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/password',
    about:
      'Opens a session by address and password. A wrong one, none and an unknown address are the same refusal; who guesses waits longer and longer.',
    who: 'anybody',
    body: z.strictObject({ email: z.string().max(254), password: Password }),
    outcome: 'created',
    answers: OpenedSession,
    refuses: ['identity.wrong-factor', 'identity.wait', 'collect.invalid-field'],
    session: 'begins',
    rate: 60,
    handle: async (call) => {
      const { body, gates, block, at } = call;
      return begun(call, await signInByPassword(gates, { ...body, block }, { at, from: await former(call) }));
    },
  }),
];

const sessionRoutes = [
  route({
    method: 'DELETE',
    path: '/sessions/current',
    id: 'endSession',
    about: 'Ends the session.',
    who: 'person',
    lacking: 'any',
    outcome: 'done',
    session: 'ends',
    handle: async ({ session, actor, gates, at }) => signOut(gates, [session!], actor.id!, at),
  }),
  route({
    method: 'POST',
    path: '/sessions/current/links',
    about:
      'Mails a one-time link to whoever is signed in, to show that it is them; `back` is the page that it leads to.',
    who: 'person',
    lacking: 'set-up',
    body: z.strictObject({ back: Back.optional() }),
    outcome: 'accepted',
    answers: Taken,
    rate: 20,
    handle: async ({ body, actor, gates, at }) => {
      await makeLink(gates, actor.id!, at, { back: body.back });
      return {};
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/current/password',
    about: 'Shows again whose the session is by password. A new cookie takes the place of the old.',
    who: 'person',
    lacking: 'any',
    body: z.strictObject({ password: Password }),
    outcome: 'created',
    answers: OpenedSession,
    refuses: ['identity.wrong-factor', 'identity.wait'],
    session: 'begins',
    rate: 60,
    handle: async (call) => {
      const { body, gates, block, at } = call;
      const from = await own(call);
      return begun(call, await proveByPassword(gates, { password: body.password, block }, { at, from }));
    },
  }),
  route({
    method: 'POST',
    path: '/sessions/current/code',
    about:
      'Shows the second factor by a code from a generator, or a recovery code. A new cookie takes the place of the old.',
    who: 'person',
    lacking: 'any',
    body: z.strictObject({ code: z.string().max(40) }),
    outcome: 'created',
    answers: OpenedSession,
    refuses: ['identity.wrong-code', 'identity.wait'],
    session: 'begins',
    rate: 60,
    handle: async (call) => {
      const { body, gates, block, at } = call;
      const from = await own(call);
      return begun(call, await proveByCode(gates, { code: body.code, block }, { at, from }));
    },
  }),
  route({
    method: 'GET',
    path: '/me/sessions',
    about: 'Where the person is signed in: since when, used when, by which means, and which is this one.',
    who: 'person',
    outcome: 'read',
    answers: SessionsAnswer,
    handle: async ({ session, actor, gates, at }) => ({
      sessions: (await sessionsOf(gates, actor.id!, at)).map((one) => ({
        id: one.id,
        current: one.id === session,
        beganAt: one.beganAt.toISOString(),
        usedAt: one.usedAt.toISOString(),
        expiresAt: one.expiresAt.toISOString(),
        means: [...one.means],
      })),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:session',
    about: 'Ends one of the person’s sessions.',
    who: 'person',
    outcome: 'done',
    refuses: ['identity.unknown-session'],
    handle: async ({ params, actor, gates, at }) => {
      const open = await sessionsOf(gates, actor.id!, at);
      if (!open.some(({ id }) => id === params.session)) throw new Refusal('identity.unknown-session');
      await signOut(gates, [params.session!], actor.id!, at);
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions',
    about: 'Ends all of the person’s sessions but this one.',
    who: 'person',
    outcome: 'done',
    handle: async ({ session, actor, gates, at }) => {
      const open = await sessionsOf(gates, actor.id!, at);
      const others = open.map(({ id }) => id).filter((id) => id !== session);
      await signOut(gates, others, actor.id!, at);
    },
  }),
];

export const routes = [...signInRoutes, ...sessionRoutes, ...factorRoutes, ...staffRoutes];
