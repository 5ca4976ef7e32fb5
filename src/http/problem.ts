import { REFUSALS, Refusal, type RefusalCode, type RefusalKind } from '#gates/refusal.ts';
import type { Problem } from './contract/problem.ts';

/** Statuses of the kinds of refusal (RFC 9110); nothing below `http/` knows them. */
const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  conflict: 409,
  forbidden: 403,
  absent: 404,
  gone: 410,
  'signed-out': 401,
  'too-many': 429,
  away: 503,
};

/** Ways in which HTTP itself says no, before any gate is asked. */
export const HTTP_REFUSALS = {
  'http.malformed': {
    status: 400,
    says: 'The request cannot be read: a body is JSON in UTF-8, and each name stands once, in a query too.',
  },
  'http.invalid-field': { status: 422, says: 'A field is missing or not of its kind.' },
  'http.too-large': { status: 413, says: 'The body is larger than this takes.' },
  'http.media-type': { status: 415, says: 'Send application/json.' },
  'http.cross-site': { status: 403, says: 'The request came from another site.' },
  'http.not-found': { status: 404, says: 'There is nothing here.' },
  'http.method': { status: 405, says: 'This method does nothing here.' },
  'http.stale': { status: 412, says: 'What stands here is not what you last saw; read it again.' },
  'http.key-reused': { status: 422, says: 'This Idempotency-Key was sent with another request.' },
  'http.key-in-use': {
    status: 409,
    says: 'A request under this Idempotency-Key is under way, or broke off; look at what came of it.',
  },
  'http.too-many': { status: 429, says: 'Too many requests; wait a little.' },
  'http.database-away': { status: 503, says: 'The database does not answer; try again soon.' },
  'http.failed': { status: 500, says: 'Something failed on our side. Nothing was changed.' },
} as const;
export type HttpCode = keyof typeof HTTP_REFUSALS;

/** The status that a refusal becomes. */
export function statusOf(code: RefusalCode | HttpCode): number {
  return code in HTTP_REFUSALS
    ? HTTP_REFUSALS[code as HttpCode].status
    : STATUS[REFUSALS[code as RefusalCode].kind];
}

/** Thrown inside `http/` for what it refuses itself. */
export class HttpRefusal extends Error {
  readonly code: HttpCode;
  readonly fields: readonly { field: string; reason: string }[];

  constructor(code: HttpCode, fields: readonly { field: string; reason: string }[] = []) {
    super(HTTP_REFUSALS[code].says);
    this.code = code;
    this.fields = fields;
  }
}

function problem(
  code: string,
  status: number,
  detail: string,
  fields: readonly { field: string; reason: string }[],
): Problem {
  return {
    type: `urn:hjemmel:refusal:${code}`,
    title: code,
    status,
    code,
    detail,
    ...(fields.length === 0 ? {} : { fields: [...fields] }),
  };
}

// Connection lost or refused, no way to the server, no room there, the server shutting down, or the database closed to
// all (55000): it is away, and nothing was decided.
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUN|ENETUN|ENOTFOUND|EAI_AGAIN|08|53300|55000|57P0)/;

/**
 * Turns whatever was thrown into an RFC 9457 problem document that quotes nothing of the request. `known` is false when
 * it was our failure, which is the caller's to log.
 */
export function problemOf(error: unknown): { problem: Problem; known: boolean } {
  if (error instanceof Refusal) {
    const fields = error.fields.map((field) => ({ field, reason: error.code }));
    return {
      problem: problem(error.code, STATUS[error.kind], REFUSALS[error.code].says, fields),
      known: true,
    };
  }
  if (error instanceof HttpRefusal) {
    const { status, says } = HTTP_REFUSALS[error.code];
    return { problem: problem(error.code, status, says, error.fields), known: true };
  }
  const code = thrownCode(error);
  if (code === 'HJ001') return problemOf(new Refusal('answer.unknown-person'));
  if (code === 'HJ002') return problemOf(new Refusal('answer.held'));
  if (code === 'HJ003') return problemOf(new Refusal('customers.last-owner'));
  if (code === 'HJ004') return problemOf(new Refusal('customers.no-agreement'));
  if (code === 'HJ005') return problemOf(new Refusal('integrations.too-many-tokens'));
  const http = httpCodeOf(code, error);
  const { status, says } = HTTP_REFUSALS[http];
  return { problem: problem(http, status, says, []), known: http !== 'http.failed' };
}

function thrownCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function httpCodeOf(code: string, error: unknown): HttpCode {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'http.too-large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'http.media-type';
  if (code.startsWith('FST_ERR_CTP')) return 'http.malformed';
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return 'http.not-found';
  const away =
    AWAY.test(code) ||
    (error instanceof Error &&
      /timeout exceeded when trying to connect|Connection terminated/.test(error.message));
  return away ? 'http.database-away' : 'http.failed';
}
