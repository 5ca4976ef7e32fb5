import { isOrganisation } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';

/** True for an organisation number that can be somebody's: 999999999 passes the sum and is nobody's. */
export function isOrganisationNumber(text: string): boolean {
  return text !== '999999999' && isOrganisation(text);
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
