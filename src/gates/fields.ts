import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { holdsCardNumber } from './card-number.ts';
import { holdsNationalId } from './national-id.ts';
import { Refusal } from './refusal.ts';

/** The short name of a category in the API: `contact.email` is `email`. */
export function fieldOf(category: string): string {
  return category.slice(category.lastIndexOf('.') + 1);
}

// Local part, @, dotted domain; no spaces, double quotes, brackets, controls or signs that cannot be seen. Stricter than
// RFC 5321 on purpose: what is left out is never a mailbox that a person uses, and often an attempt at something else.
const EMAIL =
  /^[^\s\p{C}@"(),:;<>[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Longest text taken for a one-line field, in UTF-16 units. */
const LINE = 200;

/**
 * Brings one value to the form it is kept in, or refuses it: e-mail in lower case, phone as E.164, text trimmed in
 * Unicode form C. Every text is searched for national identity numbers and card numbers first.
 */
export function normalise(category: string, value: string): string {
  const field = fieldOf(category);
  const text = value.normalize('NFC').trim();
  const wrong = () => new Refusal('collect.invalid-field', [field]);
  if (!text.isWellFormed() || CONTROL.test(text) || text.length === 0 || text.length > LINE) throw wrong();
  // Before anything is read into it: a national identity number parses as a phone number abroad.
  refuseNumbers(field, text);
  if (category === 'contact.phone') {
    // The whole text is a number: one picked out of other words would be kept as if it had been given alone.
    const phone = parsePhoneNumberFromString(text.replace(/[()]/g, ' ').trim(), {
      defaultCountry: 'NO',
      extract: false,
    });
    if (phone === undefined || !phone.isPossible()) throw wrong();
    return phone.number;
  }
  if (category === 'contact.email') {
    const email = text.toLowerCase();
    if (email.length > 254 || !EMAIL.test(email) || email.includes('..')) throw wrong();
    return email;
  }
  if (category === 'preference.language' && text !== 'nb' && text !== 'en') throw wrong();
  return text;
}

/** Longest text taken for words of several lines, in UTF-16 units. */
const WORDS = 2000;

/** Words that staff write on a person, of one line or more, trimmed in Unicode form C; refused like any other text. */
export function freeText(field: string, value: string): string {
  const text = value.normalize('NFC').replaceAll('\r\n', '\n').trim();
  if (text.length === 0) throw new Refusal('collect.missing-field', [field]);
  if (!text.isWellFormed() || CONTROL.test(text.replace(/[\n\t]/g, ' ')) || text.length > WORDS)
    throw new Refusal('collect.invalid-field', [field]);
  refuseNumbers(field, text);
  return text;
}

/** Refuses a text that holds a number which is never taken, in any field. */
function refuseNumbers(field: string, text: string): void {
  if (holdsNationalId(text)) throw new Refusal('collect.national-identity-number', [field]);
  if (holdsCardNumber(text)) throw new Refusal('collect.card-number', [field]);
}

/**
 * A name as a letter greets with it; undefined for what reads as a message, a link or a number. Anyone can type another's
 * address and a name of their choice, and must not speak to a stranger through our letters.
 */
export function greetingName(name: string | undefined): string | undefined {
  return name !== undefined && /^[\p{L}\p{M}'’ -]{1,50}$/u.test(name.replace(/\. |\.$/g, ' ').trim())
    ? name
    : undefined;
}

/** What people are found by: each is kept as a keyed hash beside the value it was made of. */
export const FOUND_BY = ['email', 'phone', 'name'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** True for a category whose values people are found by. */
export function isFoundBy(category: string): boolean {
  return FOUND_BY.some((kind) => category === `contact.${kind}`);
}

/** A value as it is kept, in the form that is hashed: a name is the same in capitals and with other gaps. */
export function foldedFor(kind: FoundBy, normal: string): string {
  return kind === 'name' ? normal.toLowerCase().replace(/\s+/gu, ' ') : normal;
}

/** What somebody is looked up by in the form that is hashed; undefined when it can be nobody's. */
export function soughtFor(kind: FoundBy, value: string): string | undefined {
  try {
    return foldedFor(kind, normalise(`contact.${kind}`, value));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
