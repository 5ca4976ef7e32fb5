import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#gates/refusal.ts';

/** Argon2id with what OWASP asks for at the least: 19 MiB, two passes, one lane. About 40 ms of one core. */
export const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT = 16;

/** Passwords hashed at once: more would only make each wait for the others, and every one takes its memory. */
const ABREAST = 2;
/** Most that wait for their turn; whoever comes then is told to try again, rather than make everybody wait. */
const WAITING = 64;

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes made since the process began, for tests that compare what two answers cost. */
export const made = { hashes: 0 };

/** Hashes a text of any length, off the event loop. Refuses when too many wait. */
async function hash(text: Buffer, nonce: Buffer): Promise<Buffer> {
  if (running >= ABREAST) {
    if (waiting.length >= WAITING) throw new Refusal('identity.wait');
    await new Promise<void>((turn) => waiting.push(turn));
  } else running += 1;
  try {
    made.hashes += 1;
    const parameters: Argon2Parameters = { message: text, nonce, ...COST };
    return await new Promise((resolve, reject) =>
      argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag))),
    );
  } finally {
    // A turn is handed on, so that nobody new comes before those who wait.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** What is kept of a password: `argon2id·salt·tag`, the last two in base64url. */
export async function hashed(text: Buffer): Promise<string> {
  const salt = randomBytes(SALT);
  return `argon2id.${salt.toString('base64url')}.${(await hash(text, salt)).toString('base64url')}`;
}

/** Whether a text is what was hashed. It costs the same when there is nothing to compare with, and is then no. */
export async function isHashed(text: Buffer, kept: string | undefined): Promise<boolean> {
  const [, salt = '', tag = ''] = (kept ?? '').split('.');
  const found = await hash(text, kept === undefined ? Buffer.alloc(SALT) : Buffer.from(salt, 'base64url'));
  const wanted = kept === undefined ? Buffer.alloc(COST.tagLength) : Buffer.from(tag, 'base64url');
  return wanted.length === found.length && timingSafeEqual(wanted, found) && kept !== undefined;
}
