import { normalise } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { organisationOf } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Findable } from '#gates/row-keys.ts';

/** A company as a client gives it, in the form that it is kept in. */
export interface Company {
  readonly name: string;
  /** Nine digits. */
  readonly number: string;
  readonly place: string | null;
}

/** The nine digits of an organisation number; refuses anything else. */
export function organisationNumber(written: string): string {
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

/** The keyed hashes that a company is found by, as columns of the row that it stands in. */
export function hashesOf(gates: Gates, { name, number }: Pick<Company, 'name' | 'number'>) {
  return { number_hash: gates.hash('company', number), name_hash: gates.hash('company-name', name) };
}

/** Those of them that rows recorded before may lack. */
export const FINDABLE: readonly Findable[] = [
  { table: 'customers.client', column: 'name', hash: 'name_hash', kind: 'company-name' },
  { table: 'customers.departure', column: 'name', hash: 'name_hash', kind: 'company-name' },
  { table: 'customers.departure', column: 'number', hash: 'number_hash', kind: 'company' },
];
