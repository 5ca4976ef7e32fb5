/**
 * The keys of people: one random 256-bit key each, in a database apart from the rows it opens.
 *
 * Destroying a key erases its person everywhere at once, backups of the main database too, because nothing else can
 * open what was sealed with it. Nothing is kept in memory between calls for the same reason.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { openBytes, SealError, sealBytes } from './aead.ts';
import type { MasterKeys } from './master-key.ts';
import { Wishes } from './wishes.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const KEY_BYTES = 32;

/** What a person's key is wrapped under besides the master key, so that keys cannot be handed from one to another. */
export function personContext(person: string): string {
  return `person\0${person}`;
}

/** One person's key, opened: seals and opens that person's values. Hold it no longer than the work at hand takes. */
export class PersonKey {
  readonly person: string;
  readonly #key: KeyObject;

  constructor(person: string, key: KeyObject) {
    this.person = person;
    this.#key = key;
  }

  /**
   * Seals a text for one place, `schema.table.column` or that with `#row`: 29 bytes longer than its UTF-8. The place
   * and the person are authenticated, so a value moved to another column, row or person does not open.
   */
  seal(value: string, place: string): Buffer {
    // A lone surrogate would be stored as U+FFFD, and the person would get back something else than they gave.
    if (!value.isWellFormed()) throw new SealError(`a value for ${place} is not well-formed Unicode`);
    return sealBytes(this.#key, Buffer.from(value), `${place}\0${this.person}`);
  }

  /** Opens what {@link seal} made for the same place; SealError when it was not made there, or has been changed. */
  open(sealed: Buffer, place: string): string {
    const plain = openBytes(this.#key, sealed, `${place}\0${this.person}`);
    if (plain === undefined) throw new SealError(`what is sealed in ${place} does not open there`);
    return plain.toString();
  }
}

/** The store of people's keys; needs select, insert and delete on keys.person_key, and what {@link Wishes} needs. */
export class Keys {
  /** What people wished, kept beside the keys. */
  readonly wishes: Wishes;
  readonly #pool: Pool;
  readonly #masters: MasterKeys;

  constructor(pool: Pool, masters: MasterKeys) {
    this.#pool = pool;
    this.#masters = masters;
    this.wishes = new Wishes(pool);
  }

  /**
   * Makes one key for each person, durable on return; where the pool's commits do not wait, before whatever is written
   * to the same server afterwards and waits. Ids are UUIDs in lower case, each once; one that has a key
   * already is an error, since a second key would leave what the first sealed unreadable. A person brought in under
   * an earlier date is on their way all the same, so their key is no older than the database's clock says.
   */
  async create(people: readonly string[], at: Date): Promise<Map<string, PersonKey>> {
    const master = this.#masters.current;
    const made = new Map<string, PersonKey>();
    const wrapped: Buffer[] = [];
    const random = randomBytes(KEY_BYTES * people.length);
    for (const [index, person] of people.entries()) {
      if (!UUID.test(person)) throw new SealError('a person key is made for a UUID in lower case');
      const bytes = random.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES);
      made.set(person, new PersonKey(person, createSecretKey(bytes)));
      wrapped.push(sealBytes(master.key, bytes, personContext(person)));
    }
    random.fill(0);
    if (people.length === 0) return made;
    await this.#pool.query({
      name: 'keys.create',
      text: `insert into keys.person_key (person, wrapped, master, created_at)
             select p, w, $3, greatest($4::timestamptz, now()) from unnest($1::uuid[], $2::bytea[]) as u(p, w)`,
      values: [people, wrapped, master.id, at],
    });
    return made;
  }

  /**
   * The keys of these people; whoever has none (erased, or never known) is absent. A key that is there and does not
   * open is an error and never an absence: the one means damage, the other erasure.
   */
  async of(people: readonly string[]): Promise<Map<string, PersonKey>> {
    if (people.length === 0) return new Map();
    const found = await this.#pool.query<{ person: string; wrapped: Buffer; master: string }>({
      name: 'keys.of',
      text: 'select person, wrapped, master from keys.person_key where person = any($1::uuid[])',
      values: [people],
    });
    const opened = new Map<string, PersonKey>();
    for (const { person, wrapped, master } of found.rows) {
      opened.set(person, new PersonKey(person, createSecretKey(this.#unwrap(person, wrapped, master))));
    }
    return opened;
  }

  /**
   * Destroys the keys of these people for good and says how many there were. Doing it twice is no error. Their wishes go
   * along, except that they withdrew: rows restored from before the erasure are to leave the mark that holds them off.
   */
  async destroy(people: readonly string[]): Promise<number> {
    if (people.length === 0) return 0;
    const gone = await this.#pool.query({
      name: 'keys.destroy',
      text: `with w as (delete from keys.wish where person = any($1::uuid[]) and act <> 'withdraw')
             delete from keys.person_key where person = any($1::uuid[])`,
      values: [people],
    });
    return gone.rowCount ?? 0;
  }

  /** Which of these people have a key. */
  async held(people: readonly string[]): Promise<Set<string>> {
    const found = await this.#pool.query<{ person: string }>({
      name: 'keys.held',
      text: 'select person from keys.person_key where person = any($1::uuid[])',
      values: [people],
    });
    return new Set(found.rows.map(({ person }) => person));
  }

  /** One sum over the people of each range of numbers, by their first byte: what differs nowhere need not be looked up. */
  async sums(): Promise<Map<number, string>> {
    const found = await this.#pool.query<{ range: number; sum: string }>(
      `select get_byte(uuid_send(person), 0) as range, count(*) || ' ' || bit_xor(uuid_hash_extended(person, 0)) as sum
         from keys.person_key group by 1`,
    );
    return new Map(found.rows.map(({ range, sum }) => [range, sum]));
  }

  /** Whom the keys of one range are for, and when each was made. */
  async inRange(range: number): Promise<Map<string, Date>> {
    const found = await this.#pool.query<{ person: string; created_at: Date }>(
      'select person, created_at from keys.person_key where get_byte(uuid_send(person), 0) = $1',
      [range],
    );
    return new Map(found.rows.map((row) => [row.person, row.created_at]));
  }

  /** How many people's keys a master key wraps. */
  async count(master: string): Promise<number> {
    const found = await this.#pool.query<{ n: string }>(
      'select count(*) as n from keys.person_key where master = $1',
      [master],
    );
    return Number(found.rows[0]?.n);
  }

  #unwrap(person: string, wrapped: Buffer, id: string): Buffer {
    const master = this.#masters.find(id);
    if (master === undefined)
      throw new SealError(`a person key is wrapped by ${id}, which the key file lacks`);
    const bytes = openBytes(master.key, wrapped, personContext(person));
    if (bytes?.length !== KEY_BYTES) throw new SealError(`a person key does not open under ${id}`);
    return bytes;
  }
}
