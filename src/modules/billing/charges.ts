import { type PriceList, priceOn, type Sold, type Span, vatOn } from '#gates/prices/list.ts';
import { daysBetween, earlier, later, type Period, periodOf } from './calendar.ts';
import { share } from './money.ts';

/** A plan or a module that a client has, or had: `to` is the day from which it had it no more. */
export interface Item {
  readonly id: string;
  readonly name: string;
  readonly sold: Sold;
  readonly from: string;
  readonly to: string | null;
}

/** Days of an item that were charged or given back, as `billing.charge` keeps them. */
export interface Charge extends Period {
  readonly item: string;
  readonly kind: 'charge' | 'refund';
  readonly net: number;
  readonly document: string;
}

/** Days of an item that are to be charged, or to be given back on what was charged by `document`. */
export interface Segment extends Period {
  readonly item: string;
  readonly name: string;
  /** In øre without VAT; above 0 both ways. */
  readonly net: number;
  readonly rate: number;
  readonly document?: string;
}

/** How a client pays: in periods of `span` that follow one another from `anchor`, the first day that is paid for. */
export interface Terms {
  readonly anchor: string;
  readonly span: Span;
}

/** What a client owes, and what it is owed, at a day; both empty when all is settled. */
export interface Reckoning {
  readonly charges: readonly Segment[];
  readonly refunds: readonly Segment[];
}

/**
 * What is to be charged and given back by `day` (clause `u.customer`): each item is paid in advance, to the end of the
 * period that the last monthly term lies in, and by the day where it began or ended within one. It goes by what has been
 * charged, so that a term that was missed is caught up with and none is charged twice.
 *
 * `closing`: everything has ended, and is settled to the day without waiting for the next term.
 */
export function reckon(
  prices: PriceList,
  { anchor, span }: Terms,
  items: readonly Item[],
  charged: readonly Charge[],
  day: string,
  closing = false,
): Reckoning {
  const term = periodOf(anchor, 'month', day)?.from;
  if (term === undefined) return { charges: [], refunds: [] };
  const end = periodOf(anchor, span, term)!.to;
  const charges: Segment[] = [];
  const refunds: Segment[] = [];
  for (const item of items) {
    const before = charged.filter(({ item: id, kind }) => id === item.id && kind === 'charge');
    const begun = later(item.from, anchor);
    const reached = before.reduce((last, { to }) => later(last, to), begun);
    // What began after the last term waits for the next one, unless there will be none.
    const isDue = closing || item.from <= term;
    const until = item.to === null ? end : earlier(item.to, end);
    if (isDue && reached < until)
      charges.push(...segments(prices, { anchor, span }, item, { from: reached, to: until }));
    if (item.to !== null)
      for (const one of before.filter(({ to }) => to > item.to!)) {
        const back = refundOf(prices, item, one, item.to, charged);
        if (back !== undefined) refunds.push(back);
      }
  }
  return { charges, refunds };
}

/** The days from one to another, a segment for each period they lie in, at the price of its first day. */
function segments(prices: PriceList, { anchor, span }: Terms, item: Item, days: Period): Segment[] {
  const found: Segment[] = [];
  for (let from = days.from; from < days.to; ) {
    const period = periodOf(anchor, span, from)!;
    const to = earlier(period.to, days.to);
    const price = priceOn(item.sold, from, span) ?? 0;
    const net = share(price, daysBetween(from, to), daysBetween(period.from, period.to));
    if (net > 0) found.push({ item: item.id, name: item.name, from, to, net, rate: vatOn(prices, from) });
    from = to;
  }
  return found;
}

/** What of a charge lies after the item's end; undefined when it was given back, or is nothing. */
function refundOf(
  prices: PriceList,
  { id, name }: Item,
  { from, to, net, document }: Charge,
  ended: string,
  charged: readonly Charge[],
): Segment | undefined {
  const start = later(ended, from);
  const isBack = charged.some(
    (one) => one.kind === 'refund' && one.item === id && one.from <= start && one.to >= to,
  );
  if (isBack) return undefined;
  const back = share(net, daysBetween(start, to), daysBetween(from, to));
  return back === 0
    ? undefined
    : { item: id, name, from: start, to, net: back, rate: vatOn(prices, from), document };
}
