import { z } from 'zod';
import { Hold, StandingHold } from '#gates/answers.ts';
import { type Route, route } from '#gates/module.ts';

import { HoldsAnswer } from '../contract/proof.ts';

/** Judged by the gate, which says what is wrong with it. */
const date = z
  .string()
  .max(10)
  .meta({ examples: ['2027-03-01'] });
export type HoldRequest = z.infer<typeof HoldBody>;
const HoldBody = z.strictObject({
  why: z.string().max(4000),
  until: date.optional(),
  review: date.optional(),
  untold: z.string().max(400).optional(),
});
const ReviewBody = z.strictObject({ until: date.nullable().optional(), review: date.optional() });

const staff = { who: 'staff', role: 'privacy' } as const;

/** Holds by hand (art. 17(3)): placed, looked at again and released by whoever looks after privacy. */
export const holdRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/holds',
    about: 'Every hold that stands, those to be looked at first on top; no reason is opened.',
    ...staff,
    outcome: 'read',
    answers: HoldsAnswer,
    handle: ({ gates, actor, at }) => gates.answer.holds(actor, at),
  }),
  route({
    method: 'POST',
    path: '/persons/:person/holds',
    about: 'Places a hold on a person: nothing of theirs is deleted until it is released or over.',
    ...staff,
    body: HoldBody,
    outcome: 'created',
    answers: Hold,
    refuses: ['answer.unknown-person', 'collect.invalid-field', 'collect.missing-field'],
    handle: ({ gates, params, body, actor, at }) => gates.answer.hold(params.person!, body, actor, at),
  }),
  route({
    method: 'POST',
    path: '/persons/:person/holds/:hold/reviews',
    about: 'Notes that a hold was looked at again and stays, with the dates it has from then on.',
    ...staff,
    body: ReviewBody,
    outcome: 'created',
    answers: StandingHold,
    refuses: ['answer.unknown-person', 'answer.unknown-hold', 'collect.invalid-field'],
    handle: ({ gates, params, body, actor, at }) =>
      gates.answer.reviewHold(params.person!, params.hold!, body, actor, at),
  }),
  route({
    method: 'DELETE',
    path: '/persons/:person/holds/:hold',
    about: 'Releases a hold: what was due meanwhile goes at the next round of keeping.',
    ...staff,
    outcome: 'done',
    refuses: ['answer.unknown-person', 'answer.unknown-hold'],
    handle: ({ gates, params, actor, at }) =>
      gates.answer.releaseHold(params.person!, params.hold!, actor, at),
  }),
];
