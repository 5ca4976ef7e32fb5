import { scopesOffered } from '#gates/actor.ts';
import { route } from '#gates/module.ts';
import { TokenMade, TokenRequest, TokensAnswer } from './shapes.ts';
import { endToken, listTokens, makeToken } from './tokens.ts';

const administrator = { who: 'staff', role: 'administrator' } as const;

/** Keys for other systems, made and ended by an administrator. A key never reaches these. */
export const routes = [
  route({
    method: 'GET',
    path: '/tokens',
    about: 'Keys that other systems call by, newest first, those that are over among them. No key is told.',
    ...administrator,
    pages: { usual: 50, most: 200 },
    outcome: 'read',
    answers: TokensAnswer,
    handle: async ({ gates, actor, page }) => ({
      ...(await listTokens(gates, actor, page)),
      offered: scopesOffered(gates.statement),
    }),
  }),
  route({
    method: 'POST',
    path: '/tokens',
    about: 'Makes a key for another system. The answer has it, once; whoever loses it makes another.',
    ...administrator,
    body: TokenRequest,
    outcome: 'created',
    answers: TokenMade,
    tells: 'once',
    refuses: ['integrations.unknown-scope', 'collect.national-identity-number'],
    handle: ({ gates, body, actor, at }) =>
      makeToken(gates, body, actor, { offered: scopesOffered(gates.statement), at }),
  }),
  route({
    method: 'DELETE',
    path: '/tokens/:token',
    about: 'Ends a key, at once.',
    ...administrator,
    outcome: 'done',
    refuses: ['integrations.unknown-token'],
    handle: ({ gates, params, actor, at }) => endToken(gates, params.token!, actor, at),
  }),
];
