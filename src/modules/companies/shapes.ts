import { z } from 'zod';
import { Day, Id, Moment, named, text } from '#gates/shapes.ts';

/** A code and what it stands for, in the register's own language. */
const coded = (code: string, label: string) => z.strictObject({ code: text(code), label: text(label) });

const company = {
  number: text('310000000'),
  name: text('PRØVE AS'),
  form: coded('AS', 'Aksjeselskap'),
  place: z.strictObject({
    municipality: text('VOSS').nullable(),
    postalCode: text('5700').nullable(),
    place: text('VOSS').nullable(),
  }),
  industry: coded('62.100', 'Programmering')
    .nullable()
    .describe('By SN2025. Null here and elsewhere: not known, which is something else than none.'),
  employees: text('5-9', 'A band: `1-4`, `5-9`, `10-19`, `20-49`, `50-99`, `100-249` or `250+`.').nullable(),
  state: z.enum(['active', 'bankrupt', 'winding-up', 'struck-off']),
  since: Day.nullable().describe('Since when, where it is not active.'),
};

/** A company as the public register knows it. */
export type CompanyHit = z.infer<typeof CompanyHit>;
export const CompanyHit = named(
  'CompanyHit',
  z.strictObject({
    ...company,
    personal: z
      .boolean()
      .describe(
        'The company is a person, such as a sole proprietor: no more of the place is told than the municipality.',
      ),
    founded: Day.nullable(),
  }),
);

/** Where facts are from, to be shown beside them. */
export type CompanySource = z.infer<typeof CompanySource>;
export const CompanySource = named(
  'CompanySource',
  z
    .strictObject({
      name: text('Brønnøysundregistrene'),
      licence: z.strictObject({
        name: text('NLOD 2.0'),
        url: text('https://data.norge.no/nlod/no/2.0'),
      }),
      fetchedAt: Moment,
      stale: z.boolean().describe('The register does not answer, and this is older than a day.'),
    })
    .describe('To be shown wherever the data is (NLOD 2.0).'),
);

const amount = z
  .number()
  .nullable()
  .meta({ examples: [3_879_370] });

/** Key figures of one fiscal year. */
export type KeyFigures = z.infer<typeof KeyFigures>;
export const KeyFigures = named(
  'KeyFigures',
  z.strictObject({
    year: z
      .int()
      .describe('The year in which the period ends.')
      .meta({ examples: [2025] }),
    from: Day,
    to: Day,
    currency: text('NOK', 'ISO 4217; amounts are in whole units of it.'),
    revenue: amount,
    operatingResult: amount,
    result: amount,
    assets: amount,
    equity: amount,
    debt: amount,
  }),
);

export type CompaniesAnswer = z.infer<typeof CompaniesAnswer>;
export const CompaniesAnswer = named(
  'CompaniesAnswer',
  z.strictObject({
    companies: z.array(CompanyHit).describe('The likeliest first, at most twenty.'),
    more: z.boolean().describe('The register knows more than are told.'),
    source: CompanySource,
  }),
);

export type CompanyAnswer = z.infer<typeof CompanyAnswer>;
export const CompanyAnswer = named(
  'CompanyAnswer',
  CompanyHit.extend({
    accounts: KeyFigures.nullable(),
    accountsState: z
      .enum(['known', 'none', 'unknown'])
      .describe('`none`: it has handed in none that are public. `unknown`: they cannot be had or read now.'),
    source: CompanySource,
  }),
);

/** A company that a person has asked us to know, as the register last described it. */
export type MyCompany = z.infer<typeof MyCompany>;
export const MyCompany = named(
  'MyCompany',
  z.strictObject({
    id: Id,
    ...company,
    years: z.array(KeyFigures).describe('Each year told while the company was kept, oldest first.'),
    askedAt: Moment,
    source: text('brreg', 'Who said so, by its name in the statement.'),
    fetchedAt: Moment,
  }),
);

export type MyCompaniesAnswer = z.infer<typeof MyCompaniesAnswer>;
export const MyCompaniesAnswer = named(
  'MyCompaniesAnswer',
  z.strictObject({ companies: z.array(MyCompany) }),
);

export type CompanyWish = z.infer<typeof CompanyWish>;
export const CompanyWish = z.strictObject({
  number: z
    .string()
    .max(40)
    .meta({ examples: ['310 000 000'] }),
  own: z
    .boolean()
    .optional()
    .describe(
      'That the company is the one who asks, where it is a person: without it such a company is not kept.',
    ),
});

/** What is searched for: a part of a name, or a number. Empty and left out are alike. */
export const CompanyQuery = z.object({ q: text('prøve').default('') });
