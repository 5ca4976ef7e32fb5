import { z } from 'zod';
import { type Call, type Route, route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { Count, Day, Id, Moment, Next, named, text } from '#gates/shapes.ts';

const Act = z
  .string()
  .max(60)
  .meta({ examples: ['invoices.remind'] })
  .describe('What to do with each: the name of a list and of the act.');
const Choice = z
  .record(z.string().max(20), z.string().max(40))
  .meta({ examples: [{ which: 'due' }] })
  .describe('What the list is cut by, in place of `rows`: all that it finds.');
const Asked = {
  act: Act,
  rows: z.array(Id).max(1000).optional().describe('Numbers of the rows that are meant.'),
  choice: Choice.optional(),
  of: Id.optional().describe('In place of both: the rows that this earlier run did.'),
};
const CountBody = z.strictObject(Asked);
const RunBody = z.strictObject({
  ...Asked,
  date: Day.optional().describe('For acts that are noted by a day.'),
});

export type BulkCountAnswer = z.infer<typeof BulkCountAnswer>;
const BulkCountAnswer = named('BulkCountAnswer', z.strictObject({ rows: Count }));
export type BulkBegunAnswer = z.infer<typeof BulkBegunAnswer>;
const BulkBegunAnswer = named('BulkBegunAnswer', z.strictObject({ run: Id }));
const Head = {
  run: Id,
  act: Act,
  date: Day.nullable(),
  at: Moment,
  mine: z.boolean().describe('Whether whoever asks began it.'),
  rows: Count,
  done: Count,
  refused: Count,
  state: z
    .enum(['running', 'waiting', 'done'])
    .describe('`waiting`: no process has it yet, or the one that had it is gone and another will go on.'),
};
export type BulkRunAnswer = z.infer<typeof BulkRunAnswer>;
const BulkRunAnswer = named(
  'BulkRunAnswer',
  z.strictObject({
    ...Head,
    results: z.array(
      z.strictObject({
        id: Id,
        name: text('10042').nullable(),
        came: text('billing.settled')
          .nullable()
          .describe('Null for nothing yet, `done`, `failed`, or the code of a refusal.'),
      }),
    ),
    next: Next,
  }),
);
export type BulkRunsAnswer = z.infer<typeof BulkRunsAnswer>;
const BulkRunsAnswer = named(
  'BulkRunsAnswer',
  z.strictObject({ runs: z.array(z.strictObject(Head)), next: Next }),
);

const staff = { who: 'staff' } as const;
const refuses = ['bulk.unknown-act', 'bulk.too-many', 'collect.invalid-field'] as const;

/** What staff do with many rows of a list at once; which role may is the act's own to say. */
export const bulkRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/bulk-counts',
    about: 'How many rows an act would be tried on. It changes nothing and looks at nobody.',
    ...staff,
    body: CountBody,
    outcome: 'read',
    answers: BulkCountAnswer,
    refuses,
    handle: async ({ gates, body, actor, at }) => ({ rows: await gates.bulk.count(body, actor, at) }),
  }),
  route({
    method: 'POST',
    path: '/bulk-runs',
    about:
      'Does one thing with many rows of a list. It goes on by itself; ask for the run to see how far it is.',
    ...staff,
    body: RunBody,
    outcome: 'accepted',
    answers: BulkBegunAnswer,
    refuses: [...refuses, 'bulk.nothing-chosen', 'collect.missing-field'],
    handle: async ({ gates, body, actor, at }) => ({ run: await gates.bulk.begin(body, actor, at) }),
  }),
  route({
    method: 'GET',
    path: '/bulk-runs',
    about:
      'Runs of the last 30 days, the newest first: those of acts that the caller may, whoever began them.',
    ...staff,
    pages: { usual: 20, most: 100 },
    outcome: 'read',
    answers: BulkRunsAnswer,
    handle: ({ gates, page, actor, at }: Call<undefined>) => gates.bulk.runs(page, actor, at),
  }),
  route({
    method: 'GET',
    path: '/bulk-runs/:run',
    about: 'How far a run has come, and what came of each row.',
    ...staff,
    pages: PAGES,
    outcome: 'read',
    answers: BulkRunAnswer,
    refuses: ['bulk.unknown-run', 'bulk.unknown-act'],
    handle: ({ gates, params, page, actor, at }: Call<undefined>) =>
      gates.bulk.view(params.run!, page, actor, at),
  }),
];
