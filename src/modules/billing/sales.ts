import type { Content } from '#gates/archive/shelf.ts';
import { kidOf } from '#gates/numbers.ts';
import type { PriceList } from '#gates/prices/list.ts';
import { addDays, earlier, later } from './calendar.ts';
import type { Segment } from './charges.ts';
import { amountOf, type Totals, totalsOf } from './money.ts';

/** Whom a document is issued to, as they stand in their own account on that day. */
export interface Buyer {
  readonly name: string;
  readonly organisation: string;
}

/** A line of a sales document, as it is read back out of the archive. */
export interface Line {
  readonly what: string;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** In øre without VAT. */
  readonly net: number;
  readonly rate: number;
}

/** What every sales document says of the seller, and of its date and number. */
export interface Heading {
  readonly prices: PriceList;
  readonly seller: string;
  readonly buyer: Buyer;
  readonly number: number;
  readonly date: string;
}

/** An invoice as the archive keeps it: what bokføringsforskriften § 5-1-1 and § 5-1-2 ask for. */
export function invoiceContent(heading: Heading, segments: readonly Segment[], due: string): Content {
  return {
    ...content(heading, segments, 'Abonnement'),
    due,
    kid: kidOf(heading.number),
    sellerAccount: heading.prices.seller.account,
  };
}

/** A credit note: another document, that names the one it takes back (bokføringsloven § 10). */
export function creditContent(
  heading: Heading,
  segments: readonly Segment[],
  credits: { number: number; date: string },
): Content {
  return {
    ...content(heading, segments, 'Kreditnota'),
    credits: String(credits.number),
    creditsDate: credits.date,
  };
}

function content(
  { prices, seller, buyer, number, date }: Heading,
  segments: readonly Segment[],
  what: string,
): Content {
  const { net, vat, total } = totalsOf(segments);
  const from = segments.map((one) => one.from).reduce(earlier);
  const to = segments.map((one) => one.to).reduce(later);
  return {
    number: String(number),
    date,
    buyer: buyer.name,
    organisation: buyer.organisation,
    what,
    ...Object.fromEntries(segments.map((one, at) => [`line${at + 1}`, lineText(one)])),
    delivered: `${from}–${addDays(to, -1)}`,
    net: amountOf(net),
    vat: amountOf(vat),
    amount: amountOf(total),
    currency: prices.currency,
    seller,
    sellerOrganisation: prices.seller.organisation,
    sellerStreet: prices.seller.street,
    sellerPostcode: prices.seller.postcode,
    sellerCity: prices.seller.city,
    sellerVat: prices.seller.vat ? 'yes' : 'no',
    sellerRegister: prices.seller.register ? 'yes' : 'no',
  };
}

function lineText({ name, from, to, net, rate }: Segment): string {
  return `${name}, ${from}–${addDays(to, -1)}: ${amountOf(net)} + ${rate} %`;
}

const LINE = /^(.+), (\d{4}-\d{2}-\d{2})–(\d{4}-\d{2}-\d{2}): (\d+)\.(\d{2}) \+ (\d{1,2}) %$/;

/** The lines of an archived document, in their order. */
export function linesOf(content: Content): Line[] {
  const lines: Line[] = [];
  for (let at = 1; content[`line${at}`] !== undefined; at += 1) {
    const [, what = '', from = '', to = '', kroner, ore, rate] = LINE.exec(content[`line${at}`]!) ?? [];
    if (rate === undefined) throw new RangeError('not a line of a sales document');
    lines.push({ what, from, to, net: Number(kroner) * 100 + Number(ore), rate: Number(rate) });
  }
  return lines;
}

/** First and last day of what an archived document is for. */
export function daysSpanned(content: Content): [string, string] {
  const lines = linesOf(content);
  return [lines.map(({ from }) => from).reduce(earlier), lines.map(({ to }) => to).reduce(later)];
}

/** What an archived document amounts to, by rate: reckoned as it was when it was issued. */
export function totalsOfContent(content: Content): Totals {
  return totalsOf(linesOf(content));
}
