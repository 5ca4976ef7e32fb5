import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '#platform/fault.ts';

/** How much is logged, least first. `silent` writes nothing. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the operator decides about one installation, read from the environment once and then frozen. */
export interface Config {
  /** Main database, `postgres://…`. Undefined together with `keysUrl`: the embedded PostgreSQL is used. */
  readonly databaseUrl: string | undefined;
  /** The database of person keys, kept apart from the main one and its backups. */
  readonly keysUrl: string | undefined;
  /** `smtp://…` or `smtps://…`. Undefined: mail goes nowhere, each message is a file in `DATA_DIR/outbox`. */
  readonly smtpUrl: string | undefined;
  /** File that holds the master key; made on the first start. */
  readonly masterKeyFile: string;
  /** Where people reach the product: an origin without a slash at the end. */
  readonly baseUrl: string;
  readonly port: number;
  /** Address to listen on. The default answers this machine alone. */
  readonly host: string;
  /** Absolute path of everything that the product writes. */
  readonly dataDir: string;
  /** Where the registers in Brønnøysund are: without a slash at the end, with their own paths under it. */
  readonly brregUrl: string;
  readonly logLevel: LogLevel;
  /** First part of the name of every database role made here; two products may share a server. */
  readonly rolePrefix: string;
  /** Minutes between two proofs that a running server carries out by itself. */
  readonly proveEvery: number;
  /** JSON file that names whom people can sign in with (OpenID Connect); undefined: nobody. */
  readonly oidcProvidersFile: string | undefined;
  /** Absolute path of the folder with `statement.yaml`, `nb.md` and `en.md`. */
  readonly statementDir: string;
  /** The payment provider's API. Undefined: invoices are paid by bank. */
  readonly paymentProvider: { readonly url: string; readonly keyFile: string } | undefined;
  /** Absolute path of the price list. */
  readonly pricesFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const checkout = fileURLToPath(new URL('..', import.meta.url));

/**
 * Reads the whole configuration from the environment. Throws a Fault that names the variable and the cure at
 * the first value that is wrong. An empty variable counts as unset. A relative path starts at `cwd`; a path left
 * out starts at the checkout, so that a command finds the same data wherever it is run from.
 */
export function readConfig(env: Environment, cwd: string = process.cwd()): Config {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  const path = (name: string, fallback: string): string => {
    const value = read(name);
    return value ? resolve(cwd, value) : resolve(checkout, fallback);
  };

  const databaseUrl = url('DATABASE_URL', read('DATABASE_URL'), ['postgres:', 'postgresql:']);
  const keysUrl = url('KEYS_URL', read('KEYS_URL'), ['postgres:', 'postgresql:']);
  if (databaseUrl && !keysUrl) {
    throw new Fault('KEYS_URL is missing beside DATABASE_URL: set it to a second database, for the keys.');
  }
  if (keysUrl && !databaseUrl) {
    throw new Fault('DATABASE_URL is missing beside KEYS_URL: set it to the main database.');
  }
  if (databaseUrl && keysUrl && sameDatabase(databaseUrl, keysUrl)) {
    throw new Fault(
      'KEYS_URL names the same database as DATABASE_URL: give the keys a database of their own, ' +
        'so that a backup of the rows never holds them.',
    );
  }

  const port = wholeNumber('PORT', read('PORT') ?? '4000', 1, 65_535);
  const dataDir = path('DATA_DIR', '.data');
  const paymentUrl = read('PAYMENT_PROVIDER_URL');
  return Object.freeze({
    databaseUrl,
    keysUrl,
    smtpUrl: url('SMTP_URL', read('SMTP_URL'), ['smtp:', 'smtps:']),
    masterKeyFile: path('MASTER_KEY_FILE', resolve(dataDir, 'master.key')),
    baseUrl: origin(read('BASE_URL') ?? `http://localhost:${port}`),
    port,
    host: hostName(read('HOST') ?? '127.0.0.1'),
    dataDir,
    brregUrl: webAddress('BRREG_URL', read('BRREG_URL') ?? 'https://data.brreg.no'),
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL') ?? 'info', logLevels),
    rolePrefix: rolePrefix(read('ROLE_PREFIX') ?? 'hjemmel'),
    proveEvery: wholeNumber('PROVE_EVERY', read('PROVE_EVERY') ?? '60', 1, 1440),
    oidcProvidersFile: read('OIDC_PROVIDERS_FILE') && path('OIDC_PROVIDERS_FILE', ''),
    statementDir: path('STATEMENT_DIR', 'statement'),
    paymentProvider:
      paymentUrl === undefined
        ? undefined
        : {
            url: webAddress('PAYMENT_PROVIDER_URL', paymentUrl),
            keyFile: path('PAYMENT_KEY_FILE', resolve(dataDir, 'payment.key')),
          },
    pricesFile: path('PRICES_FILE', 'prices.yaml'),
  });
}

function url(name: string, value: string | undefined, protocols: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  const parsed = URL.parse(value);
  // The value itself stays out of the message: it may carry a password.
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new Fault(
      `${name} is not a ${protocols[0]}// address: write it as ${protocols[0]}//user@host/name.`,
    );
  }
  return value;
}

function sameDatabase(left: string, right: string): boolean {
  const [a, b] = [new URL(left), new URL(right)];
  return a.hostname === b.hostname && (a.port || '5432') === (b.port || '5432') && a.pathname === b.pathname;
}

function origin(value: string): string {
  const parsed = URL.parse(value);
  const whole = parsed && /^https?:$/.test(parsed.protocol) && parsed.pathname === '/';
  if (!whole || parsed.search || parsed.hash || parsed.username) {
    throw new Fault('BASE_URL is not an origin: write it as https://host or http://host:port, with no path.');
  }
  return parsed.origin;
}

function webAddress(name: string, value: string): string {
  const parsed = URL.parse(value);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search || parsed.hash || parsed.username) {
    throw new Fault(
      `${name} is not an address of the web: write it as https://host, with a path if need be and nothing after it.`,
    );
  }
  return parsed.href.replace(/\/+$/, '');
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new Fault(
      `${name} is not a whole number from ${least} to ${most}: set it to one, or leave it out.`,
    );
  }
  return number;
}

function hostName(value: string): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(value)) {
    throw new Fault('HOST is not an address to listen on: set it to 127.0.0.1, 0.0.0.0 or a host name.');
  }
  return value;
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value);
  if (!choice)
    throw new Fault(`${name} is not one of ${choices.join(', ')}: set it to one, or leave it out.`);
  return choice;
}

/** PostgreSQL cuts names at 63 bytes: a prefix longer than 30 would leave too little for the purpose. */
function rolePrefix(value: string): string {
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(value) || value.startsWith('pg_')) {
    throw new Fault(
      'ROLE_PREFIX is not a plain name: use at most 30 of a-z, 0-9 and _, a letter first, not pg_.',
    );
  }
  return value;
}
