import type { KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import type { DataMap } from '#platform/map.ts';
import type { Applied } from '#statement/applied.ts';
import type { ClauseId, Text } from '#statement/grammar.ts';
import { type Counted, exactly, inPublic } from './counted.ts';

/** What is audited: one installation, as its own proof role sees it. Nothing here can write. */
export interface Installation {
  /** Main database, logged in as the role `proof`. */
  readonly main: Pool;
  /** Keys database, logged in as the role `proof`, which sees whom a key is for and when it was made. */
  readonly keys: Pool;
  /** The version that the program serves and shows. */
  readonly applied: Applied;
  /** First part of the names of this installation's roles. */
  readonly prefix: string;
  /** Absolute path of `DATA_DIR`. */
  readonly dataDir: string;
  /** The public half of the key that signs the journal (Ed25519). */
  readonly publicKey: KeyObject;
  /** The moment that periods and delays are counted up to. */
  readonly now: Date;
  /** Ends the proof between two checks: a server that stops does not finish what takes long. */
  readonly signal?: AbortSignal;
}

/** The installation, and what the proof has read of it for itself. */
export interface Context extends Installation {
  /** The data map, read from the live catalogue. */
  readonly map: DataMap;
  /** Runs work that several checks look at once, and gives each the same result. */
  once<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** How often something was found that a clause rules out. `what` names columns, tables, roles or ids, never values. */
export interface Finding {
  readonly what: string;
  readonly count: number;
}

export interface Outcome {
  readonly found: number;
  /** In how many different ways the clause is broken. */
  readonly kinds: number;
  /** What was found, or, when that is nothing, exactly what was counted. For those who may run a proof. */
  readonly detail: string;
  /** What was counted, told so that it gives nobody away. */
  readonly looked: Text;
}

/** One way of catching the installation breaking a clause. `title` says what holds when nothing is found. */
export interface Check {
  readonly clause: ClauseId;
  readonly title: string;
  /** The title in Norwegian, for the public page. */
  readonly titleNb: string;
  /** False while there is nothing yet that the check could look at: its clause is not counted as kept. Absent: always. */
  ready?(context: Context): Promise<boolean>;
  run(context: Context): Promise<Outcome>;
}

const SHOWN = 8;

/** The outcome of a check: what was found, or, when that is nothing, what was looked at. */
export function outcome(findings: readonly Finding[], ...counted: readonly Counted[]): Outcome {
  const real = findings.filter(({ count }) => count > 0);
  const found = real.reduce((sum, { count }) => sum + count, 0);
  const told = { found, kinds: real.length, looked: inPublic(counted) };
  if (found === 0) return { ...told, detail: exactly(counted) };
  const shown = real.slice(0, SHOWN).map(({ what, count }) => (count === 1 ? what : `${what} (${count})`));
  const more = real.length - shown.length;
  return { ...told, detail: shown.join('; ') + (more > 0 ? `; and ${more} more kinds` : '') };
}

/** The number that a `select count(*)` answers with. */
export async function count(pool: Pool, sql: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await pool.query<Record<string, number>>(sql, [...values]);
  return Number(Object.values(rows[0] ?? {})[0] ?? 0);
}

/**
 * Every row of a query, a page at a time through a cursor: memory stays the same whatever the table’s size, and small pages
 * are gone before the collector has to move them.
 */
export async function* paged<T>(
  pool: Pool,
  sql: string,
  values: readonly unknown[] = [],
  size = 1_000,
): AsyncGenerator<T[]> {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    await client.query(`declare proof no scroll cursor for ${sql}`, [...values]);
    for (;;) {
      const { rows } = await client.query(`fetch ${size} from proof`);
      if (rows.length === 0) break;
      yield rows as T[];
    }
  } finally {
    // Nothing was written; a connection that cannot end its transaction is not fit to go back to the pool.
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}

/** What is in one set and not in another. */
export function minus<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): T[] {
  return [...one].filter((each) => !other.has(each));
}
