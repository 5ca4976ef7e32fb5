import { z } from 'zod';
import { Both, Id, Language, Moment, named, text, Version } from '#gates/shapes.ts';

const topics = z.array(text('nyhetsbrev'));
/** A key to one subscription, as it stands in a letter. */
export const Token = text('q83vASNFZ4mrze8BI0VniQAAAAAAAAAAAAAAAAAAAAA').max(100);
export const Topics = z
  .array(
    z
      .string()
      .max(40)
      .meta({ examples: ['nyhetsbrev'] }),
  )
  .min(1)
  .max(20);

export type TopicsAnswer = z.infer<typeof TopicsAnswer>;
export const TopicsAnswer = named(
  'TopicsAnswer',
  z.strictObject({ topics: z.array(z.strictObject({ id: text('nyhetsbrev'), label: Both, about: Both })) }),
);

export type SubscriptionRequest = z.infer<typeof SubscriptionRequest>;
export const SubscriptionRequest = z.strictObject({
  email: z.string().max(400),
  topics: Topics,
  language: Language.optional(),
  name: z.string().max(400).optional(),
});

/** What a confirmation link's page shows. */
export type ConfirmationView = z.infer<typeof ConfirmationView>;
export const ConfirmationView = named(
  'ConfirmationView',
  z.strictObject({
    topics,
    language: Language,
    wording: Both.describe('The exact words of the consent.'),
    askedAt: Moment,
  }),
);

export type ConfirmationAnswer = z.infer<typeof ConfirmationAnswer>;
export const ConfirmationAnswer = named(
  'ConfirmationAnswer',
  z.strictObject({
    preferences: Token.describe('Key to the preference page, `/nyhetsbrev/valg/:token`. It never expires.'),
    receipt: Id,
  }),
);

export type PreferencesAnswer = z.infer<typeof PreferencesAnswer>;
export const PreferencesAnswer = named(
  'PreferencesAnswer',
  z.strictObject({
    topics,
    language: Language,
    since: Moment,
    renewal: z
      .strictObject({ words: Both, version: Version, effectiveAt: Moment, answered: z.boolean() })
      .nullable()
      .optional()
      .describe(
        'What a coming version of the statement asks anew; null when it asks nothing, absent from the answer to `PUT`.',
      ),
  }),
);
