import pg from 'pg';
import { Fault } from './fault.ts';

// bigint as string would be safe but clumsy: our counters stay below 2^53 for longer than we do.
pg.types.setTypeParser(20, Number);

/** Opens one connection with the owner's rights, runs `work` and closes it. Used at start and by the CLI; never to serve. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hjemmel' });
  try {
    await client.connect();
  } catch (error) {
    throw new Fault(
      `The database at ${withoutSecret(url)} does not answer (${codeOf(error)}); start it or correct its URL.`,
    );
  }
  // A server that goes away in the middle is told by the query that fails, not by a second, unhandled event.
  client.on('error', () => {});
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Refuses a server older than PostgreSQL 15, which lacks what row policies and grants here rely on. */
export async function requireVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const { number, version } = rows[0]!;
  if (number < 150_000)
    throw new Fault(`The server runs PostgreSQL ${version}; Hjemmel needs 15 or newer: upgrade it.`);
}

export interface PoolOptions {
  readonly prefix: string;
  readonly password: (role: string) => string;
  /** Connections a role at most; 4 when left out. */
  readonly size?: number;
  /** PostgreSQL settings of every connection, by name; values are words. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The pools of this process: one small pool a role, opened when first used. Login roles own nothing. */
export class Pools {
  readonly #url: URL;
  readonly #prefix: string;
  readonly #password: (role: string) => string;
  readonly #size: number;
  readonly #settings: string | undefined;
  readonly #pools = new Map<string, pg.Pool>();

  constructor(url: string, options: PoolOptions) {
    this.#url = new URL(url);
    this.#prefix = options.prefix;
    this.#password = options.password;
    this.#size = options.size ?? 4;
    const settings = Object.entries(options.settings ?? {});
    this.#settings = settings.map(([name, value]) => `-c ${name}=${value}`).join(' ') || undefined;
  }

  /** The pool that logs in as `role`, a short name such as `collect` or `newsletter`. */
  of(role: string): pg.Pool {
    return this.#open(role, false);
  }

  /** The same for whoever sends several queries without waiting in between; a pool of its own. */
  pipelined(role: string): pg.Pool {
    return this.#open(role, true);
  }

  #open(role: string, pipeline: boolean): pg.Pool {
    const place = pipeline ? `${role} pipelined` : role;
    let pool = this.#pools.get(place);
    if (pool === undefined) {
      const name = roleName(this.#prefix, role);
      const url = new URL(this.#url);
      url.username = name;
      url.password = this.#password(name);
      pool = new pg.Pool({
        connectionString: url.href,
        max: this.#size,
        idleTimeoutMillis: 10_000,
        connectionTimeoutMillis: 10_000,
        application_name: name,
        options: this.#settings,
        pipeline,
      });
      // An idle connection that drops is replaced at the next use; the use that fails says so itself.
      pool.on('error', () => {});
      // One that is just closing has left the pool, and nobody else would hear of its server going away.
      pool.on('connect', (client) => client.on('error', () => {}));
      this.#pools.set(place, pool);
    }
    return pool;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()));
  }
}

/**
 * Runs a query under a setting that holds for it alone, in one round trip: a transaction is sent whole, and nothing is
 * left on the connection. When the setting could not be made, the query is refused or runs without it.
 */
export async function queryUnder<T extends pg.QueryResultRow>(
  pool: pg.Pool,
  setting: { readonly name: string; readonly value: string },
  query: pg.QueryConfig,
): Promise<pg.QueryResult<T>> {
  const client = await pool.connect();
  const [name, value] = [setting.name, setting.value].map((text) => pg.escapeLiteral(text));
  const [begun, asked, ended] = await Promise.allSettled([
    client.query(`begin read only; select set_config(${name}, ${value}, true)`),
    client.query<T>(query),
    client.query('commit'),
  ]);
  // A connection that could not begin or end is not fit for the next.
  client.release(begun.status === 'rejected' || ended.status === 'rejected');
  if (begun.status === 'rejected') throw begun.reason;
  if (asked.status === 'rejected') throw asked.reason;
  return asked.value;
}

/** Cluster-wide name of a role: installations on one server keep apart by their prefix. */
export function roleName(prefix: string, role: string): string {
  return `${prefix}_${role.replaceAll('-', '_')}`;
}

/** Quotes an identifier for SQL that cannot take it as a parameter. */
export function ident(name: string): string {
  return pg.escapeIdentifier(name);
}

/** `schema.table`, each part quoted. */
export function tableIdent(name: string): string {
  return name.split('.').map(ident).join('.');
}

/** SQLSTATE or system code of an error; never its message, which may quote values. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

function withoutSecret(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

/** The type of a uuid, and what one takes in an array: its length and its bytes. */
const UUID_OID = 2950;
const UUID_ELEMENT = 4 + 16;

/**
 * Numbers of people as a parameter `uuid[]` in PostgreSQL's binary form: among thousands, text would be escaped here and
 * read there for as long as some statements take to run.
 */
export function uuidArray(ids: readonly string[]): Buffer {
  if (ids.length === 0) return Buffer.from('000000000000000000000b86', 'hex');
  const head = 20;
  const bytes = Buffer.alloc(head + ids.length * UUID_ELEMENT);
  // One dimension without nulls, of so many elements, the first of which is number 1.
  for (const [at, word] of [1, 0, UUID_OID, ids.length, 1].entries()) bytes.writeInt32BE(word, at * 4);
  for (const [at, id] of ids.entries()) {
    const from = head + at * UUID_ELEMENT;
    bytes.writeInt32BE(16, from);
    if (bytes.write(id.replaceAll('-', ''), from + 4, 'hex') !== 16)
      throw new TypeError('no number of a person');
  }
  return bytes;
}
