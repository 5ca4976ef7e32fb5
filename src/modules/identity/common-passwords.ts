import { createHash } from 'node:crypto';
import list from './common-passwords.json' with { type: 'json' };

/**
 * Common and leaked passwords of eight characters and more, as the first four bytes of each one's SHA-256, sorted: 80 kB for
 * some twenty thousand, and asked with no network. One good password in two hundred thousand is refused with them by chance.
 * Made by `bin/common-passwords.mjs`.
 */
const prefixes = Buffer.from(list.prefixes, 'base64');
const WIDTH = 4;

/** Whether a password stands in the lists, however its letters are written. */
export function isCommon(password: string): boolean {
  const wanted = createHash('sha256')
    .update(password.normalize('NFKC').toLowerCase())
    .digest()
    .readUInt32BE(0);
  let [low, high] = [0, prefixes.length / WIDTH - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = prefixes.readUInt32BE(middle * WIDTH);
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
