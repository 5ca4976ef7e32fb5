import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';

/**
 * What may be logged, field by field, and in what form. A log is kept, copied and read by people who have no
 * business with the persons in it (`0.security`), so it can hold ids, codes and numbers and nothing else.
 */
const forms = {
  actor: isId,
  block: isCount,
  bytes: isNumber,
  clause: isCode,
  code: isCode,
  company: isId,
  count: isCount,
  event: isCode,
  failed: isCount,
  job: isCode,
  keyVersion: isCount,
  method: isCode,
  module: isCode,
  ms: isNumber,
  ok: isFlag,
  operation: isCode,
  person: isId,
  point: isCode,
  port: isCount,
  purpose: isCode,
  reason: isCode,
  request: isId,
  route: isCode,
  signal: isCode,
  state: isCode,
  status: isCount,
  table: isCode,
  version: isCode,
} satisfies Record<string, (value: unknown) => boolean>;

/** Fields of one line; `error` is told by its class, its code and the places of ours that it came through. */
export type LogFields = { readonly [name in keyof typeof forms]?: unknown } & { readonly error?: unknown };

/**
 * A message written out in the source. One put together at run time might carry a value and does not compile:
 * its type is a pattern, which makes an index signature that even an empty object fulfils.
 */
type Constant<M extends string> = Record<never, never> extends Record<M, unknown> ? never : M;

/** Writes lines of JSON that cannot hold personal data; whatever does not fit its form is `[withheld]`. */
export interface Log {
  debug<M extends string>(message: Constant<M>, fields?: LogFields): void;
  info<M extends string>(message: Constant<M>, fields?: LogFields): void;
  warn<M extends string>(message: Constant<M>, fields?: LogFields): void;
  error<M extends string>(message: Constant<M>, fields?: LogFields): void;
  /** A log whose every line carries these fields too. */
  with(fields: LogFields): Log;
}

/** Somewhere to write: one line at a time, its newline included. */
export interface Destination {
  write(line: string): unknown;
}

const withheld = '[withheld]';
const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Opens a log that writes lines of `level` and above to the destinations, each of them all. */
export function openLog(level: string, destinations: readonly Destination[]): Log {
  const stream = {
    write(line: string) {
      for (const each of destinations) each.write(line);
    },
  };
  // No process number and no host name: a machine is often called after its owner.
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return wrap(pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, stream), {});
}

/** The destinations of a served product: the terminal, and `logs/hjemmel.log` in the data directory. */
export function usualDestinations(dataDir: string): readonly Destination[] {
  const file = join(dataDir, 'logs', 'hjemmel.log');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return [process.stdout, pino.destination({ dest: file, append: true, sync: true, mode: 0o600 })];
}

function wrap(logger: pino.Logger, bound: Record<string, unknown>): Log {
  const line = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    if (!logger.isLevelEnabled(level)) return;
    logger[level]({ ...bound, ...(fields && withhold(fields)) }, isConstant(message) ? message : withheld);
  };
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    with: (fields) => wrap(logger, { ...bound, ...withhold(fields) }),
  };
}

function withhold(fields: LogFields): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (name === 'error') safe.error = describe(value);
    else if (Object.hasOwn(forms, name))
      safe[name] = forms[name as keyof typeof forms](value) ? value : withheld;
    else safe[isCode(name.toLowerCase()) ? name : 'field'] = withheld;
  }
  return safe;
}

interface ErrorLine {
  name: string;
  code?: string;
  at?: readonly string[];
  cause?: ErrorLine;
}

/** An error without its message, which may quote a value: PostgreSQL, zod and URL all do. */
function describe(error: unknown, depth = 0): ErrorLine {
  if (!(error instanceof Error)) return { name: typeof error };
  const name = error.constructor.name;
  const line: ErrorLine = { name: /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error' };
  const { code } = error as { code?: unknown };
  if (isCode(code)) line.code = String(code);
  const at = frames(error);
  if (at.length) line.at = at;
  if (error.cause !== undefined && depth < 3) line.cause = describe(error.cause, depth + 1);
  return line;
}

/** Places in our own source, innermost first; a line of the message that merely looks like one has no such file. */
function frames(error: Error): string[] {
  const message = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const trace = stack.startsWith(message) ? stack.slice(message.length) : stack;
  const found: string[] = [];
  for (const [, path, place] of trace.matchAll(/^ +at .*?(?:file:\/\/)?(\/[^()\s]+?):(\d+:\d+)\)?$/gm)) {
    if (!path?.startsWith(checkout) || path.includes('/node_modules/')) continue;
    const own = path.slice(checkout.length);
    if (/^(src|bin|bench|test|web)\/[\w./-]+$/.test(own) && !own.includes('@')) found.push(`${own}:${place}`);
  }
  return found.slice(0, 8);
}

function isConstant(message: string): boolean {
  return message.length <= 120 && !/@|\d{4}/.test(message);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** Whole and below ten million: a telephone number or a birth number is neither. */
function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 10_000_000;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** A kebab-case name, a clause, a route, or a constant in capitals such as SIGTERM, 42P01 and ERR_INVALID_URL. */
function isCode(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return /^([a-z0-9._:/-]{1,80}|[A-Z0-9_]{1,40})$/.test(value) && !mayBePersonal(value);
}

/** Digits enough for a telephone number, or the look of an internet address: what no code of ours has. */
function mayBePersonal(code: string): boolean {
  return code.replace(/\D/g, '').length >= 7 || /(\d{1,3}\.){3}\d|::|(:.*){4}/.test(code);
}
