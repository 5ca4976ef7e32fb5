import type { Means } from './shapes.ts';

const FIRST: ReadonlySet<Means> = new Set(['link', 'password', 'provider']);
const SECOND: ReadonlySet<Means> = new Set(['code', 'recovery']);
/** Two factors by itself: a passkey is something held, opened by a finger, a face or a number (NIST SP 800-63B-4, 3.1.7). */
const BOTH: ReadonlySet<Means> = new Set(['passkey', 'local']);

/** Whether what was shown amounts to two factors. */
export function isWhole(means: readonly Means[]): boolean {
  return (
    means.some((one) => BOTH.has(one)) ||
    (means.some((one) => FIRST.has(one)) && means.some((one) => SECOND.has(one)))
  );
}

/** Whether it shows again who somebody is who has a second factor. */
export function isStrong(means: Means): boolean {
  return BOTH.has(means) || SECOND.has(means);
}
