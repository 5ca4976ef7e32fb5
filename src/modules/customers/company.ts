import { normalise } from '#gates/fields.ts';
import { isOrganisation } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';

/** A company as a client gives it, in the form that it is kept in. */
export interface Company {
  readonly name: string;
  /** Nine digits. */
  readonly number: string;
  readonly place: string | null;
}

/** An organisation number without blanks; refuses what is none. Test units begin with 2 or 3, others with 8 or 9. */
export function organisationNumber(written: string): string {
  const number = written.replace(/[\s.]/g, '').replace(/^(NO)?(\d{9})(MVA)?$/i, '$2');
  if (!isOrganisation(number)) throw new Refusal('customers.bad-number', ['number']);
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
