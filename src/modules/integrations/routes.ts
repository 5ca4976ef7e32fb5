import { scopesOffered } from '#gates/actor.ts';
import { route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { clientRoutes } from './client-routes.ts';
import { MAKING, TokenMade, TokenRequest, TokensAnswer } from './shapes.ts';
import { endToken, listTokens, makeToken } from './tokens.ts';

const administrator = { who: 'staff', role: 'administrator' } as const;

/** Keys for other systems, made and ended by an administrator. A key never reaches these. */
export const routes = [
  route({
    method: 'GET',
    path: '/tokens',
    about:
      'The operator’s keys for other systems, newest first, those that are over among them. No key is told.',
    ...administrator,
    pages: PAGES,
    outcome: 'read',
    answers: TokensAnswer,
    handle: async ({ gates, actor, at, page }) => ({
      ...(await listTokens({ gates, actor, at }, page)),
      offered: scopesOffered(gates.statement),
    }),
  }),
  route({
    method: 'POST',
    path: '/tokens',
    about: 'Makes a key for another system. The answer has it, once; whoever loses it makes another.',
    ...administrator,
    fresh: true,
    body: TokenRequest,
    outcome: 'created',
    answers: TokenMade,
    tells: 'once',
    refuses: MAKING,
    handle: ({ gates, body, actor, at }) =>
      makeToken({ gates, actor, at }, body, scopesOffered(gates.statement)),
  }),
  route({
    method: 'DELETE',
    path: '/tokens/:token',
    about: 'Ends a key, at once.',
    ...administrator,
    outcome: 'done',
    refuses: ['integrations.unknown-token'],
    handle: async ({ gates, params, actor, at }) => {
      await endToken({ gates, actor, at }, params.token!);
    },
  }),
  ...clientRoutes,
];
