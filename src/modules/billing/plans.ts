import { randomUUID } from 'node:crypto';
import type { Actor } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { type Plan, priceOn, type Span, vatOn } from '#gates/prices/list.ts';
import { Refusal } from '#gates/refusal.ts';
import { after, osloDate } from '#statement/period.ts';
import { type Account, accountsOf, planItem, type Subscription } from './accounts.ts';
import { addDays, later, periodOf } from './calendar.ts';
import { type Item, type Reckoning, reckon, type Terms } from './charges.ts';
import { draw, openSubscriptions } from './invoicing.ts';
import { totalsOf } from './money.ts';
import type { PreviewAnswer, PricesAnswer, SubscriptionAnswer } from './shapes.ts';

export interface Wish {
  readonly plan: string;
  readonly span: Span;
}

/** The price list as it is today. */
export function pricesToday({ prices }: Gates, at: Date): PricesAnswer {
  const day = osloDate(at);
  const price = (sold: Parameters<typeof priceOn>[0]) => ({
    month: priceOn(sold, day, 'month') ?? 0,
    year: priceOn(sold, day, 'year') ?? 0,
  });
  return {
    currency: prices.currency,
    vat: vatOn(prices, day),
    trialUntil: osloDate(after(at, prices.trial)),
    plans: Object.entries(prices.plans).map(([plan, sold]) => ({
      plan,
      label: sold.label,
      about: sold.about,
      ...price(sold),
    })),
    modules: Object.entries(prices.modules).map(([module, sold]) => ({ module, ...price(sold) })),
  };
}

/** What a client has and pays for, and what its next invoice will say (clause `u.customer`). */
export async function viewSubscription(gates: Gates, client: string, at: Date): Promise<SubscriptionAnswer> {
  const account = await runningAccount(gates, client, at);
  const { subscription, terms, items, charged } = account;
  const on = nextTerm(terms, osloDate(at));
  const { label } = planOf(gates, subscription.plan);
  return {
    plan: subscription.plan,
    label,
    span: subscription.span,
    since: osloDate(subscription.begunAt),
    freeUntil: subscription.paidOn > osloDate(at) ? subscription.paidOn : null,
    next: coming(on, reckon(gates.prices, terms, items, charged, on)),
  };
}

/** What the next invoice would have on it for a change of plan, and nothing else: below 0 when money comes back. */
export async function previewPlan(
  gates: Gates,
  client: string,
  wished: Partial<Wish>,
  at: Date,
): Promise<PreviewAnswer> {
  const account = await runningAccount(gates, client, at);
  const { subscription } = account;
  const day = osloDate(at);
  const wish = { plan: wished.plan ?? subscription.plan, span: wished.span ?? subscription.span };
  if (isSame(subscription, wish)) return coming(nextTerm(account.terms, day), { charges: [], refunds: [] });
  planOf(gates, wish.plan);
  const next = planItem(gates.prices, { id: randomUUID(), plan: wish.plan, begunAt: at, endedAt: null });
  const terms = changed(subscription, wish, day);
  const current = account.items
    .filter(({ id }) => id === subscription.id)
    .map((one): Item => ({ ...one, to: day }));
  const before = account.charged.filter(({ item }) => item === subscription.id);
  const due = reckon(gates.prices, terms, [...current, next], before, later(day, terms.anchor), true);
  return coming(nextTerm(terms, day), due);
}

/**
 * Gives a client another plan, or another span to pay for, from today: what is left of the old is given back, and the new
 * is charged to the day, on the next invoice. Refuses a plan that the list lacks, and a client without one that runs.
 */
export async function changePlan(
  gates: Gates,
  client: string,
  wish: Wish,
  actor: Actor,
  at: Date,
): Promise<void> {
  planOf(gates, wish.plan);
  const account = await runningAccount(gates, client, at);
  const { subscription, terms, items, charged } = account;
  if (isSame(subscription, wish)) return;
  const day = osloDate(at);
  // Modules are settled by the periods that they were taken in, before those are others.
  if (wish.span !== subscription.span)
    await draw(gates, account, reckon(gates.prices, terms, items, charged, day, true), at);
  await gates.client.change(
    { client, actor, act: 'subscription.plan', at },
    [{ table: 'billing.subscription', id: subscription.id, set: { ended_at: at } }],
    'billing.no-subscription',
  );
  const { anchor } = changed(subscription, wish, day);
  const { person } = subscription;
  const values = { person, id: randomUUID(), client, ...wish, paid_on: anchor, begun_at: at };
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: { person },
    gives: () => ({ values: {}, rows: [{ table: 'billing.subscription', values, once: true }] }),
  });
}

const isSame = (one: Wish, other: Wish) => one.plan === other.plan && one.span === other.span;

/** Another span begins its periods on the day of the change; the trial is not cut short. */
function changed({ span, paidOn }: Subscription, wish: Wish, day: string): Terms {
  return { span: wish.span, anchor: wish.span === span ? paidOn : later(paidOn, day) };
}

function planOf({ prices: { plans } }: Gates, plan: string): Plan {
  const found = Object.hasOwn(plans, plan) ? plans[plan] : undefined;
  if (found === undefined) throw new Refusal('billing.unknown-plan', ['plan']);
  return found;
}

async function runningAccount(gates: Gates, client: string, at: Date): Promise<Account> {
  const found = await accountsOf(gates, [client]);
  let account = found.get(client);
  if (account === undefined || account.subscription.endedAt !== null) {
    await openSubscriptions(gates, at, client);
    account = (await accountsOf(gates, [client])).get(client);
  }
  if (account === undefined || account.subscription.endedAt !== null)
    throw new Refusal('billing.no-subscription');
  return account;
}

/** The first day of the next monthly term. */
function nextTerm({ anchor }: Terms, day: string): string {
  return periodOf(anchor, 'month', day)?.to ?? anchor;
}

function coming(on: string, { charges, refunds }: Reckoning): SubscriptionAnswer['next'] {
  const lines = [...charges, ...refunds.map((one) => ({ ...one, net: -one.net }))];
  const { net, vat, total } = totalsOf(lines);
  return {
    on,
    lines: lines.map(({ name, from, to, net, rate }) => ({
      what: name,
      from,
      to: addDays(to, -1),
      net,
      rate,
    })),
    net,
    vat,
    total,
  };
}
