import { randomUUID } from 'node:crypto';
import { type Call, route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { lendable } from '#gates/rights.ts';
import { ClientTokensAnswer, MAKING, TokenMade, TokenRequest } from './shapes.ts';
import { endToken, listTokens, makeToken, type Ring, rowsOf } from './tokens.ts';

/** Making a key is letting somebody in: people do it, and no key makes another. */
const makers = { who: 'member', right: 'keys.manage', keys: false } as const;

const ringOf = ({ gates, actor, at, member }: Call<unknown>) =>
  ({ gates, actor, at, client: member!.client }) satisfies Ring;

/** Keys for the systems of a client, made by users who have the right, for what they may do there themselves. */
export const clientRoutes = [
  route({
    method: 'GET',
    path: '/clients/:client/tokens',
    about:
      'Keys that the client’s systems call by, newest first, those that are over among them. No key is told.',
    ...makers,
    pages: PAGES,
    outcome: 'read',
    answers: ClientTokensAnswer,
    handle: async (call) => {
      const ring = ringOf(call);
      const { tokens, next } = await listTokens(ring, call.page);
      const makers = [...new Set(tokens.map(({ madeBy }) => madeBy))];
      const seen = await rowsOf(ring).people(makers, ['name'], 'client.keys', call.at);
      return {
        tokens: tokens.map((token) => ({ ...token, maker: seen.get(token.madeBy)?.name ?? null })),
        offered: lendable(call.member!.rights),
        next,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/clients/:client/tokens',
    about:
      'Makes a key for one of the client’s systems. The answer has it, once; whoever loses it makes another.',
    ...makers,
    fresh: true,
    body: TokenRequest,
    outcome: 'created',
    answers: TokenMade,
    tells: 'once',
    refuses: MAKING,
    handle: async (call) => {
      const ring = ringOf(call);
      const made = await makeToken(ring, call.body, lendable(call.member!.rights));
      await noted(ring, 'key.made', made.name);
      return made;
    },
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/tokens/:token',
    about: 'Ends a key of the client, at once.',
    ...makers,
    outcome: 'done',
    refuses: ['integrations.unknown-token'],
    handle: async (call) => {
      const ring = ringOf(call);
      const { name, endedAt } = await endToken(ring, call.params.token!);
      if (endedAt === null) await noted(ring, 'key.ended', name);
    },
  }),
];

/** Tells it in the client's log. */
function noted(
  { gates, actor, at, client }: ReturnType<typeof ringOf>,
  act: 'key.made' | 'key.ended',
  what: string,
) {
  const person = actor.id!;
  const values = { person, id: randomUUID(), client, act, what, at };
  return gates.trace({
    purpose: 'agreement',
    act,
    person,
    actor,
    at,
    rows: [{ table: 'customers.event', values }],
  });
}
