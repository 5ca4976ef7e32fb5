/**
 * The journal: what each gate decided, added by the gates in the transaction of the act itself, and sealed in signed
 * blocks each second.
 */
import type { Pool } from 'pg';
import { BEGINNING, type Block, blockHash, signHeader } from '#platform/chain/chain.ts';
import { ENTRY_COLUMNS, type EntryRow, entryLeaf } from '#platform/chain/entry-form.ts';
import { merkleRoot } from '#platform/chain/merkle.ts';
import { codeOf } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { JournalKey } from '#platform/secrets.ts';
import type { JournalHead } from '#platform/wishes.ts';
import type { Actor } from './actor.ts';

/** One decision. It holds numbers and names of clauses, points and purposes; never a value of a person. */
export interface Entry {
  readonly gate: 'collect' | 'use' | 'share' | 'keep' | 'answer' | 'statement';
  /** What was done: a collection point, or a verb such as `erase`. */
  readonly act: string;
  readonly person?: string;
  readonly actor: Actor['kind'];
  readonly actorId?: string;
  readonly purpose?: string;
  /** One of a closed list (`actor.ts`), where the purpose asks staff for one. */
  readonly reason?: string;
  /** Version of the statement in force. */
  readonly statement: string;
  readonly at: Date;
  /** SHA-256 of the receipt that goes with it, 32 bytes. */
  readonly digest?: Buffer;
}

/** Anything that runs a query: a pool, or a connection inside a transaction. */
export type Queryable = Pick<Pool, 'query'>;

/** The columns of a row that is added; the running number is the database's to give. */
export const ADDED_COLUMNS = 'at, gate, act, person, actor, actor_id, purpose, reason, statement, digest';
/** Advisory locks: the first is held shared by whoever writes entries (see journal.hold_open), the second by the sealer. */
const WRITERS = 7254001;
const SEALER = 7254003;
/** Most entries in one block: a receipt is built from all of its block, so a block must stay quick to read. */
const MOST = 8192;
const LOCK_NOT_AVAILABLE = '55P03';

/** An entry as a row for `json_populate_recordset(null::journal.entry, …)`: moment in ISO 8601 UTC, bytes as `\x…`. */
export function entryRecord(entry: Entry): Record<string, unknown> {
  return {
    at: entry.at.toISOString(),
    gate: entry.gate,
    act: entry.act,
    person: entry.person,
    actor: entry.actor,
    actor_id: entry.actorId,
    purpose: entry.purpose,
    reason: entry.reason,
    statement: entry.statement,
    digest: entry.digest && `\\x${entry.digest.toString('hex')}`,
  };
}

/** Adds entries in one statement. The roles that add cannot read back, so no running numbers are answered. */
export async function append(client: Queryable, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'journal.append',
    text: `insert into journal.entry (${ADDED_COLUMNS})
           select ${ADDED_COLUMNS} from json_populate_recordset(null::journal.entry, $1::json)`,
    values: [JSON.stringify(entries.map(entryRecord))],
  });
}

/** A row of journal.block as {@link BLOCK_COLUMNS} reads it. */
export interface BlockRow {
  readonly number: string | number;
  readonly first_id: string | number;
  readonly last_id: string | number;
  readonly root: Buffer;
  readonly previous: Buffer;
  readonly sealed_at: string;
  readonly signature: Buffer;
  readonly key_id: string;
}

/** The columns of journal.block that {@link blockForm} reads; the moment as text, as it was signed. */
export const BLOCK_COLUMNS = `number, first_id, last_id, root, previous,
  to_char(sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sealed_at, signature, key_id`;

/** A block as it is signed and as it stands in a receipt. */
export function blockForm(row: BlockRow): Block {
  return {
    number: Number(row.number),
    first: Number(row.first_id),
    last: Number(row.last_id),
    root: row.root.toString('hex'),
    previous: row.previous.toString('hex'),
    sealedAt: row.sealed_at,
    key: row.key_id,
  };
}

/** Seals the journal: reads what has been added and committed, and signs a block over it. */
export class Sealer {
  readonly #pool: Pool;
  readonly #key: JournalKey;
  readonly #sealed: (head: JournalHead) => Promise<void>;
  #running: Promise<number | undefined> | undefined;
  #next: Promise<number | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * The pool's role may read journal.entry, and read and add to journal.block. `sealed` is told of the newest block after
   * each round, to note it apart.
   */
  constructor(pool: Pool, key: JournalKey, sealed: (head: JournalHead) => Promise<void> = async () => {}) {
    this.#pool = pool;
    this.#key = key;
    this.#sealed = sealed;
  }

  /**
   * Seals everything committed before the call and answers with the last block's number; nothing when there was
   * nothing to seal, or when writers or another sealer did not make room in time. Calls that come while one runs share
   * the one after it.
   */
  seal(at: Date): Promise<number | undefined> {
    if (this.#running === undefined) {
      this.#running = this.#sealAll(at).finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.seal(at);
      });
    return this.#next;
  }

  /** Seals at every interval until stopped. What fails is told to `failed` and tried again at the next one. */
  start(
    everyMs = 1000,
    now: () => Date = () => new Date(),
    failed: (error: unknown) => void = () => {},
  ): void {
    this.#timer ??= setInterval(() => {
      // One at a time: when sealing takes longer than the interval, the next tick finds the rest.
      if (this.#running === undefined) this.seal(now()).catch(failed);
    }, everyMs).unref();
  }

  /** Stops the interval and waits for the block under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    // Whoever asked for that block hears of its failure; stopping only waits.
    await Promise.allSettled([this.#running, this.#next]);
  }

  async #sealAll(at: Date): Promise<number | undefined> {
    const limit = await this.#settledLimit();
    if (limit === undefined) return undefined;
    let head: JournalHead | undefined;
    for (;;) {
      const next = await this.#sealOne(limit, at);
      if (next === undefined) break;
      head = next;
    }
    // A block that could not be noted is sealed all the same, and the next one is noted.
    if (head !== undefined) await this.#sealed(head).catch(() => {});
    return head?.number;
  }

  /**
   * The highest running number such that no lower one is still on its way. Numbers are drawn before commit and may
   * become visible out of order; the moment nobody writes, none is pending.
   */
  async #settledLimit(): Promise<number | undefined> {
    return this.#unlessBusy(async () => {
      const client = await this.#pool.connect();
      try {
        // One trip, so that writers wait no longer than the server needs. `last_value` would count rolled-back numbers.
        const results = (await client.query(
          `begin; set local lock_timeout = '200ms'; select pg_advisory_xact_lock(${WRITERS});
           select max(id) as max from journal.entry; commit`,
        )) as unknown as { rows: { max: string | number | null }[] }[];
        const max = results[3]?.rows[0]?.max ?? undefined;
        return max === undefined ? undefined : Number(max);
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    });
  }

  async #sealOne(limit: number, at: Date): Promise<JournalHead | undefined> {
    return this.#unlessBusy(async () => {
      const client = await this.#pool.connect();
      try {
        return await inTransaction(client, async () => {
          await client.query(`set local lock_timeout = '2s'; select pg_advisory_xact_lock(${SEALER})`);
          const before = await client.query<BlockRow>(
            `select ${BLOCK_COLUMNS} from journal.block order by number desc limit 1`,
          );
          const last = before.rows[0];
          const { rows } = await client.query<EntryRow>(
            `select ${ENTRY_COLUMNS} from journal.entry where id > $1 and id <= $2 order by id limit ${MOST}`,
            [last?.last_id ?? BEGINNING.last, limit],
          );
          if (rows.length === 0) return undefined;
          const block: Block = {
            number: Number(last?.number ?? 0) + 1,
            first: Number(rows[0]!.id),
            last: Number(rows.at(-1)!.id),
            root: merkleRoot(rows.map(entryLeaf)).toString('hex'),
            previous: last === undefined ? BEGINNING.hash : blockHash(blockForm(last), last.signature),
            sealedAt: at.toISOString(),
            key: this.#key.id,
          };
          const signature = signHeader({ ...block, size: rows.length }, this.#key.privateKey);
          await client.query(
            `insert into journal.block (number, first_id, last_id, root, previous, sealed_at, signature, key_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8)`,
            [
              block.number,
              block.first,
              block.last,
              Buffer.from(block.root, 'hex'),
              Buffer.from(block.previous, 'hex'),
              block.sealedAt,
              signature,
              block.key,
            ],
          );
          return { number: block.number, hash: blockHash(block, signature), sealedAt: at };
        });
      } finally {
        client.release();
      }
    });
  }

  /** A lock not had in time is no fault: the next tick tries again, and nothing is lost by waiting. */
  async #unlessBusy<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) === LOCK_NOT_AVAILABLE) return undefined;
      throw error;
    }
  }
}
