import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '#gates/actor.ts';
import { SETTLED } from '#gates/archive/sales.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { osloDate } from '#statement/period.ts';
import { addDays, isWeekday } from './calendar.ts';
import { lettersTo, payersOf } from './payers.ts';

/**
 * Days after the due date before a reminder goes by itself: what was paid on the last day is in the bank by then, and has
 * been noted here.
 */
const FIRST = 7;
/** Days after which none goes by itself any more: whoever asks for money that old should have looked at it first. */
const LAST = 30;

/** An invoice that somebody is to be reminded of. */
export interface Overdue {
  readonly id: string;
  readonly person: string;
  readonly client: string;
}

/**
 * Reminds of every invoice whose time for it has come (clause `u.customer`): once, from a week after it was due, on a
 * weekday, and for no fee. It goes by the marks beside the sealed invoices, so that no round of it looks at anybody.
 * Answers with how many were reminded of.
 */
export async function remindDue(gates: Gates, at: Date): Promise<number> {
  const today = osloDate(at);
  if (!isWeekday(today)) return 0;
  const overdue = await gates.use('bookkeeping', SYSTEM).rows<Overdue>(
    `select t.id, t.person, t.client from archive.entry t
      where t.kind = 'invoice' and t.due between $1 and $2
        and not ${SETTLED}
        and not exists (select from billing.reminder r where r.invoice = t.id)
      order by t.number`,
    [addDays(today, -LAST), addDays(today, -FIRST)],
  );
  let reminded = 0;
  for (const invoice of overdue) {
    // Another process may be at the same invoice, and a client that has ended has nobody to remind.
    const went = await remind(gates, invoice, SYSTEM, at).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal) return false;
        throw error;
      },
    );
    if (went) reminded += 1;
  }
  return reminded;
}

/** When these documents were reminded of, by number of the document; calendar dates in Oslo. */
export async function remindedOn(gates: Gates, documents: readonly string[]): Promise<Map<string, string>> {
  const rows = await gates
    .use('bookkeeping', SYSTEM)
    .rows<{ invoice: string; at: Date }>('select invoice, at from billing.reminder where invoice = any($1)', [
      documents,
    ]);
  return new Map(rows.map(({ invoice, at }) => [invoice, osloDate(at)]));
}

/**
 * Reminds whoever is to pay an invoice, by letter. The reminder and its letters are queued in one commit, and there is
 * room for one a document, so that no crash and no second process sends another. Refuses a second one, and a client that
 * has nobody to remind any more.
 */
export async function remind(
  gates: Gates,
  { id, person, client }: Overdue,
  actor: Actor,
  at: Date,
): Promise<void> {
  const payers = await payersOf(gates, client);
  if (payers.length === 0) throw new Refusal('billing.nobody-to-remind');
  await gates.trace({
    purpose: 'agreement',
    act: 'invoice.reminded',
    person,
    actor,
    at,
    rows: [{ table: 'billing.reminder', values: { person, id: randomUUID(), client, invoice: id, at } }],
    letters: lettersTo(payers, 'billing.reminder', client, id),
    taken: 'billing.reminded',
  });
}
