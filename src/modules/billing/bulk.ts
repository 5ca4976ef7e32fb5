import type { Actor } from '#gates/actor.ts';
import type { SalesDocument } from '#gates/archive/sales.ts';
import { oreOf, SETTLED } from '#gates/archive/sales.ts';
import type { BulkBy, BulkForms, BulkRow } from '#gates/bulk/form.ts';
import type { Gates } from '#gates/gates.ts';
import { strides } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import { osloDate } from '#statement/period.ts';
import { documentOf, pay, takeBack } from './invoices.ts';
import { remind } from './reminders.ts';
import { SalesQuery } from './shapes.ts';

/** How a payment that was noted together with others begins its reference; the run's number follows. */
const TOGETHER = 'Samlet ';
const referenceOf = ({ run }: BulkBy) => `${TOGETHER}${run.slice(0, 8)}`;

/** What finance does with many invoices at once (clause `u.customer`). */
export const bulk: BulkForms = {
  lists: {
    invoices: {
      choice: SalesQuery,
      every: everyInvoice,
      among: async (gates, ids, actor) =>
        gates
          .use('bookkeeping', actor)
          .rows<BulkRow>(
            `select id, person from archive.entry where id = any($1) and kind in ('invoice', 'credit') order by number desc`,
            [ids],
          ),
      names: async (gates, ids, actor) => {
        const rows = await gates
          .use('bookkeeping', actor)
          .rows<{ id: string; number: string }>(
            'select id, number::text as number from archive.entry where id = any($1)',
            [ids],
          );
        return new Map(rows.map(({ id, number }) => [id, number]));
      },
    },
  },
  acts: {
    'invoices.remind': { role: 'finance', act: remindOne },
    'invoices.paid': { role: 'finance', dated: true, act: paidOne },
    'invoices.take-back': { role: 'finance', act: takeBackOne },
  },
};

async function* everyInvoice(
  gates: Gates,
  choice: Readonly<Record<string, unknown>>,
  actor: Actor,
  at: Date,
): AsyncGenerator<readonly BulkRow[]> {
  const { which = 'all', client } = choice as { which?: 'open' | 'due' | 'all'; client?: string };
  const handle = gates.use('bookkeeping', actor);
  const read = (before: string | undefined, limit: number) =>
    handle.rows<BulkRow & { number: string }>(
      `select id, person, number from archive.entry t
        where kind in ('invoice', 'credit') and ($1::bigint is null or number < $1)
          and ($2 or kind = 'invoice' and not ${SETTLED}) and ($3::date is null or due < $3)
          and ($5::uuid is null or client = $5)
        order by number desc limit $4`,
      [before ?? null, which === 'all', which === 'due' ? osloDate(at) : null, limit, client ?? null],
    );
  yield* strides(read, ({ number }) => number);
}

/** Reminds of an invoice that is overdue; refuses one that is not, and a second reminder of one. */
async function remindOne(gates: Gates, { id }: BulkRow, { actor, at }: BulkBy): Promise<void> {
  const invoice = await documentOf(gates, id, actor, at);
  if (invoice.kind !== 'invoice' || invoice.left <= 0) throw new Refusal('billing.settled');
  if (invoice.due === null || invoice.due >= osloDate(at)) throw new Refusal('billing.not-due');
  try {
    await remind(gates, invoice, actor, at);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'billing.reminded') throw error;
    // The process before this one may have reminded and not lived to say so: then it was at the run's own moment.
    const ours = await gates
      .use('bookkeeping', actor)
      .rows('select from billing.reminder where invoice = $1 and at = $2', [id, at]);
    if (ours.length === 0) throw error;
  }
}

/** Notes all that is left of an invoice as paid on the run's day. */
async function paidOne(gates: Gates, { id }: BulkRow, by: BulkBy): Promise<void> {
  const { actor, at, date } = by;
  const invoice = await documentOf(gates, id, actor, at);
  const reference = referenceOf(by);
  if ((await paymentsOf(gates, invoice, by)).some(({ content }) => content.reference === reference)) return;
  if (invoice.kind !== 'invoice' || invoice.left <= 0) throw new Refusal('billing.settled');
  await pay(gates, invoice, { amount: invoice.left, date: date!, reference }, actor, at);
}

/** Takes back the last payment of an invoice that was noted together with others. */
async function takeBackOne(gates: Gates, { id }: BulkRow, by: BulkBy): Promise<void> {
  const { actor, at } = by;
  const invoice = await documentOf(gates, id, actor, at);
  const payments = await paymentsOf(gates, invoice, by);
  const reference = referenceOf(by);
  if (payments.some(({ content }) => content.reference === reference)) return;
  const back = new Set(payments.flatMap(({ content }) => (oreOf(content.amount) < 0 ? content.pays : [])));
  const payment = payments.find(
    ({ content }) =>
      oreOf(content.amount) > 0 && content.reference?.startsWith(TOGETHER) && !back.has(content.number),
  );
  if (payment === undefined) throw new Refusal('billing.nothing-noted');
  await takeBack(gates, invoice, payment, reference, actor, at);
}

/** Payments of an invoice, and those taken back, the newest first. */
const paymentsOf = async (
  gates: Gates,
  { id, client }: SalesDocument,
  { actor, at }: BulkBy,
): Promise<SalesDocument[]> =>
  (await gates.archive.sales({ settles: id, client }, actor, at)).filter(({ kind }) => kind === 'payment');
