import { passesLuhn } from './numbers.ts';

/**
 * Finds payment card numbers in text, to refuse them: how somebody pays is kept as the payment provider's reference, so no
 * clause has room for a card number in any field (clauses `1.2.minimal`, `u.customer`).
 *
 * What has an issuer's beginning, a length that the issuer gives out and the right check digit (ISO/IEC 7812-1) is taken
 * for one. Now and then that is a payment reference (KID) instead; of the two mistakes, refusing it is the smaller.
 */

/** Beginnings of numbers with as many digits each, from and to, and how long the numbers of that issuer are. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]],
  ['51', '55', [16]],
  ['2221', '2720', [16]],
  ['34', '34', [15]],
  ['37', '37', [15]],
  ['300', '305', [14, 16, 19]],
  ['3095', '3095', [14, 16, 19]],
  ['36', '36', [14, 16, 19]],
  ['38', '39', [14, 16, 19]],
  ['3528', '3589', [16, 17, 18, 19]],
  ['6011', '6011', [16, 19]],
  ['644', '649', [16, 19]],
  ['65', '65', [16, 19]],
  ['62', '62', [16, 17, 18, 19]],
  ['2200', '2205', [16, 17, 18, 19]],
  ['5018', '5020', [13, 14, 15, 16, 17, 18, 19]],
  ['5038', '5038', [13, 14, 15, 16, 17, 18, 19]],
  ['56', '58', [13, 14, 15, 16, 17, 18, 19]],
  ['6304', '6304', [13, 14, 15, 16, 17, 18, 19]],
  ['6759', '6763', [13, 14, 15, 16, 17, 18, 19]],
];

const GAP = '[\\s\\-\\u2010-\\u2015]{1,3}';
// Digits in groups, however they are written; a plus before them says phone number, two letters that they are an IBAN.
const RUN = new RegExp(`(?<!\\d)(\\+|\\b[A-Z]{2})?(\\d+(?:${GAP}\\d+)*)`, 'g');
/** Digits of the longest phone number in the world, with 00 before it (ITU-T E.164). */
const PHONE = 17;

/** True when digits in the text, written together or in groups, pass as the number of a payment card. */
export function holdsCardNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200d\u2060\ufeff]/g, '');
  return [...plain.matchAll(RUN)].some(([, before, run]) => {
    const parts = run!.split(/(\D+)/);
    const length = run!.replace(/\D/g, '').length;
    const isPhone = (before === '+' || run!.startsWith('00')) && length <= PHONE;
    return !isPhone && (before === undefined || before === '+') && anyCard(parts);
  });
}

/**
 * Looks at each row of whole groups with the same gap between them: an expiry date or another number may stand before or
 * after, and two dates with a dash between them are no card. `parts`: digits, gap, digits, and so on.
 */
function anyCard(parts: readonly string[]): boolean {
  for (let from = 0; from < parts.length; from += 2) {
    let digits = '';
    for (let at = from; at < parts.length && digits.length <= 19; at += 2) {
      if (at > from + 2 && parts[at - 1] !== parts[from + 1]) break;
      digits += parts[at];
      if (isCard(digits)) return true;
    }
  }
  return false;
}

function isCard(digits: string): boolean {
  const issued = ISSUERS.some(([from, to, lengths]) => {
    const start = digits.slice(0, from.length);
    return start >= from && start <= to && lengths.includes(digits.length);
  });
  return issued && passesLuhn(digits);
}
