/** What must never be readable anywhere: personal data in the clear, told from its shape alone. */
export const KINDS = [
  'e-mail address',
  'phone number',
  'national identity number',
  'card number',
  'network address',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Detector {
  /** Where the text comes from decides how much a bare row of digits means. */
  readonly bareNumbers: boolean;
  /** Addresses that are published and nobody's own: the operator's mailbox. */
  readonly published: readonly string[];
}

const EMAIL = /[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}/gu;
// E.164 with its plus, or 0047: nobody writes anything else that way.
const PHONE = /(?<![\w+])\+[1-9](?:[ .-]?\d){7,14}(?!\d)|(?<![\w+.-])00 ?47(?: ?\d){8}(?![\w-])/g;
// Eight digits as Norwegians write a phone number, when nothing before or after says that they are something else.
const BARE_PHONE =
  /(?<![\w+.,:/-])(?:[2-9]\d{7}|[49]\d{2} \d{2} \d{3}|[2-9]\d(?: \d{2}){3})(?![\w-]|[.,:]\d)/g;
const ELEVEN = /(?<![\w.-])(\d{6})[ .-]?(\d{5})(?!\w|[.-]\d)/g;
// Thirteen to nineteen digits, together or in fours, and no part of a longer number, a word or a UUID.
const CARD = /(?<![\w+.-])(?:\d{13,19}|(?:\d{4}[ -]){3}\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5})(?![\w-]|\.\d)/g;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)/g;
const IPV6 = /(?<![\w:.])(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]{3,39}(?![\w:])/gi;

/** How many of each kind a text holds. Full-width digits and invisible separators are read as plain ones. */
export function detect(text: string, { bareNumbers, published }: Detector): Map<Kind, number> {
  const found = new Map<Kind, number>();
  if (!HINT.test(text)) return found;
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200d\u2060\ufeff]/g, '');
  const add = (kind: Kind, n: number) => {
    if (n > 0) found.set(kind, (found.get(kind) ?? 0) + n);
  };
  const all = (pattern: RegExp) => [...plain.matchAll(pattern)];
  if (plain.includes('@'))
    add(
      'e-mail address',
      all(EMAIL).filter(([address]) => !published.includes(address.toLowerCase())).length,
    );
  add('phone number', all(PHONE).length);
  if (bareNumbers) add('phone number', all(BARE_PHONE).length);
  add(
    'national identity number',
    all(ELEVEN).filter(([, date, rest]) => isIdentityNumber(`${date}${rest}`)).length,
  );
  add('card number', all(CARD).filter(([number]) => isCardNumber(number.replace(/[ -]/g, ''))).length);
  add('network address', all(IPV4).filter(([address]) => isForeignIpv4(address)).length);
  add('network address', all(IPV6).filter(([address]) => isForeignIpv6(address)).length);
  return found;
}

/** Characters without which {@link detect} finds nothing: what spares most texts the closer look. */
const HINT = /[@\uff10-\uff20]|\d[ .-]?\d[ .-]?\d|\d[.]\d|[0-9a-f]:|::/i;

// Chance makes short patterns out of random bytes: an address in lower case, or eight digits in a row, are not to be
// expected in a thousand million of them.
const MAIL_IN_BYTES = /[a-z][a-z0-9._%+-]{2,63}@[a-z0-9-]{3,63}(?:\.[a-z0-9-]+)*\.[a-z]{2}/g;
const DIGITS_IN_BYTES = /(?<![0-9])[0-9]{8,11}(?![0-9])/g;

/** How many addresses and numbers lie readable among bytes, as in a value that is sealed in form only. */
export function detectInBytes(bytes: Buffer): Map<Kind, number> {
  const text = bytes.toString('latin1');
  const found = new Map<Kind, number>();
  const mails = bytes.includes(0x40) ? [...text.matchAll(MAIL_IN_BYTES)].length : 0;
  const numbers = [...text.matchAll(DIGITS_IN_BYTES)].length;
  if (mails > 0) found.set('e-mail address', mails);
  if (numbers > 0) found.set('phone number', numbers);
  return found;
}

/** Whether the network part is all that is left of an address: 192.0.2.0, 2001:db8:1::. */
export function isMasked(address: string): boolean {
  return /^(?:\d{1,3}\.){3}0(?:\/\d+)?$|^[0-9a-f:]+::(?:\/\d+)?$/i.test(address);
}

const LAST_DAY = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/**
 * Fødselsnummer, D-number and the synthetic series, by date and both control digits; from 2032 the first control may
 * leave 0 to 3 (forskrift til folkeregisterloven § 2-2-1).
 */
function isIdentityNumber(digits: string): boolean {
  const rest = (weights: readonly number[]) =>
    weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11;
  const written = Number(digits.slice(0, 2));
  const day = written > 40 ? written - 40 : written;
  const monthWritten = Number(digits.slice(2, 4));
  const month = [0, 40, 65, 80].map((series) => monthWritten - series).find((n) => n >= 1 && n <= 12);
  if (month === undefined || day < 1 || day > LAST_DAY[month - 1]!) return false;
  return rest(FIRST_WEIGHTS) <= 3 && rest(SECOND_WEIGHTS) === 0;
}

/** The beginnings and lengths that the large card networks give out, and the check digit of ISO/IEC 7812-1. */
const CARDS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}|(?:50|5[6-8]|63|67)\d{11,17})$/;

function isCardNumber(digits: string): boolean {
  if (!CARDS.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function isForeignIpv4(address: string): boolean {
  const parts = address.split('.');
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return false;
  // This machine, and nobody's: what a server says of where it listens.
  return parts[0] !== '127' && parts[0] !== '0' && address !== '255.255.255.255';
}

function isForeignIpv6(address: string): boolean {
  return URL.canParse(`http://[${address}]/`) && !/^[0:]*:0*1?$/.test(address);
}
