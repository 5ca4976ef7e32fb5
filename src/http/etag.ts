import { hash } from 'node:crypto';

/** A strong validator (RFC 9110 section 8.8.3): it names the very bytes of an answer. */
export function etagOf(body: string | Buffer): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
}

/** Whether a list of validators, as If-Match and If-None-Match have it, names this one. Weak ones name no bytes. */
export function names(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  return list.split(',').some((one) => one.trim() === etag);
}
