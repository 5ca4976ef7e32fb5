/**
 * Finds Norwegian national identity numbers (fødselsnummer, D-number, the synthetic series) in text, to refuse them:
 * personopplysningsloven § 12 allows them only where certain identification is needed, which it never is here.
 */

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
// Eleven digits, with a short gap after the date or none; longer runs of digits are something else.
const CANDIDATE = /(?<!\d)(\d{6})[\s.\-\u2010-\u2015]{0,3}(\d{5})(?!\d)/g;

/** True when any run of eleven digits in the text passes as one. Full-width digits and odd spaces count as plain ones. */
export function holdsNationalId(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200d\u2060\ufeff]/g, '');
  return [...plain.matchAll(CANDIDATE)].some(([, date, rest]) => isNationalId(`${date}${rest}`));
}

function isNationalId(digits: string): boolean {
  const d = [...digits].map(Number);
  const sum = (weights: number[]) => weights.reduce((total, weight, at) => total + weight * d[at]!, 0) % 11;
  // From 2032 the first control may leave 0 to 3; the second must still leave 0.
  return plausibleDate(digits) && sum(K2) === 0 && sum(K1) <= 3;
}

/** Day 1-31 (+40 for D-numbers), month 1-12 (+40, +65 or +80 for the synthetic and help series). */
function plausibleDate(digits: string): boolean {
  const day = Number(digits.slice(0, 2)) % 40;
  const month = Number(digits.slice(2, 4));
  const base = [0, 40, 65, 80].map((offset) => month - offset).find((rest) => rest >= 1 && rest <= 12);
  return (
    base !== undefined &&
    day >= 1 &&
    day <= [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][base - 1]! &&
    Number(digits[0]) < 8
  );
}
