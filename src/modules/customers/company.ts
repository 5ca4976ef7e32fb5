import { normalise } from '#gates/fields.ts';
import { organisationOf } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';

/** A company as a client gives it, in the form that it is kept in. */
export interface Company {
  readonly name: string;
  /** Nine digits. */
  readonly number: string;
  readonly place: string | null;
}

/** The nine digits of an organisation number; refuses anything else. */
function organisationNumber(written: string): string {
  const number = organisationOf(written);
  if (number === undefined) throw new Refusal('customers.bad-number', ['number']);
  return number;
}

/** A company as it is kept; refuses each field that is not of its kind. */
export function companyOf(given: { name: string; number: string; place?: string | null }): Company {
  return {
    name: normalise('company.name', given.name),
    number: organisationNumber(given.number),
    place: placeOf(given.place),
  };
}

/** A place as it is kept; null where none is said. */
export function placeOf(place: string | null | undefined): string | null {
  return place === undefined || place === null || place.trim() === ''
    ? null
    : normalise('company.place', place);
}
