import { z } from 'zod';
import { route } from '#gates/module.ts';
import { deadlineAfter } from '#statement/rules.ts';
import { askElsewhere, type Elsewhere, hearElsewhere } from './providers.ts';
import { begun, former } from './session-call.ts';
import { CameAnswer, ErrandAnswer, ProvidersAnswer } from './shapes.ts';

const Language = z.enum(['nb', 'en']);
const Provider = z.string().max(30);

/** Signing in with others (OpenID Connect), for the place that pages are reached at. */
export function providerRoutes({ origin, elsewhere }: { origin: string; elsewhere: Elsewhere }) {
  return [
    route({
      method: 'GET',
      path: '/sign-in/providers',
      about: 'Whom else one can sign in with.',
      who: 'anybody',
      outcome: 'read',
      answers: ProvidersAnswer,
      handle: async () => ({ providers: elsewhere.list() }),
    }),
    route({
      method: 'POST',
      path: '/sign-in/errands',
      about: 'Where to go to sign in with a provider. A cookie of ten minutes finds the way back.',
      who: 'anybody',
      body: z.strictObject({ provider: Provider, language: Language }),
      outcome: 'created',
      answers: ErrandAnswer,
      refuses: ['identity.unknown-provider', 'identity.provider-away', 'identity.wrong-provider'],
      errand: 'begins',
      rate: 60,
      handle: ({ body, gates, at }) => askElsewhere(gates, elsewhere, { ...body, origin }, at),
    }),
    route({
      method: 'POST',
      path: '/sessions/provider',
      about:
        'Takes somebody back from a provider: `in` with a session, `tied` to whoever is signed in, or `asked` by a letter to answer first.',
      who: 'anybody',
      body: z.strictObject({
        provider: Provider,
        language: Language,
        code: z.string().max(4000),
        state: z.string().max(200),
        iss: z.string().max(400).optional(),
      }),
      outcome: 'created',
      answers: CameAnswer,
      refuses: [
        'identity.unknown-provider',
        'identity.provider-away',
        'identity.wrong-provider',
        'identity.prove-again',
        'identity.factor-taken',
      ],
      session: 'begins',
      errand: 'ends',
      rate: 60,
      handle: async (call) => {
        const { gates, body, at, lacks, provedAt, errand } = call;
        const { provider, language, ...answer } = body;
        const from = lacks === undefined ? await former(call) : undefined;
        const fresh = provedAt !== undefined && deadlineAfter(gates.statement, 'fresh-proof', provedAt) > at;
        const came = await hearElsewhere(
          gates,
          elsewhere,
          { provider, language, origin, errand, answer },
          { at, from, fresh },
        );
        return came.state === 'asked'
          ? { state: came.state }
          : { state: came.state, ...begun(call, came.session) };
      },
    }),
  ];
}
