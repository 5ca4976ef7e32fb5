/** Shapes of what was found of the promises, and of what leaves. */
import { z } from 'zod';
import { StandingHold } from '#gates/answers.ts';
import { Both, Clause, Count, Day, Id, Moment, named, text, Version } from '#gates/shapes.ts';
import type { PromisesAnswer as PromisesForm, PublicPromise } from '#gates/watch/promises.ts';
import type { Verdict } from '#statement/verdict.ts';

export type { PublicPromise };

const Promised: z.ZodType<PublicPromise> = named(
  'PublicPromise',
  z.strictObject({
    clause: Clause,
    title: Both,
    state: z
      .enum(['holds', 'broken', 'not-yet', 'unknown'])
      .describe('`unknown` until a server has proved the version in force.'),
    checkedAt: Moment.nullable(),
    checks: z.array(
      z.strictObject({
        title: Both,
        ok: z.boolean(),
        kinds: Count.describe('In how many ways it is broken; what they are is for the operator.'),
        looked: Both,
      }),
    ),
    why: Both.optional().describe('Why nothing can show it yet.'),
  }),
);

/** Every promise and whether it holds, without anything on anyone. */
export type PromisesAnswer = PromisesForm;
export const PromisesAnswer: z.ZodType<PromisesForm> = named(
  'PromisesAnswer',
  z.strictObject({
    statement: Version,
    checkedAt: Moment.nullable(),
    promises: Count,
    holds: Count,
    broken: Count,
    notYet: Count,
    unknown: Count,
    clauses: z.array(Promised),
  }),
);

/** What `hjemmel prove --json` prints. */
export type ProofAnswer = Verdict;
export const ProofAnswer: z.ZodType<Verdict> = named(
  'ProofAnswer',
  z.strictObject({
    ok: z.boolean().describe('True when at least one check ran and none found anything.'),
    statement: Version,
    at: Moment,
    checks: z.array(
      z.strictObject({
        clause: Clause,
        title: text('Every stored item has a source.'),
        titleNb: text('Alt som er lagret, har en kilde.'),
        ok: z.boolean(),
        found: Count.describe('How often something was found that the clause rules out.'),
        kinds: Count.describe('In how many different ways.'),
        detail: text('Names of columns, tables and roles, or exactly what was counted.'),
        looked: Both,
        unseen: text('57014').optional().describe('The code of what kept the check from being carried out.'),
      }),
    ),
    notYet: z.array(
      z.strictObject({
        clause: Clause,
        title: text('Only with consent'),
        why: text('There is nothing to look at yet.'),
        whyNb: text('Det er ikke noe å se på ennå.'),
      }),
    ),
  }),
);

/** Oldest first: the last thirty days, and before that each run in which a clause changed its state. */
export type RunsAnswer = z.infer<typeof RunsAnswer>;
export const RunsAnswer = named(
  'RunsAnswer',
  z.strictObject({
    runs: z.array(
      z.strictObject({
        at: Moment,
        statement: Version,
        ok: z.boolean(),
        holds: Count.describe('Clauses.'),
        broken: Count,
        notYet: Count,
        changed: z.boolean(),
        took: Count.describe('Milliseconds.'),
      }),
    ),
  }),
);

export type ForecastAnswer = z.infer<typeof ForecastAnswer>;
export const ForecastAnswer = named(
  'ForecastAnswer',
  z.strictObject({
    from: Moment,
    days: Count,
    clauses: z.array(
      z.strictObject({
        clause: Clause,
        rows: Count,
        byDay: z.array(z.strictObject({ date: Day, rows: Count })),
      }),
    ),
  }),
);

/** The first 500 rows of a clause, soonest first. */
export type OpenedAnswer = z.infer<typeof OpenedAnswer>;
export const OpenedAnswer = named(
  'OpenedAnswer',
  z.strictObject({
    clause: Clause,
    days: Count,
    rows: z.array(
      z.strictObject({
        table: text('vault.person'),
        what: Both,
        person: Id.nullable().describe('Null where only a keyed hash is kept.'),
        date: Day,
      }),
    ),
    more: z.boolean().describe('True when there are others.'),
  }),
);

export type KeepRoundsAnswer = z.infer<typeof KeepRoundsAnswer>;
export const KeepRoundsAnswer = named(
  'KeepRoundsAnswer',
  z.strictObject({
    rounds: z.array(
      z.strictObject({
        id: Count,
        at: Moment,
        state: z.enum(['done', 'running', 'cut-short']),
        step: Count,
        steps: Count,
        erased: Count,
        results: z.array(z.strictObject({ clause: Clause, rows: Count })),
      }),
    ),
  }),
);

export type HoldsAnswer = z.infer<typeof HoldsAnswer>;
export const HoldsAnswer = named('HoldsAnswer', z.strictObject({ holds: z.array(StandingHold) }));

/** What a receipt is checked with. */
export const KeyAnswer = named(
  'KeyAnswer',
  z.strictObject({
    algorithm: z.literal('Ed25519'),
    key: text('MCowBQYDK2VwAyEA', 'SPKI DER, base64url.'),
    id: text('9c1f0a7be2d34c58', 'First 16 hex digits of SHA-256 over it.'),
  }),
);
