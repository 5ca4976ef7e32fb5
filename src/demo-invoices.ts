import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { pay } from '#modules/billing/invoices.ts';
import { drawDue } from '#modules/billing/invoicing.ts';
import { end } from '#modules/customers/lifecycle.ts';
import { osloDate } from '#statement/period.ts';
import { endOf, type Owner } from './demo-clients.ts';
import { seeded } from './demo-people.ts';

const DAY = 86_400_000;
/** Documents are drawn once in so many days of the past: each round costs, and the first start is not to wait for 600. */
const EVERY = 15;

/**
 * Lets the past of the demo's clients run: documents are drawn as a server that was on would have, subscriptions end on
 * their day, and most invoices are paid in time, some of them late and a few not at all.
 */
export async function inventInvoices(gates: Gates, owners: readonly Owner[], now: Date): Promise<void> {
  const first = Math.min(now.getTime(), ...owners.map(({ begun }) => begun.getTime()));
  const ends = owners.flatMap((owner) => {
    const at = endOf(owner, now);
    return at === undefined ? [] : [{ at, owner }];
  });
  const moments = [
    ...Array.from({ length: Math.ceil((now.getTime() - first) / (EVERY * DAY)) }, (_, n) => ({
      at: new Date(now.getTime() - n * EVERY * DAY),
      owner: undefined,
    })),
    ...ends,
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, owner } of moments) {
    if (owner !== undefined)
      await end(gates, owner.client, { kind: 'person', id: owner.person, client: owner.client }, at);
    await drawDue(gates, at);
  }
  await settle(gates, now);
}

/** Payments, in the order in which they came. */
async function settle(gates: Gates, now: Date): Promise<void> {
  const random = seeded(20260101);
  const invoices = (await gates.archive.sales({ open: true, limit: 10_000 }, SYSTEM, now)).reverse();
  const payments = invoices
    .map((invoice) => {
      const late = random();
      const days = late < 0.8 ? 3 + Math.floor(random() * 11) : 15 + Math.floor(random() * 40);
      const at = new Date(Date.parse(`${invoice.dated}T09:00:00Z`) + days * DAY);
      return { invoice, at, paid: late < 0.96 && invoice.left > 0 };
    })
    .filter(({ at, paid }) => paid && at < now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const [n, { invoice, at }] of payments.entries())
    await pay(
      gates,
      invoice,
      { amount: invoice.left, date: osloDate(at), reference: `Bank ${100_000 + n}` },
      SYSTEM,
      at,
    );
}
