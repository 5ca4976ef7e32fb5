/**
 * What people wished, noted in the keys database before the act is answered. That database outlives the rows: when they
 * are put back from a backup, this is what says who had withdrawn, objected or been restricted since.
 */
import type { Pool } from 'pg';

/** Rights whose use must survive a restore; each taking back has its opposite. */
export type WishAct =
  | 'withdraw'
  | 'decline'
  | 'object'
  | 'lift-objection'
  | 'restrict'
  | 'lift-restriction'
  | 'erase-item'
  | 'end-rows'
  | 'hold'
  | 'release-hold'
  | ClientWishAct;

/** What happened to the rows of a client; see `gates/client-wishes.ts`. */
export type ClientWishAct = 'set-row' | 'end-row' | 'hand-over';

export interface Wish {
  readonly person: string;
  readonly act: WishAct;
  readonly purpose: string;
  /** The ground of a restriction, the category or row that was ended, or a hold's number and dates; empty when the purpose says it all. */
  readonly what: string;
  readonly at: Date;
  /** Set where it is about the rows of a client; such wishes are read client by client. */
  readonly client?: string;
}

export type ClientWish = Wish & { readonly act: ClientWishAct; readonly client: string };

/** The newest sealed block, as noted apart from the journal. */
export interface JournalHead {
  readonly number: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly sealedAt: Date;
}

/** The ledger of wishes; needs select, insert, update and delete on keys.wish and keys.journal_head. */
export class Wishes {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Notes wishes, each over an earlier one of its kind; durable as a key is. Of two failures we choose the first: a crash
   * between this and the act leaves a wish that a restore carries out, and never an act that a restore forgets. Who has no
   * key is nobody, and nothing is noted of them.
   */
  async note(wishes: readonly Wish[]): Promise<void> {
    if (wishes.length === 0) return;
    await this.#pool.query({
      name: 'wishes.note',
      text: `insert into keys.wish as w (person, act, purpose, what, at, client)
             select u.person, u.act, u.purpose, u.what, max(u.at), min(u.client::text)::uuid
               from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[])
                 as u(person, act, purpose, what, at, client)
              where exists (select from keys.person_key k where k.person = u.person)
              group by 1, 2, 3, 4 order by 1, 2, 3, 4
             on conflict (person, act, purpose, what) do update set at = excluded.at where excluded.at > w.at`,
      values: [
        wishes.map(({ person }) => person),
        wishes.map(({ act }) => act),
        wishes.map(({ purpose }) => purpose),
        wishes.map(({ what }) => what),
        wishes.map(({ at }) => at),
        wishes.map(({ client }) => client ?? null),
      ],
    });
  }

  /** The wishes of the next `limit` people after `after`, in the order of their numbers; empty at the end. */
  async page(after: string, limit: number): Promise<Wish[]> {
    const { rows } = await this.#pool.query<Wish>(
      `select person, act, purpose, what, at from keys.wish
        where client is null
          and person in (select distinct person from keys.wish where person > $1 and client is null order by person limit $2)
        order by person, at, act`,
      [after, limit],
    );
    return rows;
  }

  /** What was noted of the rows of the next `limit` clients after `after`, each client's as it came about; empty at the end. */
  async clientPage(after: string, limit: number): Promise<ClientWish[]> {
    const { rows } = await this.#pool.query<ClientWish>(
      `select person, act, purpose, what, at, client from keys.wish
        where client in (select distinct client from keys.wish where client > $1 order by client limit $2)
        order by client, at, act, what`,
      [after, limit],
    );
    return rows;
  }

  /**
   * Gives what was noted of some tables of a client to whoever holds their rows from now on, so that it does not leave
   * with whoever held them before.
   */
  async handOver(client: string, { from, to }: { from: string; to: string }, tables: readonly string[]) {
    await this.#pool.query(
      `update keys.wish w set person = $3
        where client = $1 and person = $2 and act in ('set-row', 'end-row') and what::json ->> 'table' = any($4)
          and not exists (select from keys.wish o
                           where o.person = $3 and (o.act, o.purpose, o.what) = (w.act, w.purpose, w.what))`,
      [client, from, to, tables],
    );
  }

  /** Forgets wishes whose period (ISO 8601, on Oslo's calendar) is over; answers with how many there were. */
  async forget(period: string, now: Date): Promise<number> {
    const { rowCount } = await this.#pool.query(
      `delete from keys.wish
        where at <= $2::timestamptz - $1::interval + interval '3 days'
          and ((at at time zone 'Europe/Oslo' + $1::interval) at time zone 'Europe/Oslo') <= $2`,
      [period, now],
    );
    return rowCount ?? 0;
  }

  /** Notes the newest block; one that is older than what is noted changes nothing. */
  async noteHead({ number, hash, sealedAt }: JournalHead): Promise<void> {
    await this.#pool.query({
      name: 'wishes.head',
      text: `insert into keys.journal_head as h (number, hash, sealed_at) values ($1, $2, $3)
             on conflict (one) do update set number = excluded.number, hash = excluded.hash, sealed_at = excluded.sealed_at
              where excluded.number > h.number`,
      values: [number, Buffer.from(hash, 'hex'), sealedAt],
    });
  }

  /** Begins anew from a block, after a restore whose journal is shorter. */
  async resetHead(head: JournalHead | undefined): Promise<void> {
    await this.#pool.query('delete from keys.journal_head');
    if (head !== undefined) await this.noteHead(head);
  }

  /** The newest head that was noted; undefined when none ever was. */
  async head(): Promise<JournalHead | undefined> {
    const { rows } = await this.#pool.query<{ number: number; hash: Buffer; sealedAt: Date }>(
      'select number, hash, sealed_at as "sealedAt" from keys.journal_head',
    );
    const row = rows[0];
    return row && { number: Number(row.number), hash: row.hash.toString('hex'), sealedAt: row.sealedAt };
  }
}
