import { z } from 'zod';
import { Both, Count, Day, Id, Next, named, text, whole } from '#gates/shapes.ts';

/*
 * Prices, subscriptions and invoices. Amounts are whole øre; without VAT unless they say otherwise.
 */

const Ore = z.int().meta({ examples: [29_000] });
const Rate = z.int().meta({ examples: [25] });
const Numbered = z.int().meta({ examples: [10_042] });
const Span = z.enum(['month', 'year']);
const Price = { month: Ore, year: Ore };

/** What is sold, and at which price today. */
export type PricesAnswer = z.infer<typeof PricesAnswer>;
export const PricesAnswer = named(
  'PricesAnswer',
  z.strictObject({
    currency: text('NOK'),
    vat: Rate.describe('Rate of VAT today, in per cent; the prices are without it.'),
    trialUntil: Day.describe('Until when a client that begins today pays nothing.'),
    plans: z.array(z.strictObject({ plan: text('basis'), label: Both, about: Both, ...Price })),
    modules: z.array(z.strictObject({ module: text('kurs'), ...Price })),
  }),
);

const Line = z.strictObject({
  what: text('Basis'),
  from: Day,
  to: Day.describe('The last day.'),
  net: Ore.describe('Below 0 where it is given back.'),
  rate: Rate.describe('Rate of VAT in per cent.'),
});
const Sum = { net: Ore, vat: Ore, total: Ore.describe('With VAT.') };

/** What is on the next invoice, or would be. */
const Coming = z.strictObject({ on: Day.describe('When it is drawn.'), lines: z.array(Line), ...Sum });

export type SubscriptionAnswer = z.infer<typeof SubscriptionAnswer>;
export const SubscriptionAnswer = named(
  'SubscriptionAnswer',
  z.strictObject({
    plan: text('basis'),
    label: Both,
    span: Span,
    since: Day,
    freeUntil: Day.nullable().describe('The first day that is paid for, while it has not come.'),
    next: Coming,
  }),
);

export type PlanChange = z.infer<typeof PlanChange>;
export const PlanChange = z.strictObject({
  plan: z
    .string()
    .max(40)
    .meta({ examples: ['pluss'] }),
  span: Span,
});
/** What is left out stays as it is. */
export const PreviewQuery = z.object({
  plan: z
    .string()
    .max(40)
    .meta({ examples: ['pluss'] })
    .optional(),
  span: Span.optional(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;
export const PreviewAnswer = named('PreviewAnswer', Coming);

/** A sales document in a list. */
const Row = {
  invoice: Id.describe('Number of the document, an invoice or a credit note.'),
  kind: z.enum(['invoice', 'credit']),
  number: Numbered,
  date: Day,
  due: Day.nullable(),
  reminded: Day.nullable().describe('When a reminder of the invoice went out: once at most.'),
  ...Sum,
  left: Ore.describe('What is left to pay of an invoice; below 0 when there is money coming.'),
  credited: Ore.describe('What of an invoice has been credited, without VAT.'),
  credits: Numbered.nullable().describe('Number of the invoice that a credit note credits.'),
};
export type InvoicesAnswer = z.infer<typeof InvoicesAnswer>;
export const InvoicesAnswer = named(
  'InvoicesAnswer',
  z.strictObject({ invoices: z.array(z.strictObject(Row)), next: Next }),
);

export type InvoiceAnswer = z.infer<typeof InvoiceAnswer>;
export const InvoiceAnswer = named(
  'InvoiceAnswer',
  z.strictObject({
    ...Row,
    client: Id,
    buyer: text('Prøve AS'),
    organisation: text('310000000').nullable(),
    kid: text('0000100420').nullable(),
    account: text('86011117947').nullable(),
    lines: z.array(Line),
    rates: z.array(z.strictObject({ rate: Rate, net: Ore, vat: Ore })),
    settled: z.array(
      z.strictObject({
        kind: z.enum(['credit', 'payment']),
        number: Numbered,
        date: Day,
        total: Ore,
        reference: text('Bank 4711').nullable(),
      }),
    ),
  }),
);

/** Documents of every client, for finance. */
export type SalesAnswer = z.infer<typeof SalesAnswer>;
export const SalesAnswer = named(
  'SalesAnswer',
  z.strictObject({
    invoices: z.array(z.strictObject({ ...Row, client: Id, buyer: text('Prøve AS') })),
    next: Next,
  }),
);
export const SalesQuery = z.object({
  which: z.enum(['open', 'due', 'all']).optional(),
  client: Id.optional(),
});

export type MonthsAnswer = z.infer<typeof MonthsAnswer>;
export const MonthsAnswer = named(
  'MonthsAnswer',
  z.strictObject({
    months: z.array(
      z.strictObject({
        month: text('2026-11'),
        invoiced: Ore.describe('Without VAT, less what was credited.'),
        documents: Count,
      }),
    ),
    open: Ore.describe('What is left to pay, with VAT.'),
    overdue: Ore.describe('What of it should have been paid.'),
  }),
);
export const MonthsQuery = z.object({ months: whole(1, 36).optional() });

export type PaymentMethodAnswer = z.infer<typeof PaymentMethodAnswer>;
export const PaymentMethodAnswer = named(
  'PaymentMethodAnswer',
  z.strictObject({
    hosted: z.boolean().describe('Whether an invoice can be paid on a payment provider’s page.'),
    card: z
      .strictObject({
        brand: text('visa'),
        lastFour: text('4242'),
        expires: text('2028-04'),
        provider: text('payments.example'),
      })
      .nullable()
      .describe('The card that was paid with last, as the provider masks it.'),
  }),
);
export type PageAnswer = z.infer<typeof PageAnswer>;
export const PageAnswer = named(
  'PageAnswer',
  z.strictObject({
    url: text('https://payments.example/pay/1', 'The provider’s page: send the browser there.'),
  }),
);

export const PaymentRequest = z.strictObject({
  amount: z
    .int()
    .min(1)
    .max(100_000_000_000)
    .meta({ examples: [36_250] })
    .describe('In øre.'),
  date: Day,
  reference: z
    .string()
    .max(100)
    .meta({ examples: ['Bank 4711'] })
    .describe('What the bank calls it: booked once.'),
});
