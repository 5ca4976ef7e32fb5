import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import type { PriceList, Sold, Span } from '#gates/prices/list.ts';
import { osloDate } from '#statement/period.ts';
import type { Charge, Item, Terms } from './charges.ts';

/** A plan that a client has, or had. */
export interface Subscription {
  readonly id: string;
  readonly person: string;
  readonly client: string;
  readonly plan: string;
  readonly span: Span;
  readonly paidOn: string;
  readonly begunAt: Date;
  readonly endedAt: Date | null;
}

/** All that is needed to reckon what a client owes. */
export interface Account {
  readonly client: string;
  /** The plan that runs, or the last that did. */
  readonly subscription: Subscription;
  readonly terms: Terms;
  readonly items: readonly Item[];
  readonly charged: readonly Charge[];
}

interface ModuleRow {
  client: string;
  id: string;
  module: string;
  begun_at: Date;
  ended_at: Date | null;
}

const NOTHING: Sold = { prices: [] };

/** The accounts of these clients, of those that have one; read for the books. */
export async function accountsOf(gates: Gates, clients: readonly string[]): Promise<Map<string, Account>> {
  const books = gates.use('bookkeeping', SYSTEM);
  const [subscriptions, modules, charges] = await Promise.all([
    books.rows<Subscription>(
      `select id, person, client, plan, span, paid_on::text as "paidOn", begun_at as "begunAt", ended_at as "endedAt"
         from billing.subscription where client = any($1) order by begun_at, id`,
      [clients],
    ),
    books.rows<ModuleRow>(
      'select client, id, module, begun_at, ended_at from customers.module where client = any($1) order by begun_at, id',
      [clients],
    ),
    books.rows<Charge & { client: string; net: string }>(
      `select client, item, kind, from_on::text as "from", to_on::text as "to", net, document
         from billing.charge where client = any($1) order by from_on, id`,
      [clients],
    ),
  ]);
  const theirs = Map.groupBy(subscriptions, ({ client }) => client);
  const taken = Map.groupBy(modules, ({ client }) => client);
  const charged = Map.groupBy(charges, ({ client }) => client);
  return new Map(
    [...theirs].map(([client, all]) => {
      const subscription = all.find(({ endedAt }) => endedAt === null) ?? all.at(-1)!;
      const { span, paidOn } = subscription;
      return [
        client,
        {
          client,
          subscription,
          terms: { anchor: paidOn, span },
          items: [
            ...all.map((one) => planItem(gates.prices, one)),
            ...(taken.get(client) ?? []).map((one) => moduleItem(gates.prices, one)),
          ],
          charged: (charged.get(client) ?? []).map((one) => ({ ...one, net: Number(one.net) })),
        },
      ];
    }),
  );
}

export function planItem(
  { plans }: PriceList,
  { id, plan, begunAt, endedAt }: Pick<Subscription, 'id' | 'plan' | 'begunAt' | 'endedAt'>,
): Item {
  // A plan that the list has no more is not charged: rather too little than by a price that nobody agreed to.
  const sold = Object.hasOwn(plans, plan) ? plans[plan]! : undefined;
  return { id, name: sold?.label.nb ?? plan, sold: sold ?? NOTHING, ...days(begunAt, endedAt) };
}

function moduleItem({ modules }: PriceList, { id, module, begun_at, ended_at }: ModuleRow): Item {
  const sold = Object.hasOwn(modules, module) ? modules[module]! : NOTHING;
  const name = `${module.slice(0, 1).toUpperCase()}${module.slice(1)}`;
  return { id, name, sold, ...days(begun_at, ended_at) };
}

const days = (from: Date, to: Date | null) => ({
  from: osloDate(from),
  to: to === null ? null : osloDate(to),
});
