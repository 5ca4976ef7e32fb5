import { type Route, route } from '#gates/module.ts';
import type { Watch } from '#gates/watch/watch.ts';
import { PromisesAnswer, RunsAnswer } from '../contract/proof.ts';

/** How long a verdict may be kept on its way, in seconds: a promise that was broken should not look whole for long. */
const MINUTE = 60;

/** What the server has found of its own promises: the last verdict for everybody, and those before it for staff. */
export function proofRoutes(watch: Pick<Watch, 'promises' | 'runs'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/promises',
      about: 'Every promise of the statement in force, and whether the last proof found it kept.',
      who: 'anybody',
      outcome: 'read',
      answers: PromisesAnswer,
      keeps: MINUTE,
      handle: () => watch.promises.fresh(),
    }),
    route({
      method: 'GET',
      path: '/proof/runs',
      about: 'Proofs that the server carried out by itself, oldest first.',
      who: 'staff',
      role: 'privacy',
      scope: 'accountability',
      outcome: 'read',
      answers: RunsAnswer,
      handle: async (): Promise<RunsAnswer> => ({
        runs: (await watch.runs()).map(({ id: _id, at, ...run }) => ({ ...run, at: at.toISOString() })),
      }),
    }),
  ];
}
