/** Shapes of the statement, its versions and plans, as they are answered. */
import { z } from 'zod';
import type { Plan } from '#gates/plan/plan.ts';
import { Both, Clause, Count, Day, Language, Moment, named, Purpose, text, Version } from '#gates/shapes.ts';
import type { Prose as ProseForm, Statement as StatementForm, Text } from '#statement/grammar.ts';
import { jsonSchema } from '#statement/schema.ts';
import type { SideSection as SideSectionForm } from '#statement/side-by-side.ts';

/** The rules have one shape: the editor's. */
const { $schema: _draft, title: _title, ...rules } = jsonSchema();
const Statement = named('Statement', z.fromJSONSchema(rules) as unknown as z.ZodType<StatementForm>).meta({
  description: 'The rules; most of them are left out of the example.',
  examples: [
    {
      version: '3.0',
      updated: '2026-11-27',
      operator: {
        name: 'Prøve AS',
        country: 'NO',
        hosts: ['prove.example'],
        mailbox: 'beredskap@prove.example',
        duties: {},
        authority: { name: 'Datatilsynet', url: 'https://www.datatilsynet.no' },
        consentAge: 13,
        automatedDecisions: false,
      },
      clauses: { '1.1.profile': { title: { nb: 'Når du lager en profil', en: 'When you make a profile' } } },
      categories: {},
      sources: {},
      purposes: {},
      points: {},
      clocks: {},
      storage: {},
      recipients: {},
      cookies: {},
    },
  ],
});

const Span = z.union([
  z.strictObject({ kind: z.enum(['text', 'strong', 'fact']), text: text('Vi lagrer det i 12 måneder.') }),
  z.strictObject({
    kind: z.literal('link'),
    text: text('Datatilsynet'),
    href: text('https://www.datatilsynet.no'),
  }),
]);
const Block = z.union([
  z.strictObject({ kind: z.literal('paragraph'), spans: z.array(Span) }),
  z.strictObject({ kind: z.literal('list'), items: z.array(z.array(Span)) }),
  z.strictObject({
    kind: z.literal('table'),
    caption: text('Informasjonskapsler'),
    head: z.array(text('Navn')),
    rows: z.array(z.array(text('hjemmel'))),
  }),
]);
const Prose: z.ZodType<ProseForm> = named(
  'Prose',
  z.strictObject({
    language: Language,
    title: text('Personvernerklæring'),
    sections: z.array(
      z.strictObject({
        id: text('1.1.profile', 'Anchor of the section: the id of its first clause when it has one.'),
        heading: text('Når du lager en profil'),
        level: z.union([z.literal(2), z.literal(3)]),
        clauses: z.array(Clause),
        blocks: z.array(Block),
      }),
    ),
    mentions: z
      .array(text('storage.behaviour.period'))
      .optional()
      .describe('Paths of the rules that the text shows.'),
  }),
);
export const prose = z.strictObject({ nb: Prose, en: Prose });
const fingerprint = text('2c26b46b68ffc68f', 'SHA-256 over all of it.');

/** A version that is applied and waits: from when it holds, and what of it matters to people, in plain words. */
export type ComingAnswer = z.infer<typeof ComingAnswer>;
const ComingAnswer = named(
  'ComingAnswer',
  z.strictObject({
    version: Version,
    effectiveAt: Moment,
    changes: z.strictObject({
      nb: z.array(text('Vi lagrer bruksdata kortere.')),
      en: z.array(text('We keep usage data for less long.')),
    }),
  }),
);
const versions = z.array(
  z.strictObject({
    version: Version,
    appliedAt: Moment,
    effectiveAt: Moment.describe('When it took or takes effect.'),
    withdrawnAt: Moment.nullable().describe('When it was taken back before that; null when it was not.'),
    fingerprint,
  }),
);

export type StatementAnswer = z.infer<typeof StatementAnswer>;
export const StatementAnswer = named(
  'StatementAnswer',
  z.strictObject({
    version: Version,
    updated: Day,
    fingerprint,
    appliedAt: Moment,
    statement: Statement,
    prose,
    versions,
    coming: ComingAnswer.nullable(),
  }),
);

/** Newest first. */
export type VersionsAnswer = z.infer<typeof VersionsAnswer>;
export const VersionsAnswer = named(
  'VersionsAnswer',
  z.strictObject({ current: Version, coming: ComingAnswer.nullable(), versions }),
);

export type VersionAnswer = z.infer<typeof VersionAnswer>;
export const VersionAnswer = named(
  'VersionAnswer',
  z.strictObject({ version: Version, updated: Day, fingerprint, statement: Statement, prose }),
);

const Run = z.strictObject({ kind: z.enum(['same', 'removed', 'added']), text: text('i 18 måneder') });
const SideSection: z.ZodType<SideSectionForm> = named(
  'SideSection',
  z.strictObject({
    id: text('k.behaviour-18-months'),
    level: z.union([z.literal(2), z.literal(3)]),
    clauses: z.array(Clause),
    heading: text('Bruksdata'),
    state: z.enum(['same', 'changed', 'added', 'removed']),
    rows: z.array(
      z.strictObject({
        kind: z.enum(['text', 'item', 'row']),
        before: z.array(Run).nullable(),
        after: z.array(Run).nullable(),
      }),
    ),
  }),
);

export type ComparisonAnswer = z.infer<typeof ComparisonAnswer>;
export const ComparisonAnswer = named(
  'ComparisonAnswer',
  z.strictObject({
    from: Version,
    to: Version,
    language: Language,
    changes: z
      .array(text('We keep usage data for less long.'))
      .describe('What of it matters to a person, in plain words.'),
    sections: z.array(SideSection),
  }),
);

const right = z.strictObject({ purpose: Purpose, table: text('vault.person'), column: text('email') });
const rows = { now: Count, year: Count };

/** What `hjemmel plan --json` prints, with each `why` in both languages. */
export type PlanAnswer = Omit<Plan, 'changes' | 'consents'> & {
  readonly changes: readonly (Plan['changes'][number] & { readonly reason: Text })[];
  readonly consents: readonly (Plan['consents'][number] & { readonly reason: Text })[];
};
export const PlanAnswer: z.ZodType<PlanAnswer> = named(
  'PlanAnswer',
  z.strictObject({
    version: Version.describe('The number it will have; the one in force when nothing has changed.'),
    from: Version,
    material: z.boolean(),
    changes: z.array(
      z.strictObject({
        clause: Clause,
        change: z.enum(['added', 'removed', 'changed']),
        what: text('storage.behaviour.period', 'Way to the rule.'),
        material: z.boolean().describe('Whether it matters to a person (`v.notice`, art. 13(3)).'),
        why: text('it is kept longer'),
        periods: z
          .strictObject({ before: text('P18M'), after: text('P24M') })
          .optional()
          .describe(
            'The old period and the new one, ISO 8601, where a rule of storage or a time limit got another.',
          ),
        reason: Both,
      }),
    ),
    roles: z.strictObject({
      added: z.array(Purpose),
      removed: z.array(Purpose),
      granted: z.array(right),
      revoked: z.array(right),
    }),
    rows: z
      .array(z.strictObject({ clause: Clause, ...rows, before: z.strictObject(rows) }))
      .describe('Rows that would go now and within a year, and what would go without the change.'),
    consents: z
      .array(z.strictObject({ purpose: Purpose, why: text('it uses more'), reason: Both, active: Count }))
      .describe('Consents that stop counting, with how many stand now.'),
    notify: z.strictObject({
      people: Count,
      mailed: Count.describe('How many of them we have an address for.'),
      purposes: z.array(Purpose).nullable().describe('Purposes they are in; null: everybody.'),
      period: text('P30D').nullable(),
      takesEffect: Moment,
    }),
    hash: text('5f3c')
      .nullable()
      .describe('What `hjemmel apply` asks for; null when nothing can be applied.'),
    problems: z.array(
      z.strictObject({
        message: text('The period is not a duration.'),
        file: text('statement.yaml').optional(),
        line: Count.optional(),
        column: Count.optional(),
      }),
    ),
  }),
);
