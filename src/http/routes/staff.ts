import { z } from 'zod';
import { AccessAnswer, ErasureAnswer } from '#gates/answers.ts';
import { type Route, route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { Reason } from '#gates/shapes.ts';
import { ProofAnswer } from '../contract/proof.ts';
import { CorrectionBody, changesOf } from './me.ts';

const CORRECTING = [
  'answer.unknown-person',
  'answer.address-taken',
  'answer.needed-item',
  'collect.missing-field',
  'collect.invalid-field',
  'collect.national-identity-number',
] as const;

/** What privacy staff do for a person who asks by letter or phone; every act is in the person's own log. */
export function staffRoutes(prove: (at: Date) => Promise<ProofAnswer>): Route[] {
  let running: Promise<ProofAnswer> | undefined;
  return [
    route({
      method: 'GET',
      path: '/persons/:person/items',
      about: 'Everything held on a person (art. 15). Asks for a reason, which they read in their log.',
      who: 'staff',
      role: 'privacy',
      query: z.object({ reason: Reason }),
      outcome: 'read',
      answers: AccessAnswer,
      refuses: ['answer.unknown-person', 'use.reason-missing'],
      handle: (call) => call.gates.answer.access(call.params.person!, call.actor, call.at),
    }),
    route({
      method: 'PATCH',
      path: '/persons/:person',
      about: 'Corrects what is held on a person (art. 16).',
      who: 'staff',
      role: 'privacy',
      body: CorrectionBody,
      outcome: 'done',
      refuses: CORRECTING,
      handle: async (call) => {
        if (Object.keys(call.body).length === 0) throw new Refusal('collect.missing-field');
        await call.gates.answer.correct(call.params.person!, changesOf(call.body), call.actor, call.at);
      },
    }),
    route({
      method: 'DELETE',
      path: '/persons/:person',
      about: 'Erases a person (art. 17). Answers with the number of a signed receipt.',
      who: 'staff',
      role: 'privacy',
      outcome: 'read',
      answers: ErasureAnswer,
      refuses: ['answer.unknown-person', 'answer.held'],
      handle: (call) => call.gates.answer.erase(call.params.person!, call.actor, call.at),
    }),
    route({
      method: 'GET',
      path: '/proof',
      about: 'Checks every promise against the live data.',
      who: 'staff',
      role: 'privacy',
      scope: 'accountability',
      outcome: 'read',
      answers: ProofAnswer,
      // A proof reads whole tables: whoever asks while one runs gets its answer.
      handle: ({ at }) => {
        running ??= prove(at).finally(() => {
          running = undefined;
        });
        return running;
      },
    }),
  ];
}
