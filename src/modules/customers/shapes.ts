import { z } from 'zod';
import { Day, Id, Language, Next, named, text, Version } from '#gates/shapes.ts';

const line = z.string().max(400);

export type ProfileRequest = z.infer<typeof ProfileRequest>;
export const ProfileRequest = z.strictObject({
  name: line,
  email: line,
  phone: line.optional(),
  place: line.optional(),
  company: line.optional(),
  language: Language.optional(),
  onward: z
    .enum(['client'])
    .describe('Where the letter leads on to: `client` is where a company becomes one.')
    .optional(),
  accept: z.strictObject({
    statement: z
      .string()
      .max(20)
      .meta({ examples: ['3.0'] }),
  }),
});

export type ProfileAnswer = z.infer<typeof ProfileAnswer>;
export const ProfileAnswer = named(
  'ProfileAnswer',
  z.strictObject({
    person: Id.describe(
      'Number of the profile if the address was new, a number that leads nowhere otherwise.',
    ),
    statement: Version,
  }),
);

const modules = z.array(text('kurs'));

/** Where a person's customer relationship stands. */
export type StandingAnswer = z.infer<typeof StandingAnswer>;
export const StandingAnswer = named(
  'StandingAnswer',
  z.union([
    z.strictObject({ state: z.literal('none') }),
    z.strictObject({ state: z.literal('active'), since: Day, modules }),
    z.strictObject({
      state: z.literal('grace'),
      ended: Day,
      told: Day.nullable().describe('When a letter says that the end is near.'),
      until: Day.describe('The last day on which it can be taken up again.'),
      modules,
    }),
  ]),
);

const contact = {
  person: Id,
  name: text('Kari Prøve').nullable(),
  email: text('kari@firma.example').nullable(),
  phone: text('+4710000001').nullable(),
  place: text('Voss').nullable(),
  company: text('Prøve AS').nullable(),
};

/** People as staff list them. */
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;
export const PeopleAnswer = named(
  'PeopleAnswer',
  z.strictObject({
    people: z.array(
      z.strictObject({
        ...contact,
        made: Day,
        active: Day,
        leaves: Day.describe('When the profile leaves unless it is used.'),
        modules,
      }),
    ),
    next: Next,
  }),
);

export type PersonAnswer = z.infer<typeof PersonAnswer>;
export const PersonAnswer = named(
  'PersonAnswer',
  z.strictObject({ ...contact, language: Language.nullable() }),
);

/** By one whole address or name. */
export const Search = z.union([
  z.strictObject({ email: line }),
  z.strictObject({ phone: line }),
  z.strictObject({ name: line }),
]);
export const FoundAnswer = named('FoundAnswer', z.strictObject({ found: z.array(Id) }));
