import type { Language } from '#statement/grammar.ts';

/**
 * Money is whole øre from end to end; kroner are written, never reckoned with.
 *
 * Each line is rounded to the øre by itself. VAT is reckoned once for each rate, on the sum of its lines, as EN 16931
 * demands (BR-CO-17, BR-S-09), so that what stands on the document adds up. Half an øre goes away from nothing.
 */

/** Something with an amount without VAT, in øre, and a rate in per cent. */
export interface Taxed {
  readonly net: number;
  readonly rate: number;
}

/** What a document amounts to: by rate, and in all. */
export interface Totals {
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly rates: readonly { readonly rate: number; readonly net: number; readonly vat: number }[];
}

/** `amount * part / whole` to the nearest øre. Whole numbers all through: `whole` is above 0. */
export function share(amount: number, part: number, whole: number): number {
  const [a, p, w] = [BigInt(amount), BigInt(part), BigInt(whole)];
  const doubled = 2n * a * p;
  const half = doubled < 0n ? -w : w;
  return Number((doubled + half) / (2n * w));
}

export function totalsOf(lines: readonly Taxed[]): Totals {
  const rates = [...Map.groupBy(lines, ({ rate }) => rate)]
    .sort(([a], [b]) => b - a)
    .map(([rate, some]) => {
      const net = some.reduce((sum, line) => sum + line.net, 0);
      return { rate, net, vat: share(net, rate, 100) };
    });
  const net = rates.reduce((sum, one) => sum + one.net, 0);
  const vat = rates.reduce((sum, one) => sum + one.vat, 0);
  return { net, vat, total: net + vat, rates };
}

/** An amount as a document writes it: `1250.00`. */
export function amountOf(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** How people of a language read an amount: `1 250,00`. */
export function moneyIn(language: Language): (ore: number) => string {
  const format = new Intl.NumberFormat(language === 'nb' ? 'nb-NO' : 'en-GB', { minimumFractionDigits: 2 });
  // The standard fonts of PDF have no narrow space and no minus sign of their own.
  return (ore) =>
    format
      .format(ore / 100)
      .replace(/[\u202f\u00a0]/g, ' ')
      .replace('\u2212', '-');
}
