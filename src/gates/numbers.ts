/** Numbers with a check digit: of organisations, of bank accounts, of payments. */

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
const ACCOUNT = [5, 4, ...WEIGHTS];

/** Passes the sum and is nobody's: what is typed to get past a form. */
const NOBODYS = '999999999';

/** Nine digits whose last is the control digit, modulus 11, as the Brønnøysund registers give them out. */
export function isOrganisation(text: string): boolean {
  return /^\d{9}$/.test(text) && text !== NOBODYS && organisationDigit(text.slice(0, 8)) === Number(text[8]);
}

/** The nine digits of an organisation number as people write it (`923 609 016`, `NO923609016MVA`); undefined for anything else. */
export function organisationOf(written: string): string | undefined {
  const number = bareOrganisation(written);
  return isOrganisation(number) ? number : undefined;
}

/** What is written, without what is written round an organisation number. */
export function bareOrganisation(written: string): string {
  return written
    .normalize('NFKC')
    .replace(/[\s.]/g, '')
    .replace(/^NO(?=\d)/i, '')
    .replace(/(?<=\d)MVA$/i, '');
}

/** The last digit of an organisation number, from the eight before it; undefined where no number begins so. */
export function organisationDigit(eight: string): number | undefined {
  const digit = control(eight, WEIGHTS);
  return digit === 10 ? undefined : digit;
}

/** Eleven digits whose last is the control digit, modulus 11, as Norwegian banks number their accounts. */
export function isAccount(text: string): boolean {
  return /^\d{11}$/.test(text) && control(text.slice(0, 10), ACCOUNT) === Number(text[10]);
}

/** The digit that makes the weighted sum a multiple of eleven; 10 where none does. */
function control(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return (11 - (sum % 11)) % 11;
}

/** Digits in the middle of a KID, the control digit apart: never long enough to look like a card. */
const KID = 9;

/** The payment reference (KID) of a document with this running number: padded, with a control digit by modulus 10. */
export function kidOf(number: number): string {
  const digits = String(number).padStart(KID, '0');
  return `${digits}${(10 - (luhn(`${digits}0`) % 10)) % 10}`;
}

/** A payment reference whose control digit is right. */
export function isKid(text: string): boolean {
  return /^\d{4,25}$/.test(text) && passesLuhn(text);
}

/** True when the last digit is the check digit of ISO/IEC 7812-1 (Luhn): every second digit from the right counts double. */
export function passesLuhn(digits: string): boolean {
  return luhn(digits) % 10 === 0;
}

function luhn(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, at) => {
    const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
