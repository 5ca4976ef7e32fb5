import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Gates } from '#gates/gates.ts';

const MAC = 16;
const HEAD = 24;

/**
 * A random text that shows that we gave it out, to whom and when, and is kept nowhere: eight bytes of the moment, sixteen of
 * chance, sixteen of a keyed hash over both and over `bound`.
 */
export function makeSlip(gates: Gates, kind: string, bound: string, at: Date): string {
  const head = Buffer.alloc(HEAD);
  head.writeBigInt64BE(BigInt(at.getTime()));
  randomBytes(HEAD - 8).copy(head, 8);
  return Buffer.concat([head, mac(gates, kind, bound, head)]).toString('base64url');
}

/** Whether a slip is ours, of this kind, for this one, and given out no longer ago than `life` milliseconds. */
export function isSlip(
  gates: Gates,
  { kind, bound, life, at }: { kind: string; bound: string; life: number; at: Date },
  slip: string,
): boolean {
  const bytes = Buffer.from(slip, 'base64url');
  if (bytes.length !== HEAD + MAC || bytes.toString('base64url') !== slip) return false;
  const head = bytes.subarray(0, HEAD);
  if (!timingSafeEqual(bytes.subarray(HEAD), mac(gates, kind, bound, head))) return false;
  const age = at.getTime() - Number(head.readBigInt64BE());
  return age >= 0 && age < life;
}

function mac(gates: Gates, kind: string, bound: string, head: Buffer): Buffer {
  return gates.keyed(`slip.${kind}`, `${bound}\0${head.toString('base64url')}`).subarray(0, MAC);
}
