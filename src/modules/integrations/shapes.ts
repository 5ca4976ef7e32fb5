import { z } from 'zod';
import { Day, Id, Moment, Next, named, text } from '#gates/shapes.ts';

const name = text('regnskap-eksport', 'Which system it is for: small letters, digits and hyphens.');
const scopes = z
  .array(text('customer'))
  .describe('What it may do: purposes of the statement, or rights in the client.');

/** A key for another system, as it is listed; the key itself is told once, when it is made. */
export type TokenAnswer = z.infer<typeof TokenAnswer>;
export const TokenAnswer = named(
  'Token',
  z.strictObject({
    id: Id,
    name,
    scopes,
    madeAt: Moment,
    madeBy: Id.describe('Number of the person who answers for it.'),
    expiresAt: Moment,
    endedAt: Moment.nullable().describe('When it was ended before its time; null when it was not.'),
    lastUsedOn: Day.nullable().describe('The last day on which it was used; no closer moment is kept.'),
  }),
);

export type TokensAnswer = z.infer<typeof TokensAnswer>;
export const TokensAnswer = named(
  'TokensAnswer',
  z.strictObject({
    tokens: z.array(TokenAnswer),
    offered: z.array(text('customer')).describe('Purposes that a key can be given.'),
    next: Next,
  }),
);

export type ClientTokensAnswer = z.infer<typeof ClientTokensAnswer>;
export const ClientTokensAnswer = named(
  'ClientTokensAnswer',
  z.strictObject({
    tokens: z.array(
      TokenAnswer.extend({
        maker: text('Kari Prøve')
          .nullable()
          .describe('Who answers for it; null for who is no user any more.'),
      }),
    ),
    offered: z.array(text('log.see')).describe('Rights that the caller can give a key.'),
    next: Next,
  }),
);

export type TokenMade = z.infer<typeof TokenMade>;
export const TokenMade = named(
  'TokenMade',
  TokenAnswer.extend({
    token: text(
      'hjm_C45vOkwdT36aUm08HouDQAAAAAAAAAAAAAAAAAAAAAA',
      'The key: `Authorization: Bearer …`. It is told here and never again.',
    ),
  }),
);

export type TokenRequest = z.infer<typeof TokenRequest>;
export const TokenRequest = z.strictObject({
  name: z
    .string()
    .max(40)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .meta({ examples: ['regnskap-eksport'] }),
  scopes: z
    .array(
      z
        .string()
        .max(40)
        .meta({ examples: ['customer'] }),
    )
    .min(1)
    .max(20),
  days: z
    .int()
    .min(1)
    .max(365)
    .describe('How long it works.')
    .meta({ examples: [90] }),
});

/** What a wish for a key may be refused with. */
export const MAKING = [
  'integrations.unknown-scope',
  'integrations.too-many-tokens',
  'collect.national-identity-number',
] as const;
