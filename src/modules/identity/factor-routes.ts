import { z } from 'zod';
import { type Call, route } from '#gates/module.ts';
import { OpenedSession } from '#gates/shapes.ts';
import { addGenerator, newGenerator, renewRecoveryCodes } from './codes.ts';
import { type Factor, factorsOf, removeFactor } from './factors.ts';
import { setPassword } from './passwords.ts';
import { begun, own } from './session-call.ts';
import { CodeSecret, FactorsAnswer, RecoveryCodes } from './shapes.ts';

const shown = ({ id, kind, name, addedAt, usedAt }: Factor) => ({
  id,
  kind,
  name,
  addedAt: addedAt.toISOString(),
  usedAt: usedAt.toISOString(),
});

/** What a person signs in with; never with a secret. Recovery codes are told by how many are left. */
async function all({ gates, actor }: Call<unknown>) {
  const factors = await factorsOf(gates, actor.id!);
  return {
    factors: factors.filter(({ kind }) => kind !== 'recovery').map(shown),
    recoveryCodes: factors.filter(({ kind }) => kind === 'recovery').length,
  };
}

/** Ways of signing in, seen and changed by whose they are. Each change asks for a fresh proof. */
export const factorRoutes = [
  route({
    method: 'GET',
    path: '/me/factors',
    about:
      'What the person signs in with: kind, name, since when, used when; and how many recovery codes are left.',
    who: 'person',
    lacking: 'any',
    outcome: 'read',
    answers: FactorsAnswer,
    handle: all,
  }),
  route({
    method: 'PUT',
    path: '/me/password',
    about:
      'Sets a password: 15 characters or more, 8 beside a second factor, none that is common. Takes the place of one that is there.',
    who: 'person',
    body: z.strictObject({ password: z.string().max(1000) }),
    fresh: true,
    outcome: 'read',
    answers: FactorsAnswer,
    refuses: [
      'collect.invalid-field',
      'collect.card-number',
      'identity.short-password',
      'identity.common-password',
      'identity.wait',
    ],
    rate: 30,
    handle: async (call) => {
      await setPassword(call.gates, call.actor.id!, call.body.password, call.at);
      return all(call);
    },
  }),
  route({
    method: 'POST',
    path: '/me/code-secrets',
    about:
      'What a code generator is set up with, as text and as an otpauth URI. Kept only once a code has come of it.',
    who: 'person',
    lacking: 'set-up',
    fresh: true,
    outcome: 'read',
    answers: CodeSecret,
    handle: ({ gates, actor, at }) => newGenerator(gates, actor.id!, at),
  }),
  route({
    method: 'PUT',
    path: '/me/code-generator',
    about:
      'Adds a code generator by a code that it made, in place of one that is there. The code counts as a proof: a new cookie takes the place of the old.',
    who: 'person',
    lacking: 'set-up',
    body: z.strictObject({ secret: z.string().max(100), code: z.string().max(40) }),
    fresh: true,
    outcome: 'created',
    answers: OpenedSession,
    refuses: ['identity.wrong-code'],
    session: 'begins',
    rate: 30,
    handle: async (call) => {
      const from = await own(call);
      return begun(call, await addGenerator(call.gates, call.body, { at: call.at, from }));
    },
  }),
  route({
    method: 'POST',
    path: '/me/recovery-codes',
    about: 'Makes ten recovery codes in place of those that are there. They are told this once.',
    who: 'person',
    fresh: true,
    outcome: 'created',
    answers: RecoveryCodes,
    rate: 30,
    handle: async ({ gates, actor, at }) => ({ codes: await renewRecoveryCodes(gates, actor.id!, at) }),
  }),
  route({
    method: 'DELETE',
    path: '/me/factors/:factor',
    about: 'Removes a way of signing in; recovery codes go with the last second factor.',
    who: 'person',
    fresh: true,
    outcome: 'read',
    answers: FactorsAnswer,
    refuses: ['identity.unknown-factor', 'identity.needed-factor'],
    handle: async (call) => {
      const { gates, actor, params, at } = call;
      const must = (actor.roles?.length ?? 0) > 0;
      await removeFactor(gates, actor.id!, params.factor!, { at, must });
      return all(call);
    },
  }),
];
