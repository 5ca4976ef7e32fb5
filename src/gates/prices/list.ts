import type { Text } from '#statement/grammar.ts';

/** A price from a date on, in whole øre without VAT. */
export interface Price {
  readonly from: string;
  readonly month: number;
  readonly year: number;
}

/** Something that is sold by the month or the year. */
export interface Sold {
  /** In order of their dates; the last that has begun holds. */
  readonly prices: readonly Price[];
}

export interface Plan extends Sold {
  readonly label: Text;
  readonly about: Text;
}

/** Who sells: what the law asks for of a seller on a sales document (bokføringsforskriften § 5-1-2). */
export interface Seller {
  readonly organisation: string;
  /** In the VAT register: VAT is reckoned, and the number is followed by MVA. */
  readonly vat: boolean;
  readonly register: boolean;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** Number of the bank account, eleven digits. */
  readonly account: string;
}

/** The operator's price list. Nothing in it is about anybody. */
export interface PriceList {
  readonly currency: 'NOK';
  readonly seller: Seller;
  /** ISO 8601 durations. */
  readonly trial: string;
  readonly terms: string;
  /** Rates of VAT in per cent, in order of the dates from which they hold. */
  readonly vat: readonly { readonly from: string; readonly rate: number }[];
  readonly plans: Readonly<Record<string, Plan>>;
  readonly modules: Readonly<Record<string, Sold>>;
}

/** How long a subscription is paid for at a time. */
export type Span = 'month' | 'year';

/** What something costs for a whole span that begins on a date, in øre without VAT; undefined before its first price. */
export function priceOn({ prices }: Sold, date: string, span: Span): number | undefined {
  return prices.findLast(({ from }) => from <= date)?.[span];
}

/** The rate of VAT for what is delivered from a date on, in per cent; 0 for a seller outside the VAT register. */
export function vatOn({ vat, seller }: PriceList, date: string): number {
  return seller.vat ? (vat.findLast(({ from }) => from <= date)?.rate ?? 0) : 0;
}

/** True for a number of the series that the registers give to invented companies: they begin with 2 or 3. */
export function isInvented(organisation: string): boolean {
  return /^[23]/.test(organisation);
}
