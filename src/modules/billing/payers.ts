import { SYSTEM } from '#gates/actor.ts';
import type { LetterRequest } from '#gates/collect.ts';
import type { Gates } from '#gates/gates.ts';
import { rightsOf } from '#gates/rights.ts';

/** What tells that an invoice is ready, and that it should have been paid. */
export type InvoiceLetter = 'billing.invoice' | 'billing.reminder';

/**
 * Who of a client is told of its invoices: its owner, and those whose level lets them see them. Nobody once its agreement
 * is over: their addresses were kept for that alone (clause `k.contact-agreement`).
 */
export async function payersOf(gates: Gates, client: string): Promise<string[]> {
  const rows = await gates
    .use('agreement', SYSTEM)
    .of(client)
    .rows<{ person: string; level: string; rights: string[] | null }>(
      `select m.person, m.level, l.rights from customers.member m
         left join customers.level l on l.client = m.client and l.id::text = m.level
        where m.client = $1 and m.ended_at is null order by m.since, m.id`,
      [client],
    );
  return rows
    .filter(({ level, rights }) => rightsOf(level, rights).includes('payment.see'))
    .map(({ person }) => person);
}

/** The letters that tell these people of an invoice. */
export function lettersTo(
  people: readonly string[],
  kind: InvoiceLetter,
  client: string,
  invoice: string,
): LetterRequest[] {
  return people.map((to) => ({ kind, purpose: 'agreement', reference: invoice, client, to }));
}
