/**
 * Authenticated encryption of one value: AES-256-GCM (NIST SP 800-38D) as node:crypto does it, in the layout
 * version (1) · nonce (12) · tag (16) · ciphertext.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEADER = 1 + NONCE + TAG;

/** Random bytes fetched for many nonces at a time, each given out once; asking for twelve costs as much as sealing. */
let drawn = Buffer.alloc(0);

function newNonce(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(NONCE * 512);
  const nonce = drawn.subarray(0, NONCE);
  drawn = drawn.subarray(NONCE);
  return nonce;
}

/**
 * Something sealed could not be opened, or could not be sealed. The message names the place and never the value;
 * the cause given by the cipher is dropped, because all it could add is a guess about the content.
 */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Seals bytes under a 256-bit key; `context` is authenticated and must be repeated to open them. */
export function sealBytes(key: KeyObject, plain: Buffer, context: string): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  const sealed = Buffer.allocUnsafe(HEADER + body.length);
  sealed[0] = VERSION;
  nonce.copy(sealed, 1);
  cipher.getAuthTag().copy(sealed, 1 + NONCE);
  body.copy(sealed, HEADER);
  return sealed;
}

/** Opens what {@link sealBytes} made, or nothing when key, context or bytes are not the ones it was sealed with. */
export function openBytes(key: KeyObject, sealed: Buffer, context: string): Buffer | undefined {
  if (sealed.length < HEADER || sealed[0] !== VERSION) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(1 + NONCE, HEADER));
  const plain = decipher.update(sealed.subarray(HEADER));
  try {
    decipher.final();
  } catch {
    // GCM says only that something does not fit, and the unverified plaintext must not leave this function.
    return undefined;
  }
  return plain;
}
