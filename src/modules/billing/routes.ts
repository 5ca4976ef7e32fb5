import { z } from 'zod';
import type { SalesDocument } from '#gates/archive/sales.ts';
import { type Call, type Callers, type Route, route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { Language } from '#gates/shapes.ts';
import { beginPayment, forgetCard, viewMethod } from './cards.ts';
import { ehfOf } from './ehf.ts';
import {
  creditWhole,
  cutBy,
  documentOf,
  listDocuments,
  months,
  pay,
  rowsOf,
  salesOf,
  salesSheet,
  viewDocument,
} from './invoices.ts';
import { paperOf } from './paper.ts';
import { changePlan, previewPlan, pricesToday, viewSubscription } from './plans.ts';
import {
  InvoiceAnswer,
  InvoicesAnswer,
  MonthsAnswer,
  MonthsQuery,
  PageAnswer,
  PaymentMethodAnswer,
  PaymentRequest,
  PlanChange,
  PreviewAnswer,
  PreviewQuery,
  PricesAnswer,
  SalesAnswer,
  SalesQuery,
  SubscriptionAnswer,
} from './shapes.ts';

const sees = { who: 'member', right: 'payment.see', keys: true } as const;
const pays = { who: 'member', right: 'payment.manage', keys: false } as const;
const finance = { who: 'staff', role: 'finance' } as const;
const unknown = ['billing.unknown-invoice'] as const;
const PaperQuery = z.object({ language: Language.optional() });

/** The document that a path names: of the caller's client alone, or of any for finance. */
const named = ({ gates, params, actor, at, member }: Call<unknown>): Promise<SalesDocument> =>
  documentOf(gates, params.invoice!, actor, at, member?.client);

/** One document in three forms, for the client that it was issued to or for finance. */
function forms(path: string, who: Callers): Route[] {
  return [
    route({
      method: 'GET',
      path,
      about: 'An invoice or a credit note, with its lines and what has settled it.',
      ...who,
      outcome: 'read',
      answers: InvoiceAnswer,
      refuses: unknown,
      handle: async (call) => viewDocument(call.gates, await named(call), call.actor, call.at),
    }),
    route({
      method: 'GET',
      path: `${path}/paper`,
      about: 'The same as a PDF.',
      ...who,
      query: PaperQuery,
      outcome: 'paper',
      refuses: unknown,
      handle: async (call) => paperOf(await named(call), call.query.language ?? 'nb'),
    }),
    route({
      method: 'GET',
      path: `${path}/ehf`,
      about: 'The same as EHF (Peppol BIS Billing 3.0), for an accounting system.',
      ...who,
      outcome: 'markup',
      refuses: [...unknown, 'billing.not-ehf'],
      handle: async (call) => {
        const document = await named(call);
        return { name: `ehf-${document.number}`, xml: ehfOf(document) };
      },
    }),
  ];
}

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/prices',
    about: 'Plans and modules, and what they cost today.',
    who: 'anybody',
    outcome: 'read',
    answers: PricesAnswer,
    keeps: 300,
    handle: async ({ gates, at }) => pricesToday(gates, at),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/subscription',
    about: 'The plan that a client has, and what its next invoice will say.',
    ...sees,
    outcome: 'read',
    answers: SubscriptionAnswer,
    refuses: ['billing.no-subscription'],
    handle: ({ gates, member, at }) => viewSubscription(gates, member!.client, at),
  }),
  route({
    method: 'PUT',
    path: '/clients/:client/subscription/plan',
    about: 'Another plan, or another span to pay for, from today. The difference is reckoned to the day.',
    point: 'client',
    ...pays,
    body: PlanChange,
    outcome: 'read',
    answers: SubscriptionAnswer,
    refuses: ['billing.no-subscription', 'billing.unknown-plan'],
    handle: async ({ gates, member, body, actor, at }) => {
      await changePlan(gates, member!.client, body, actor, at);
      return viewSubscription(gates, member!.client, at);
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:client/subscription/preview',
    about: 'What a change of plan would put on the next invoice. It changes nothing.',
    ...sees,
    query: PreviewQuery,
    outcome: 'read',
    answers: PreviewAnswer,
    refuses: ['billing.no-subscription', 'billing.unknown-plan'],
    handle: ({ gates, member, query, at }) => previewPlan(gates, member!.client, query, at),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/invoices',
    about: 'Invoices and credit notes of a client, newest first.',
    ...sees,
    pages: PAGES,
    outcome: 'read',
    answers: InvoicesAnswer,
    handle: async ({ gates, member, page, actor, at }) => {
      const { documents, next } = await listDocuments(gates, { client: member!.client }, page, actor, at);
      return { invoices: await rowsOf(gates, documents), next };
    },
  }),
  ...forms('/clients/:client/invoices/:invoice', sees),
  route({
    method: 'POST',
    path: '/clients/:client/invoices/:invoice/payment',
    about: 'Makes a page of the payment provider’s to pay an invoice on.',
    ...pays,
    outcome: 'created',
    answers: PageAnswer,
    refuses: [...unknown, 'billing.settled', 'billing.no-provider', 'billing.provider-away'],
    handle: async (call) => {
      const { gates, actor, at, member, baseUrl } = call;
      const back = `${baseUrl}/klient/${member!.client}/faktura`;
      return { url: await beginPayment(gates, await named(call), back, actor, at) };
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:client/payment-method',
    about: 'Whether invoices can be paid on a provider’s page, and the card that was paid with last, masked.',
    ...sees,
    outcome: 'read',
    answers: PaymentMethodAnswer,
    handle: ({ gates, member }) => viewMethod(gates, member!.client),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/payment-method',
    about: 'Forgets the card.',
    ...pays,
    outcome: 'done',
    handle: ({ gates, member, actor, at }) => forgetCard(gates, member!.client, actor, at),
  }),
  route({
    method: 'GET',
    path: '/invoices',
    about:
      'Invoices and credit notes of every client, newest first: all, those not paid, or those that should be.',
    ...finance,
    query: SalesQuery,
    pages: PAGES,
    outcome: 'read',
    answers: SalesAnswer,
    handle: async ({ gates, query: { which = 'all', client }, page, actor, at }) => {
      const { documents, next } = await listDocuments(
        gates,
        { ...cutBy(which, at), client },
        page,
        actor,
        at,
      );
      return { invoices: await salesOf(gates, documents), next };
    },
  }),
  route({
    method: 'GET',
    path: '/invoices/file',
    about: 'The same list as comma-separated values, amounts in kroner: for the books.',
    ...finance,
    query: SalesQuery,
    outcome: 'sheet',
    handle: async ({ gates, query: { which = 'all', client }, actor, at }) =>
      salesSheet(gates, { ...cutBy(which, at), client }, actor, at),
  }),
  route({
    method: 'GET',
    path: '/invoices/months',
    about: 'What was invoiced each month, and what is left to pay.',
    ...finance,
    query: MonthsQuery,
    outcome: 'read',
    answers: MonthsAnswer,
    handle: ({ gates, query, actor, at }) => months(gates, query.months ?? 12, actor, at),
  }),
  ...forms('/invoices/:invoice', finance),
  route({
    method: 'POST',
    path: '/invoices/:invoice/payments',
    about: 'Notes that an invoice was paid, in whole or in part. The same reference is booked once.',
    ...finance,
    body: PaymentRequest,
    outcome: 'created',
    answers: InvoiceAnswer,
    refuses: [
      ...unknown,
      'billing.too-much',
      'collect.invalid-field',
      'collect.national-identity-number',
      'collect.card-number',
    ],
    handle: async (call) => {
      await pay(call.gates, await named(call), call.body, call.actor, call.at);
      return viewDocument(call.gates, await named(call), call.actor, call.at);
    },
  }),
  route({
    method: 'POST',
    path: '/invoices/:invoice/credit',
    about: 'Credits the whole of an invoice, by a credit note of its own; answers with that.',
    ...finance,
    outcome: 'created',
    answers: InvoiceAnswer,
    refuses: [...unknown, 'billing.settled'],
    handle: async ({ gates, params, actor, at }) => {
      const credit = await creditWhole(gates, await documentOf(gates, params.invoice!, actor, at), actor, at);
      return viewDocument(gates, await documentOf(gates, credit, actor, at), actor, at);
    },
  }),
];
