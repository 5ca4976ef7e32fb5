import { Refusal } from '#gates/refusal.ts';

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/**
 * True for nine digits of which the last is the check digit of the others: MOD11 with weights 3 2 7 6 5 4 3 2, where a
 * remainder that would ask for 10 stands for no number. 999999999 passes the sum and is nobody's.
 */
export function isOrganisationNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '999999999') return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(text[8]);
}

/** A number as it is written (`923 609 016`, `NO923609016MVA`), without what is written round it. */
export function bareNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s.]/g, '')
    .replace(/^NO(?=\d)/i, '')
    .replace(/(?<=\d)MVA$/i, '');
}

/** The nine digits of an organisation number; refuses anything else. */
export function organisationNumber(text: string): string {
  const number = bareNumber(text);
  if (!isOrganisationNumber(number)) throw new Refusal('companies.invalid-number', ['number']);
  return number;
}
