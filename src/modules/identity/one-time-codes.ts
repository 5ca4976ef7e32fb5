import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Codes by the clock (RFC 6238 over RFC 4226): SHA-1, six digits, half a minute each, as every app can make them. */
const STEP = 30_000;
const DIGITS = 6;
/** RFC 4226 asks for 128 bits at the least and 160 rather. */
const SECRET = 20;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret in Base32 (RFC 4648) without padding, 32 letters. */
export function newSecret(): string {
  return base32(randomBytes(SECRET));
}

/** The code of one step of the clock. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', unbase32(secret)).update(counter).digest();
  const at = mac[mac.length - 1]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code this is, this one or the one before or after; undefined when it is none of theirs. */
export function stepOf(secret: string, code: string, at: Date): number | undefined {
  const now = Math.floor(at.getTime() / STEP);
  const given = Buffer.from(code.replace(/\s/g, ''));
  let found: number | undefined;
  // All three are compared, so that the time taken does not tell which it was.
  for (const step of [now - 1, now, now + 1]) {
    const wanted = Buffer.from(codeAt(secret, step));
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) found = step;
  }
  return found;
}

/** What an app reads from the picture; `issuer` and `account` are what it shows. */
export function setUpUri(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP / 1000}`;
}

export function isSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text);
}

/** Recovery codes: fifty bits each, in letters that are not mistaken for one another. */
export function newRecoveryCodes(count: number): string[] {
  return Array.from({ length: count }, () => {
    const letters = [...randomBytes(10)]
      .map((byte) => LETTERS[byte & 31]!)
      .join('')
      .toLowerCase();
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });
}

/** A recovery code as it is hashed, however it was typed; undefined for what cannot be one. */
export function readRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[\s-]/g, '');
  return /^[a-z2-7]{10}$/.test(letters) ? letters : undefined;
}

function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five, 2)]).join('');
}

function unbase32(text: string): Buffer {
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
