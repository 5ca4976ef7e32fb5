import { z } from 'zod';
import { RECEIPT_FORMAT } from '#gates/receipt.ts';
import type { GivenReceipt } from '#gates/receipts.ts';
import {
  Both,
  Category,
  Clause,
  Count,
  Day,
  Id,
  Language,
  Moment,
  named,
  Purpose,
  text,
  Version,
} from '#gates/shapes.ts';

const hash = text('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'Hexadecimal.');

/** A signed receipt: it says what was done, and stands in the journal beside everything else. */
export const ReceiptAnswer: z.ZodType<GivenReceipt> = named(
  'Receipt',
  z.strictObject({
    format: z.literal(RECEIPT_FORMAT),
    body: z.strictObject({
      kind: z.enum(['erasure', 'consent']),
      id: Id,
      person: Id,
      at: Moment,
      statement: Version,
      operator: text('Prøve AS'),
      ground: Clause.optional(),
      earlier: Id.optional().describe('Number of the receipt that this one follows up.'),
      goes: z.array(z.strictObject({ category: Category, count: Count })).optional(),
      stays: z
        .array(
          z.strictObject({
            what: Both,
            count: Count.optional(),
            why: Both,
            clause: Clause,
            until: Day.nullable().optional(),
          }),
        )
        .optional(),
      consent: z
        .strictObject({
          purpose: Purpose,
          state: text('given'),
          words: text('Yes, send me the newsletter.'),
          language: Language,
          surface: text('newsletter-confirmation'),
          method: text('button'),
        })
        .optional(),
    }),
    entry: z
      .strictObject({
        id: Count,
        at: text('2026-11-27T09:30:00.000000Z'),
        gate: text('answer'),
        act: text('erase'),
        person: Id.optional(),
        actor: text('person'),
        actorId: Id.optional(),
        purpose: Purpose.optional(),
        statement: Version,
        digest: hash.optional(),
      })
      .describe('As it stands in the journal.'),
    inclusion: z.strictObject({ index: Count, size: Count, leaf: hash, path: z.array(hash) }),
    block: z
      .strictObject({
        number: Count,
        first: Count,
        last: Count,
        root: hash,
        previous: hash,
        sealedAt: text('2026-11-27T09:30:01.000000Z'),
        key: text('9c1f0a7be2d34c58'),
      })
      .describe('The sealed run of the journal that it stands in.'),
    signature: text(
      'mY1s8uXn',
      'Ed25519 over the block and the size of its tree as canonical JSON; base64url.',
    ),
    publicKey: text('MCowBQYDK2VwAyEA', 'SPKI DER, base64url.'),
    later: z
      .array(Id)
      .optional()
      .describe('Numbers of the receipts that follow it up; no signature covers it.'),
  }),
);
