import { organisationOf } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';

/** The nine digits of an organisation number; refuses anything else. */
export function organisationNumber(written: string): string {
  const number = organisationOf(written);
  if (number === undefined) throw new Refusal('companies.invalid-number', ['number']);
  return number;
}
