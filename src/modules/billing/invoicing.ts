import { randomUUID } from 'node:crypto';
import { isPersonNumber, SYSTEM } from '#gates/actor.ts';
import type { Issued } from '#gates/archive/sales.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { after, osloDate } from '#statement/period.ts';
import { type Account, accountsOf } from './accounts.ts';
import { type Reckoning, reckon, type Segment } from './charges.ts';
import { lettersTo, payersOf } from './payers.ts';
import { type Buyer, creditContent, type Heading, invoiceContent } from './sales.ts';

/** Clients looked at together. */
const TOGETHER = 200;
/** The point by which what a client pays for comes in. */
const POINT = 'client';

/**
 * Opens a subscription for each client that has an agreement and no plan, and draws every document that is due (clause
 * `u.customer`). By the clock that it is given: terms that were missed are caught up with, and a document that another
 * process draws at the same moment is drawn once. Answers with how many were drawn.
 */
export async function drawDue(gates: Gates, at: Date): Promise<number> {
  await openSubscriptions(gates, at);
  const rows = await gates
    .use('bookkeeping', SYSTEM)
    .rows<{ client: string }>('select distinct client from billing.subscription order by client');
  const clients = rows.map(({ client }) => client);
  let drawn = 0;
  for (let from = 0; from < clients.length; from += TOGETHER)
    for (const account of (await accountsOf(gates, clients.slice(from, from + TOGETHER))).values())
      drawn += (await drawFor(gates, account, at)).length;
  return drawn;
}

interface Unopened {
  readonly person: string;
  readonly client: string;
  readonly begun_at: Date;
  readonly known: boolean;
  readonly plan: string | null;
  readonly span: string | null;
  readonly paid_on: string | null;
  readonly plan_ended: Date | null;
}

/**
 * Gives each client that has an agreement and no plan one: the first of the list, by the month and free for the trial.
 * Whoever had one before has it again, such as when the subscription is taken up anew; the trial comes once.
 */
export async function openSubscriptions(gates: Gates, at: Date, client?: string): Promise<void> {
  const rows = await gates.use('bookkeeping', SYSTEM).rows<Unopened>(
    `select a.person, a.client, a.begun_at, exists (select from archive.entry e where e.client = a.client) as known,
            s.plan, s.span, s.paid_on::text as paid_on, s.ended_at as plan_ended
       from customers.agreement a
       left join lateral (select * from billing.subscription b where b.client = a.client order by b.begun_at desc limit 1) s on true
      where a.ended_at is null and a.begun_at <= $1 and ($2::uuid is null or a.client = $2)
        and (s.id is null or s.ended_at is not null)
      order by a.begun_at, a.client`,
    [at, client ?? null],
  );
  for (const one of rows) {
    const { person, client } = one;
    const values = { person, id: randomUUID(), client, ...planOf(gates, one) };
    await gates.collect({
      point: POINT,
      actor: SYSTEM,
      at,
      about: { person },
      gives: () => ({ values: {}, rows: [{ table: 'billing.subscription', values, once: true }] }),
    });
  }
}

function planOf({ prices }: Gates, { known, begun_at, plan, span, paid_on, plan_ended }: Unopened) {
  const [first] = Object.keys(prices.plans);
  const begun = osloDate(begun_at);
  if (plan === null) {
    const paidOn = known ? begun : osloDate(after(begun_at, prices.trial));
    return { plan: first, span: 'month', paid_on: paidOn, begun_at };
  }
  // A change of plan that was cut short leaves the plan as it was, and where it left off; after an end all begins anew.
  return plan_ended !== null && plan_ended >= begun_at
    ? { plan, span, paid_on, begun_at: plan_ended }
    : { plan, span, paid_on: begun, begun_at };
}

/** What is due of one account at a moment; closing once its plan has ended. */
export function dueOf(gates: Gates, { subscription, terms, items, charged }: Account, at: Date): Reckoning {
  const { endedAt } = subscription;
  const closing = endedAt !== null && endedAt <= at;
  const day = osloDate(closing ? endedAt : at);
  return reckon(
    gates.prices,
    terms,
    closing ? items.map((one) => endedBy(one, day)) : items,
    charged,
    day,
    closing,
  );
}

/**
 * Settles what somebody's clients owe and are owed to the day, as an end does, when they are about to be erased: their
 * clients go with them (clause `u.customer`). Undefined for whoever has none. Refuses where others use one of them, before
 * anything is drawn; what is drawn is not drawn again if the erasure has to be asked for anew.
 */
export async function settleOwner(
  gates: Gates,
  person: string,
  at: Date,
): Promise<(() => Promise<void>) | undefined> {
  // Anybody may ask by any number, and the erasure itself refuses one that is nobody's.
  if (!isPersonNumber(person)) return undefined;
  const rows = await gates
    .use('bookkeeping', SYSTEM)
    .rows<{ client: string }>('select distinct client from billing.subscription where person = $1', [person]);
  if (rows.length === 0) return undefined;
  const clients = rows.map(({ client }) => client);
  return async () => {
    const others = await gates
      .use('sign-in', SYSTEM)
      .rows(
        'select from customers.member where client = any($1) and person <> $2 and ended_at is null limit 1',
        [clients, person],
      );
    if (others.length > 0) throw new Refusal('customers.last-owner');
    for (const account of (await accountsOf(gates, clients)).values())
      await draw(gates, account, closingOf(gates, account, at), at);
  };
}

/** What is due of an account that is over at a moment, whether or not its plan has ended. */
function closingOf(gates: Gates, account: Account, at: Date): Reckoning {
  const subscription = { ...account.subscription, endedAt: account.subscription.endedAt ?? at };
  return dueOf(gates, { ...account, subscription }, at);
}

const endedBy = <T extends { readonly to: string | null }>(item: T, day: string): T =>
  item.to === null || item.to > day ? { ...item, to: day } : item;

/** Draws what is due of one account: an invoice for what is charged, and a credit note for each document given back on. */
async function drawFor(gates: Gates, account: Account, at: Date): Promise<Issued[]> {
  const due = dueOf(gates, account, at);
  if (due.charges.length + due.refunds.length === 0) return [];
  return draw(gates, account, due, at);
}

/** Books a reckoning, charges first. A client without a name or a number gets no document: there would be no buyer on it. */
export async function draw(gates: Gates, account: Account, due: Reckoning, at: Date): Promise<Issued[]> {
  const buyer = await buyerOf(gates, account.client, at);
  if (buyer === undefined) return [];
  const { client } = account;
  const { person } = buyer;
  const date = osloDate(at);
  const heading = (number: number): Heading => ({
    prices: gates.prices,
    seller: gates.statement.operator.name,
    buyer,
    number,
    date,
  });
  const common = { client, person, dated: date, actor: SYSTEM, at };
  const issued: Issued[] = [];
  if (due.charges.length > 0) {
    const [first] = due.charges;
    const paidBy = osloDate(after(at, gates.prices.terms));
    const payers = await payersOf(gates, client);
    issued.push(
      await gates.archive.issue({
        ...common,
        kind: 'invoice',
        due: paidBy,
        once: `charge/${first!.item}/${first!.from}`,
        content: (number) => invoiceContent(heading(number), due.charges, paidBy),
        rows: (document) => chargeRows({ client, person }, 'charge', due.charges, document, at),
        letters: (document) => lettersTo(payers, 'billing.invoice', client, document),
      }),
    );
  }
  for (const [document, refunds] of Map.groupBy(due.refunds, (one) => one.document!)) {
    const [invoice] = await gates.archive.sales({ ids: [document] }, SYSTEM, at);
    if (invoice === undefined) continue;
    const credits = { number: invoice.number, date: invoice.dated };
    issued.push(
      await gates.archive.issue({
        ...common,
        kind: 'credit',
        settles: document,
        once: `refund/${refunds[0]!.item}/${refunds[0]!.from}`,
        content: (number) => creditContent(heading(number), refunds, credits),
        rows: (id) => chargeRows({ client, person }, 'refund', refunds, id, at),
      }),
    );
  }
  return issued.filter(({ added }) => added);
}

/** What a document charges or gives back, as rows to go with it. */
export function chargeRows(
  { client, person }: { readonly client: string; readonly person: string },
  kind: 'charge' | 'refund',
  segments: readonly Pick<Segment, 'item' | 'from' | 'to' | 'net'>[],
  document: string,
  at: Date,
): Row[] {
  return segments.map(({ item, from, to, net }) => ({
    table: 'billing.charge',
    values: { person, id: randomUUID(), client, item, kind, from_on: from, to_on: to, net, document, at },
  }));
}

/** The company as its account says now, and who owns the account. */
export async function buyerOf(
  gates: Gates,
  client: string,
  at: Date,
): Promise<(Buyer & { person: string }) | undefined> {
  const books = gates.use('bookkeeping', SYSTEM);
  const rows = await books.rows<{ person: string; id: string; name: Buffer | null; number: Buffer | null }>(
    'select person, id, name, number from customers.client where client = $1 order by begun_at desc limit 1',
    [client],
  );
  const [seen] = await books.opened('customers.client', rows, ['name', 'number'], 'invoice', at);
  if (seen === undefined || seen.name === null || seen.number === null) return undefined;
  return { person: seen.person, name: seen.name, organisation: seen.number };
}
