/**
 * What the answer gate gives a person: the shapes of access, history, erasure and log (GDPR art. 12-22).
 * Moments are ISO 8601 in UTC, dates are calendar dates in Europe/Oslo.
 */
import { z } from 'zod';
import {
  Basis,
  Both,
  Category,
  Clause,
  Count,
  Day,
  Id,
  Language,
  Moment,
  Next,
  named,
  Purpose,
  text,
  Version,
} from './shapes.ts';

const ground = {
  purpose: Purpose,
  basis: Basis,
  clause: Clause,
  expires: Day.nullable().describe(
    'The date it leaves; null when it leaves on an event instead, said in `until`.',
  ),
  until: Both,
};

/** How long a value is kept for one purpose. */
export type Ground = z.infer<typeof Ground>;
const Ground = named('Ground', z.strictObject(ground));

/** One value held on a person. */
export type Item = z.infer<typeof Item>;
const Item = named(
  'Item',
  z.strictObject({
    ...ground,
    id: text(
      'vault.person.email',
      '`vault.person.email`, or `newsletter.subscription.topic#2` for the second row.',
    ),
    category: Category,
    label: Both,
    value: text('kari@firma.example'),
    fields: z
      .record(z.string(), z.string())
      .readonly()
      .optional()
      .describe('The value taken apart, where it has named parts, such as an invoice.'),
    source: text('given'),
    statement: Version,
    collectedAt: Moment,
    recipients: z.array(text('Regnskap Prøve AS')),
    rows: z
      .strictObject({ count: Count, from: Day, to: Day })
      .optional()
      .describe(
        'There when it stands for many rows of a table kept in days: how many, from when to when. Gone when the last is.',
      ),
    can: z.array(z.enum(['correct', 'erase'])).describe('What the person can do here and now.'),
    also: z.array(Ground).describe('Further purposes the same value is kept for.'),
  }),
);

/** A hold on a person: nothing of theirs is deleted while it stands (art. 17(3)(e)). */
export type Hold = z.infer<typeof Hold>;
export const Hold = named(
  'Hold',
  z.strictObject({
    id: Id,
    since: Moment,
    until: Day.nullable().describe('Its last day; null when it stands until it is released.'),
    review: Day.nullable().describe('The last day on which it must have been looked at again.'),
    why: text('A claim has been announced.'),
    told: z.boolean(),
    untold: text('personopplysningsloven § 16 first paragraph b')
      .nullable()
      .describe('The law by which the person is not told; null when they are.'),
    author: text('command-line')
      .nullable()
      .describe('Number of the staff member who placed it, or `command-line`; null to the person.'),
  }),
);

/** A hold that stands, as it is listed: no reason, so that a list opens nothing on anybody. */
export type StandingHold = z.infer<typeof StandingHold>;
export const StandingHold = named(
  'StandingHold',
  Hold.omit({ why: true }).extend({
    person: Id,
    overdue: z.boolean().describe('True when it should have been looked at again by now.'),
  }),
);

export type PurposeState = z.infer<typeof PurposeState>;
const PurposeState = named(
  'PurposeState',
  z.strictObject({
    purpose: Purpose,
    label: Both,
    basis: Basis,
    clause: Clause,
    active: z.boolean().describe('True when data on the person is kept for it now.'),
    objection: z.strictObject({ since: Moment }).nullable(),
    objectable: z.boolean().describe('An objection can be made (basis A6-1-e or f, or marketing).'),
    consent: z.strictObject({ since: Moment }).nullable(),
  }),
);

export type ConsentState = z.infer<typeof ConsentState>;
const ConsentState = named(
  'ConsentState',
  z.strictObject({ purpose: Purpose, since: Moment, wording: text('Yes, send me the newsletter.') }),
);

export type ConsentEvent = z.infer<typeof ConsentEvent>;
const ConsentEvent = named(
  'ConsentEvent',
  z.strictObject({
    purpose: Purpose,
    state: z
      .enum(['requested', 'given', 'refused', 'withdrawn', 'invalidated'])
      .describe('`invalidated`: a new version of the statement no longer rests on it.'),
    words: text('Yes, send me the newsletter.'),
    language: Language,
    statement: Version,
    surface: text('newsletter-confirmation'),
    method: text('button'),
    at: Moment,
  }),
);

/** Everything held on a person, art. 15. */
export type AccessAnswer = z.infer<typeof AccessAnswer>;
export const AccessAnswer = named(
  'AccessAnswer',
  z.strictObject({
    person: Id,
    items: z.array(Item),
    purposes: z.array(PurposeState),
    restricted: z.strictObject({ reason: text('accuracy'), since: Moment }).nullable(),
    consents: z.array(ConsentState),
    history: z.array(ConsentEvent),
    receipts: z.array(z.strictObject({ id: Id, kind: z.enum(['erasure', 'consent']), at: Moment })),
    acceptances: z.array(z.strictObject({ statement: Version, at: Moment })),
    notices: z
      .array(z.strictObject({ statement: Version, at: Moment }))
      .describe('Coming versions that the person was told of.'),
    renewals: z
      .array(
        z.strictObject({
          purpose: Purpose,
          words: Both,
          version: Version,
          effectiveAt: Moment,
          answered: z.boolean(),
        }),
      )
      .describe(
        'Consents that a coming version asks for anew; `answered` when the person has said yes to it.',
      ),
    holds: z
      .array(Hold)
      .describe('Holds that stand. Those that the law forbids telling of are here for staff alone.'),
  }),
);

export type LogEntry = z.infer<typeof LogEntry>;
const LogEntry = named(
  'LogEntry',
  z.strictObject({
    id: text('4711'),
    at: Moment,
    gate: text('use'),
    act: text('look'),
    actor: z.enum(['person', 'staff', 'system', 'visitor', 'integration']),
    purpose: Purpose.nullable(),
    label: Both.nullable(),
    reason: text('asked').nullable().describe('Why, where staff were asked for a reason.'),
  }),
);

/** Who looked, and what was done: newest first. */
export type LogAnswer = z.infer<typeof LogAnswer>;
export const LogAnswer = named(
  'LogAnswer',
  z.strictObject({
    entries: z.array(LogEntry),
    next: Next,
  }),
);

/** What an erasure takes and leaves, and why (art. 17(1), 17(3)). */
export type ErasurePreview = z.infer<typeof ErasurePreview>;
export const ErasurePreview = named(
  'ErasurePreview',
  z.strictObject({
    goes: z.array(z.strictObject({ category: Category, label: Both, count: Count })),
    stays: z.array(
      z.strictObject({
        what: Both,
        count: Count.optional().describe(
          'There where it is records that stay; `until` is then when the last of them leaves.',
        ),
        why: Both,
        clause: Clause,
        until: Day.nullable(),
      }),
    ),
    held: z
      .literal(true)
      .optional()
      .describe('There when a legal duty keeps everything for now: an erasure is refused (`answer.held`).'),
  }),
);

export type ErasureAnswer = z.infer<typeof ErasureAnswer>;
export const ErasureAnswer = named(
  'ErasureAnswer',
  ErasurePreview.extend({ receipt: Id.describe('Number of the receipt.') }),
);

export type LeaveAnswer = z.infer<typeof LeaveAnswer>;
export const LeaveAnswer = named(
  'LeaveAnswer',
  z.strictObject({
    receipt: Id.describe('Number of the consent receipt.'),
    erased: z.boolean().describe('True when nothing else was kept on the person, so that everything went.'),
  }),
);
