import { SYSTEM } from '#gates/actor.ts';
import type { Restored } from '#gates/module.ts';
import { end } from './lifecycle.ts';

/**
 * What is more than rows when a backup had undone it for a client: a subscription that ended can be taken up again, for as
 * long as before (clause `k.active-12-months`), and the owner is asked to look over who may do what.
 */
export const restored: Restored = {
  again: { 'client.ended': (gates, client, at) => end(gates, client, SYSTEM, at) },
  tell: (gates, client, owner, at) =>
    gates.trace({
      purpose: 'agreement',
      act: 'client.restored',
      person: owner,
      actor: SYSTEM,
      at,
      letters: [{ kind: 'customers.restored', purpose: 'agreement', reference: client, client }],
    }),
};
