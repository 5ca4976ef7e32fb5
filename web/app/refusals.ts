/** Turns the API's no into what a form says: which field, and how to mend it. */
import type { Problem } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import type { Errors } from './parts/fields.tsx';
import { refusals } from './texts/refusals.ts';
import type { ApiAnswer } from './visit.ts';

/** What the shape check calls a field that is not there, or a list with nothing in it. */
const absent = new Set(['invalid_type', 'too_small']);

/** Messages by field. The field `''` holds what is wrong with the whole. Never empty. */
export function errorsOf(answer: ApiAnswer<unknown>, language: Language): Errors {
  const words = refusals[language];
  const { code = '', fields = [] } = (answer.body ?? {}) as Partial<Problem>;
  const errors: Record<string, string> = {};
  for (const { field, reason } of fields) errors[field] = fieldMessage(field, reason);
  if (Object.keys(errors).length === 0) errors[''] = messageOf(code, answer.status, language);
  return errors;

  function fieldMessage(field: string, reason: string): string {
    if (code === 'collect.national-identity-number') return words.nationalId;
    if (code === 'collect.card-number') return words.cardNumber;
    if (code === 'collect.missing-field' || absent.has(reason))
      return words.missing[field] ?? words.missingAny;
    return words.wrong[field] ?? messageOf(code, 422, language);
  }
}

/** What a form says of the fields that nothing was written in. */
export function missingIn(
  values: Readonly<Record<string, string>>,
  language: Language,
): Record<string, string> {
  const words = refusals[language];
  const empty = Object.keys(values).filter((field) => values[field]!.trim() === '');
  return Object.fromEntries(empty.map((field) => [field, words.missing[field] ?? words.missingAny]));
}

/** Whether a no is about what was filled in or how things stand, so that the form itself can say it. */
export function isNoForForm({ status, body }: ApiAnswer<unknown>): boolean {
  const { code = '' } = (body ?? {}) as Partial<Problem>;
  return [404, 409, 422].includes(status) && !LEAVES.has(code);
}

/** What leaves no form to stand on. */
const LEAVES = new Set(['customers.unknown-client', 'customers.no-agreement', 'http.not-found']);

/** What a refusal means to the person who met it. */
export function messageOf(code: string, status: number, language: Language): string {
  const words = refusals[language];
  if (status === 429 && code !== 'identity.wait') return words.tooMany;
  return words.codes[code] ?? (status >= 500 ? words.unavailable : words.unknown);
}

/** The texts of a form that were filled in; empty ones are left out, since nothing is not a value. */
export function textOf<Name extends string>(
  form: FormData,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = form.get(name);
    if (typeof value === 'string' && value.trim() !== '') values[name] = value;
  }
  return values;
}
