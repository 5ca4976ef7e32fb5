import { z } from 'zod';
import { route } from '#gates/module.ts';
import { OpenedSession } from '#gates/shapes.ts';
import { addPasskey, newPasskeyOptions, type Place, signInByPasskey, signInOptions } from './passkeys.ts';
import { begun, former, own } from './session-call.ts';
import { PasskeyCreation, PasskeyRequest } from './shapes.ts';

const Bytes = z.string().max(8000);

/** Passkeys, for the place that pages are reached at. */
export function passkeyRoutes(place: Place) {
  return [
    route({
      method: 'POST',
      path: '/sign-in/passkey-options',
      about: 'What a browser is asked to sign with a passkey (WebAuthn). Counts once, for five minutes.',
      who: 'anybody',
      outcome: 'read',
      answers: PasskeyRequest,
      rate: 120,
      handle: async ({ gates, at }) => signInOptions(gates, place, at),
    }),
    route({
      method: 'POST',
      path: '/sessions/passkey',
      about:
        'Opens a session by what a passkey signed, or shows again whose the present one is. Two factors by itself.',
      who: 'anybody',
      body: z.strictObject({ id: Bytes, clientData: Bytes, authenticatorData: Bytes, signature: Bytes }),
      outcome: 'created',
      answers: OpenedSession,
      refuses: ['identity.wrong-passkey'],
      session: 'begins',
      rate: 60,
      handle: async (call) => {
        const { gates, body, at } = call;
        return begun(call, await signInByPasskey(gates, place, body, { at, from: await former(call) }));
      },
    }),
    route({
      method: 'POST',
      path: '/me/passkey-options',
      about: 'What a browser is asked to make a passkey from.',
      who: 'person',
      lacking: 'set-up',
      fresh: true,
      outcome: 'read',
      answers: PasskeyCreation,
      handle: ({ gates, actor, at }) => newPasskeyOptions(gates, place, actor.id!, at),
    }),
    route({
      method: 'POST',
      path: '/me/passkeys',
      about:
        'Adds a passkey that a browser made. It counts as a proof: a new cookie takes the place of the old.',
      who: 'person',
      lacking: 'set-up',
      body: z.strictObject({
        id: Bytes,
        clientData: Bytes,
        attestation: Bytes,
        name: z.string().max(100).optional(),
      }),
      fresh: true,
      outcome: 'created',
      answers: OpenedSession,
      refuses: [
        'identity.wrong-passkey',
        'identity.factor-taken',
        'collect.invalid-field',
        'collect.national-identity-number',
        'collect.card-number',
      ],
      session: 'begins',
      rate: 30,
      handle: async (call) => {
        const from = await own(call);
        return begun(call, await addPasskey(call.gates, place, call.body, { at: call.at, from }));
      },
    }),
  ];
}
