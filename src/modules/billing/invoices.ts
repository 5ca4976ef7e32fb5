import { type Actor, SYSTEM } from '#gates/actor.ts';
import { oreOf, type SalesDocument, type Wanted } from '#gates/archive/sales.ts';
import type { Gates } from '#gates/gates.ts';
import type { Sheet } from '#gates/module.ts';
import { type Page, paged, strides } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import { osloDate } from '#statement/period.ts';
import { addDays, addMonths } from './calendar.ts';
import type { Segment } from './charges.ts';
import { chargeRows } from './invoicing.ts';
import { amountOf } from './money.ts';
import { remindedOn } from './reminders.ts';
import { creditContent, linesOf, totalsOfContent } from './sales.ts';
import type { InvoiceAnswer, InvoicesAnswer, MonthsAnswer, SalesAnswer } from './shapes.ts';

type Row = InvoicesAnswer['invoices'][number];

/** Sales documents of one client, or of all for whoever keeps the books, newest first. */
export async function listDocuments(
  gates: Gates,
  which: Wanted,
  page: Page,
  actor: Actor,
  at: Date,
): Promise<{ documents: readonly SalesDocument[]; next: string | null }> {
  const all = await soldAfter(gates, which, actor, at)(page.after, page.limit + 1);
  const { shown, next } = paged(all, page, placeOf);
  return { documents: shown, next };
}

const soldAfter =
  (gates: Gates, which: Wanted, actor: Actor, at: Date) => (after: string | undefined, limit: number) =>
    gates.archive.sales(
      { sold: true, ...which, before: after === undefined ? undefined : Number(after), limit },
      actor,
      at,
    );

const placeOf = ({ number }: SalesDocument) => String(number);

/** What the list of every client's documents is cut by. */
export function cutBy(which: 'open' | 'due' | 'all', at: Date): Wanted {
  return {
    ...(which === 'all' ? {} : { open: true }),
    ...(which === 'due' ? { dueBefore: osloDate(at) } : {}),
  };
}

/** The same list as a file, some hundreds opened at a time. */
export function salesSheet(gates: Gates, which: Wanted, actor: Actor, at: Date): Sheet {
  async function* rows(): AsyncGenerator<string[][]> {
    const read = soldAfter(gates, which, actor, at);
    for await (const documents of strides(read, placeOf)) yield documents.map(sheetLine);
  }
  return { name: 'invoices', head: SHEET, rows: rows() };
}

const SHEET = [
  'number',
  'kind',
  'buyer',
  'organisation',
  'date',
  'due',
  'net',
  'vat',
  'total',
  'left',
  'kid',
];

function sheetLine(one: SalesDocument): string[] {
  const { number, kind, date, due, net, vat, total, left } = rowOf(one);
  const { buyer = '', organisation = '', kid = '' } = one.content;
  const amounts = [net, vat, total, left].map(amountOf);
  return [String(number), kind, buyer, organisation, date, due ?? '', ...amounts, kid];
}

/** One document as a list shows it, but for when it was reminded of. */
function rowOf(document: SalesDocument): Omit<Row, 'reminded'> {
  const { id, number, dated, due, left, credited, content } = document;
  const { net, vat, total } = totalsOfContent(content);
  const kind = document.kind as Row['kind'];
  const credits = content.credits === undefined ? null : Number(content.credits);
  return { invoice: id, kind, number, date: dated, due, net, vat, total, left, credited, credits };
}

/** Documents as a list shows them. */
export async function rowsOf(gates: Gates, documents: readonly SalesDocument[]): Promise<Row[]> {
  const reminded = await remindedOn(
    gates,
    documents.map(({ id }) => id),
  );
  return documents.map((one) => ({ ...rowOf(one), reminded: reminded.get(one.id) ?? null }));
}

/** The same for finance, who sees whose they are. */
export async function salesOf(
  gates: Gates,
  documents: readonly SalesDocument[],
): Promise<SalesAnswer['invoices']> {
  const rows = await rowsOf(gates, documents);
  return rows.map((row, at) => ({
    ...row,
    client: documents[at]!.client,
    buyer: documents[at]!.content.buyer!,
  }));
}

/** One sales document by its number in the archive; refuses what is none, or another client's. */
export async function documentOf(
  gates: Gates,
  id: string,
  actor: Actor,
  at: Date,
  client?: string,
): Promise<SalesDocument> {
  const [found] = await gates.archive.sales({ ids: [id], client, sold: true }, actor, at);
  if (found === undefined) throw new Refusal('billing.unknown-invoice');
  return found;
}

/** A document with its lines, and with what has settled it. */
export async function viewDocument(
  gates: Gates,
  document: SalesDocument,
  actor: Actor,
  at: Date,
): Promise<InvoiceAnswer> {
  const { id, client, content } = document;
  const [settlers, [row]] = await Promise.all([
    gates.archive.sales({ settles: id, client }, actor, at),
    rowsOf(gates, [document]),
  ]);
  return {
    ...row!,
    client,
    buyer: content.buyer!,
    organisation: content.organisation ?? null,
    kid: content.kid ?? null,
    account: content.sellerAccount ?? null,
    lines: linesOf(content),
    rates: [...totalsOfContent(content).rates],
    settled: settlers.toReversed().map((one) => ({
      kind: one.kind as 'credit' | 'payment',
      number: one.number,
      date: one.dated,
      total: oreOf(one.content.amount),
      reference: one.content.reference ?? null,
    })),
  };
}

/** Notes that an invoice was paid, in whole or in part. The same reference is booked once. */
export async function pay(
  gates: Gates,
  invoice: SalesDocument,
  {
    amount,
    date,
    reference,
    received,
  }: { amount: number; date: string; reference: string; received?: boolean },
  actor: Actor,
  at: Date,
): Promise<void> {
  if (date > osloDate(at)) throw new Refusal('collect.invalid-field', ['date']);
  await gates.archive.issue({
    ...paymentOf(invoice, invoice, { what: 'Innbetaling', amount: amountOf(amount), date, reference }),
    received,
    once: `payment/${invoice.id}/${reference}`,
    actor,
    at,
  });
}

/**
 * Takes a payment back that should not have been noted, by a record of its own that names it (bokføringsloven § 10): what
 * it paid is left to pay again. The same payment is taken back once.
 */
export async function takeBack(
  gates: Gates,
  invoice: SalesDocument,
  payment: SalesDocument,
  reference: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  const amount = amountOf(-oreOf(payment.content.amount));
  await gates.archive.issue({
    ...paymentOf(invoice, payment, {
      what: 'Tilbakeført innbetaling',
      amount,
      date: osloDate(at),
      reference,
    }),
    once: `take-back/${payment.id}`,
    actor,
    at,
  });
}

/** A payment record that settles an invoice, of whoever `pays`, the document that it names, was made out to. */
function paymentOf(
  { id, client, person }: SalesDocument,
  pays: SalesDocument,
  said: { what: string; amount: string; date: string; reference: string },
) {
  const { buyer, organisation, address, number, currency } = pays.content;
  return {
    kind: 'payment' as const,
    client,
    person,
    dated: said.date,
    settles: id,
    content: (own: number) => ({
      number: `B${own}`,
      buyer: buyer!,
      ...(organisation === undefined ? { address: address! } : { organisation }),
      currency: currency!,
      pays: number!,
      ...said,
    }),
  };
}

/**
 * Credits all that is not credited yet of an invoice, by a document of its own (bokføringsloven § 10). What was charged
 * counts as given back, so that it is not given back again when the plan or the module ends.
 */
export async function creditWhole(
  gates: Gates,
  invoice: SalesDocument,
  actor: Actor,
  at: Date,
): Promise<string> {
  if (invoice.kind !== 'invoice' || invoice.credited > 0) throw new Refusal('billing.settled');
  const { client, person, content, id } = invoice;
  const segments = linesOf(content).map(
    ({ what, from, to, net, rate }): Segment => ({
      item: id,
      name: what,
      from,
      to: addDays(to, 1),
      net,
      rate,
    }),
  );
  const charges = await gates
    .use('bookkeeping', SYSTEM)
    .rows<{ item: string; from: string; to: string; net: string }>(
      `select item, from_on::text as "from", to_on::text as "to", net from billing.charge where client = $1 and document = $2 and kind = 'charge'`,
      [client, id],
    );
  const buyer = { name: content.buyer!, organisation: content.organisation! };
  const date = osloDate(at);
  const heading = { prices: gates.prices, seller: gates.statement.operator.name, buyer, date };
  const { id: credit } = await gates.archive.issue({
    kind: 'credit',
    client,
    person,
    dated: date,
    settles: id,
    once: `credit/${id}`,
    content: (number) =>
      creditContent({ ...heading, number }, segments, { number: invoice.number, date: invoice.dated }),
    rows: (document) =>
      chargeRows(
        { client, person },
        'refund',
        charges.map((one) => ({ ...one, net: Number(one.net) })),
        document,
        at,
      ),
    actor,
    at,
  });
  return credit;
}

/** What was invoiced a month, less what was credited, and what is left to pay; for finance. */
export async function months(gates: Gates, count: number, actor: Actor, at: Date): Promise<MonthsAnswer> {
  const today = osloDate(at);
  const first = addMonths(`${today.slice(0, 7)}-01`, 1 - count);
  const [sold, open] = await Promise.all([
    gates.archive.sales({ sold: true, from: first, limit: MOST }, actor, at),
    gates.archive.sales({ open: true, limit: MOST }, actor, at),
  ]);
  const byMonth = Map.groupBy(sold, ({ dated }) => dated.slice(0, 7));
  return {
    months: Array.from({ length: count }, (_, n) => addMonths(first, n).slice(0, 7)).map((month) => {
      const documents = byMonth.get(month) ?? [];
      const invoiced = documents.reduce(
        (sum, { kind, content }) => sum + (kind === 'credit' ? -1 : 1) * oreOf(content.net),
        0,
      );
      return { month, invoiced, documents: documents.length };
    }),
    open: open.reduce((sum, { left }) => sum + left, 0),
    overdue: open.reduce((sum, { left, due }) => sum + (due !== null && due < today ? left : 0), 0),
  };
}

/** Documents that figures are made of at once. */
const MOST = 100_000;
