import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '#gates/actor.ts';
import type { SalesDocument } from '#gates/archive/sales.ts';
import type { Gates } from '#gates/gates.ts';
import type { Paid } from '#gates/payments.ts';
import { Refusal } from '#gates/refusal.ts';
import { osloDate } from '#statement/period.ts';
import { pay } from './invoices.ts';
import type { PaymentMethodAnswer } from './shapes.ts';

interface Row {
  readonly id: string;
  readonly person: string;
  readonly provider: string;
  readonly reference: string;
  readonly brand: string;
  readonly lastFour: string;
  readonly expires: string;
  readonly paidAt: Date;
}

const POINT = 'client';

async function cardOf(gates: Gates, client: string): Promise<Row | undefined> {
  const [row] = await gates.use('bookkeeping', SYSTEM).rows<Row>(
    `select id, person, provider, reference, brand, last_four as "lastFour", expires, paid_at as "paidAt"
       from billing.card where client = $1`,
    [client],
  );
  return row;
}

/** How a client can pay, and the card it paid with last. */
export async function viewMethod(gates: Gates, client: string): Promise<PaymentMethodAnswer> {
  const card = await cardOf(gates, client);
  return {
    hosted: gates.payments.hosted,
    card:
      card === undefined
        ? null
        : { brand: card.brand, lastFour: card.lastFour, expires: card.expires, provider: card.provider },
  };
}

/** Forgets the card. The provider keeps what it must of what was paid. */
export async function forgetCard(gates: Gates, client: string, actor: Actor, at: Date): Promise<void> {
  const card = await cardOf(gates, client);
  if (card === undefined) return;
  const row = { table: 'billing.card', id: card.id };
  await gates.client.remove({ client, actor, act: 'payment.card', at }, row, 'billing.unknown-invoice');
}

/** The address of a page on which an invoice is paid; refuses one of which nothing is left. */
export async function beginPayment(
  gates: Gates,
  invoice: SalesDocument,
  back: string,
  actor: Actor,
  at: Date,
): Promise<string> {
  const { id, client, person, left, content } = invoice;
  if (left <= 0) throw new Refusal('billing.settled');
  const title = `Faktura ${content.number}`;
  const wish = { client, invoice: id, title, amount: left, currency: content.currency!, back };
  return gates.payments.begin(wish, person, actor, at);
}

/**
 * Books a payment that the provider says has come in, and keeps the card's mask in place of the last one's. Told of twice,
 * it is booked once; of an invoice that we do not have nothing is booked.
 */
export async function takePayment(gates: Gates, paid: Paid, at: Date): Promise<void> {
  const which = { ids: [paid.invoice], client: paid.client, sold: true };
  const [invoice] = await gates.archive.sales(which, SYSTEM, at);
  if (invoice?.kind !== 'invoice' || invoice.content.currency !== paid.currency || paid.amount <= 0) return;
  const date = osloDate(paid.at > at ? at : paid.at);
  const { amount, reference } = paid;
  await pay(gates, invoice, { amount, date, reference, received: true }, SYSTEM, at);
  await keepCard(gates, paid, at);
}

async function keepCard(gates: Gates, { client, card, at: paidAt }: Paid, at: Date): Promise<void> {
  if (card === undefined) return;
  const [owner] = await gates
    .use('bookkeeping', SYSTEM)
    .rows<{ person: string }>(
      'select person from billing.subscription where client = $1 and ended_at is null',
      [client],
    );
  const before = await cardOf(gates, client);
  const isOld = before !== undefined && (before.reference === card.reference || before.paidAt >= paidAt);
  if (owner === undefined || isOld) return;
  await forgetCard(gates, client, SYSTEM, at);
  const { person } = owner;
  const { reference, brand, lastFour, expires } = card;
  const values = { person, id: randomUUID(), client, provider: gates.payments.provider, reference, brand };
  await gates.collect({
    point: POINT,
    actor: SYSTEM,
    at,
    about: { person },
    gives: () => ({
      values: {},
      rows: [
        {
          table: 'billing.card',
          values: { ...values, last_four: lastFour, expires, paid_at: paidAt },
          once: true,
        },
      ],
    }),
  });
}
