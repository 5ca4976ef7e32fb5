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
  | 'release-hold';

export interface Wish {
  readonly person: string;
  readonly act: WishAct;
  readonly purpose: string;
  /** The ground of a restriction, the category or row that was ended, or a hold's number and dates; empty when the purpose says it all. */
  readonly what: string;
  readonly at: Date;
}

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
      text: `insert into keys.wish as w (person, act, purpose, what, at)
             select u.person, u.act, u.purpose, u.what, max(u.at)
               from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) as u(person, act, purpose, what, at)
              where exists (select from keys.person_key k where k.person = u.person)
              group by 1, 2, 3, 4 order by 1, 2, 3, 4
             on conflict (person, act, purpose, what) do update set at = excluded.at where excluded.at > w.at`,
      values: [
        wishes.map(({ person }) => person),
        wishes.map(({ act }) => act),
        wishes.map(({ purpose }) => purpose),
        wishes.map(({ what }) => what),
        wishes.map(({ at }) => at),
      ],
    });
  }

  /** The wishes of the next `limit` people after `after`, in the order of their numbers; empty at the end. */
  async page(after: string, limit: number): Promise<Wish[]> {
    const { rows } = await this.#pool.query<Wish>(
      `select person, act, purpose, what, at from keys.wish
        where person in (select distinct person from keys.wish where person > $1 order by person limit $2)
        order by person, at, act`,
      [after, limit],
    );
    return rows;
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
