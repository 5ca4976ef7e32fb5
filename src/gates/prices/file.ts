import { readFileSync } from 'node:fs';
import { StatementError } from '#statement/applied.ts';
import { judge } from '#statement/check.ts';
import { isDate, parsePeriod } from '#statement/period.ts';
import type { Path, Say } from '#statement/problems.ts';
import type { Shape } from '#statement/shape.ts';
import { isAccount, isOrganisation } from '../numbers.ts';
import { parseYaml } from '../yaml-file.ts';
import type { PriceList, Sold } from './list.ts';

/** A hundred million kroner: a price beyond it is a slip of the finger. */
const MOST = 10_000_000_000;

const text = (pattern?: RegExp, says?: string): Shape => ({ kind: 'text', pattern, says });
const record = (fields: Readonly<Record<string, Shape>>): Shape => ({
  kind: 'record',
  fields: Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, { shape, about: '' }])),
});
const date = text(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31');
const amount: Shape = { kind: 'integer', least: 0, most: MOST };
const prices: Shape = { kind: 'list', of: record({ from: date, month: amount, year: amount }) };
const yesNo: Shape = { kind: 'boolean' };
const both: Shape = { kind: 'both' };
const map = (of: Shape): Shape => ({ kind: 'map', of, ids: 'id' });

const LIST = record({
  currency: { kind: 'one', of: ['NOK'] },
  seller: record({
    organisation: text(/^\d{9}$/, 'an organisation number of nine digits in quotes'),
    vat: yesNo,
    register: yesNo,
    street: text(),
    postcode: text(/^\d{4}$/, 'a postcode of four digits in quotes'),
    city: text(),
    account: text(/^\d{11}$/, 'an account number of eleven digits in quotes'),
  }),
  trial: { kind: 'period' },
  terms: { kind: 'period' },
  vat: { kind: 'list', of: record({ from: date, rate: { kind: 'integer', least: 0, most: 99 } }) },
  plans: map(record({ label: both, about: both, prices })),
  modules: map(record({ prices })),
});

/** Reads and judges the price list. Throws StatementError that lists every problem with its place. */
export function readPrices(file: string): PriceList {
  let yaml: string;
  try {
    yaml = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const message = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
    throw new StatementError([{ file, line: 1, column: 1, message }]);
  }
  return parsePrices(yaml, file);
}

/** Judges a price list from its text. Throws StatementError with places in `file`. */
export function parsePrices(yaml: string, file: string): PriceList {
  const { document, locate } = parseYaml(yaml, file);
  const { value, problems } = judge<PriceList>(document, LIST, locate, judgeSense);
  if (value === undefined) throw new StatementError(problems);
  return value;
}

function judgeSense(list: PriceList, say: Say): void {
  const { seller, plans, modules } = list;
  if (!isOrganisation(seller.organisation))
    say(['seller', 'organisation'], 'seller.organisation: the last digit is not its check digit');
  if (!isAccount(seller.account))
    say(['seller', 'account'], 'seller.account: the last digit is not its check digit');
  for (const name of ['trial', 'terms'] as const) {
    const { hours, minutes, seconds } = parsePeriod(list[name])!;
    if (hours + minutes + seconds > 0) say([name], `${name}: expected whole days, such as P14D`);
  }
  if (Object.keys(plans).length === 0) say(['plans'], 'plans: there is none to give a new client');
  judgeDates(list.vat, ['vat'], say);
  for (const [group, all] of Object.entries({ plans, modules }) as [string, Record<string, Sold>][])
    for (const [id, sold] of Object.entries(all)) judgeDates(sold.prices, [group, id, 'prices'], say);
}

/** Dates that are none, or that do not follow one another, would let the wrong price hold. */
function judgeDates(rows: readonly { readonly from: string }[], path: Path, say: Say): void {
  rows.forEach(({ from }, at) => {
    if (!isDate(from)) say([...path, at, 'from'], `${path.join('.')}: ${from} is no date`);
    else if (at > 0 && from <= rows[at - 1]!.from)
      say([...path, at, 'from'], `${path.join('.')}: ${from} does not come after ${rows[at - 1]!.from}`);
  });
}
