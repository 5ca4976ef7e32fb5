/**
 * The keys of people, and of the shelves of the archive: one random 256-bit key each, in a database apart from the rows
 * it opens.
 *
 * Destroying a key erases its person, or what lies on its shelf, everywhere at once, backups of the main database too,
 * because nothing else can open what was sealed with it. Nothing is kept in memory between calls for the same reason.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { openBytes, SealError, sealBytes } from './aead.ts';
import { uuidArray } from './database.ts';
import type { MasterKeys } from './master-key.ts';
import { NotedVersions } from './noted-versions.ts';
import { Wishes } from './wishes.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const KEY_BYTES = 32;

/** What a person's key is wrapped under besides the master key, so that keys cannot be handed from one to another. */
function personContext(person: string): string {
  return `person\0${person}`;
}

/** What a shelf's key is wrapped under; a person's and a shelf's are told apart even under one number. */
function shelfContext(shelf: string): string {
  return `shelf\0${shelf}`;
}

/** One key, opened: seals and opens what belongs to its owner. Hold it no longer than the work at hand takes. */
export class SealKey {
  /** Number of the person, or of the shelf. */
  readonly owner: string;
  readonly #key: KeyObject;

  constructor(owner: string, key: KeyObject) {
    this.owner = owner;
    this.#key = key;
  }

  /**
   * Seals a text for one place, `schema.table.column` or that with `#row`: 29 bytes longer than its UTF-8. The place
   * and the owner are authenticated, so a value moved to another column, row or owner does not open.
   */
  seal(value: string, place: string): Buffer {
    // A lone surrogate would be stored as U+FFFD, and the person would get back something else than they gave.
    if (!value.isWellFormed()) throw new SealError(`a value for ${place} is not well-formed Unicode`);
    return sealBytes(this.#key, Buffer.from(value), `${place}\0${this.owner}`);
  }

  /** Opens what {@link seal} made for the same place; SealError when it was not made there, or has been changed. */
  open(sealed: Buffer, place: string): string {
    const plain = openBytes(this.#key, sealed, `${place}\0${this.owner}`);
    if (plain === undefined) throw new SealError(`what is sealed in ${place} does not open there`);
    return plain.toString();
  }
}

/** The key of one person. */
export type PersonKey = SealKey;

/** Where keys of one kind are kept: the table, the column that names their owner, what they are wrapped under. */
interface Place {
  readonly table: string;
  readonly owner: string;
  readonly context: (owner: string) => string;
}

/** Every table of wrapped keys that belong to an owner. */
export const KEY_TABLES = [
  { table: 'keys.person_key', owner: 'person', context: personContext },
  { table: 'keys.archive_key', owner: 'shelf', context: shelfContext },
] as const satisfies readonly Place[];

/** A store of keys of one kind; needs select, insert and delete on its table and nothing else. */
export class KeyStore {
  readonly #pool: Pool;
  readonly #masters: MasterKeys;
  readonly #place: Place;

  constructor(pool: Pool, masters: MasterKeys, place: Place) {
    this.#pool = pool;
    this.#masters = masters;
    this.#place = place;
  }

  /**
   * Makes one key for each owner, durable on return; where the pool's commits do not wait, before whatever is written
   * to the same server afterwards and waits. Ids are UUIDs in lower case, each once; one that has a key
   * already is an error, since a second key would leave what the first sealed unreadable. A person brought in under
   * an earlier date is on their way all the same, so their key is no older than the database's clock says.
   */
  async create(owners: readonly string[], at: Date): Promise<Map<string, SealKey>> {
    return this.#make(owners, at, '');
  }

  /**
   * The keys of these owners, made where they are missing. Two processes that make the same one at once end with the
   * same key, since the row that was first wins.
   */
  async ensure(owners: readonly string[], at: Date): Promise<Map<string, SealKey>> {
    const held = await this.of(owners);
    const missing = owners.filter((owner) => !held.has(owner));
    if (missing.length === 0) return held;
    await this.#make(missing, at, ' on conflict do nothing');
    return this.of(owners);
  }

  async #make(owners: readonly string[], at: Date, conflict: string): Promise<Map<string, SealKey>> {
    const { table, owner: column, context } = this.#place;
    const master = this.#masters.current;
    const made = new Map<string, SealKey>();
    const wrapped: Buffer[] = [];
    const random = randomBytes(KEY_BYTES * owners.length);
    for (const [index, owner] of owners.entries()) {
      if (!UUID.test(owner)) throw new SealError('a key is made for a UUID in lower case');
      const bytes = random.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES);
      made.set(owner, new SealKey(owner, createSecretKey(bytes)));
      wrapped.push(sealBytes(master.key, bytes, context(owner)));
    }
    random.fill(0);
    if (owners.length === 0) return made;
    await this.#pool.query({
      name: `${table}.create${conflict && '.missing'}`,
      text: `insert into ${table} (${column}, wrapped, master, created_at)
             select p, w, $3, greatest($4::timestamptz, now()) from unnest($1::uuid[], $2::bytea[]) as u(p, w)${conflict}`,
      values: [owners, wrapped, master.id, at],
    });
    return made;
  }

  /**
   * The keys of these owners; whoever has none (erased, or never known) is absent. A key that is there and does not
   * open is an error and never an absence: the one means damage, the other erasure.
   */
  async of(owners: readonly string[]): Promise<Map<string, SealKey>> {
    if (owners.length === 0) return new Map();
    const { table, owner: column } = this.#place;
    const found = await this.#pool.query<{ owner: string; wrapped: Buffer; master: string }>({
      name: `${table}.of`,
      text: `select ${column} as owner, wrapped, master from ${table} where ${column} = any($1::uuid[])`,
      values: [owners],
    });
    const opened = new Map<string, SealKey>();
    for (const { owner, wrapped, master } of found.rows) {
      opened.set(owner, new SealKey(owner, createSecretKey(this.#unwrap(owner, wrapped, master))));
    }
    return opened;
  }

  /** Destroys the keys of these owners for good and says how many there were. Doing it twice is no error. */
  async destroy(owners: readonly string[]): Promise<number> {
    if (owners.length === 0) return 0;
    const { table, owner: column } = this.#place;
    const gone = await this.#pool.query({
      name: `${table}.destroy`,
      text: `delete from ${table} where ${column} = any($1::uuid[])`,
      values: [owners],
    });
    return gone.rowCount ?? 0;
  }

  /** Which of these owners have a key. */
  async held(owners: readonly string[]): Promise<Set<string>> {
    const { table, owner: column } = this.#place;
    const found = await this.#pool.query<{ owner: string }>({
      name: `${table}.held`,
      text: `select ${column} as owner from ${table} where ${column} = any($1::uuid[])`,
      values: [owners],
    });
    return new Set(found.rows.map(({ owner }) => owner));
  }

  /** Whom the keys made before a moment are for: at most `limit` numbers that follow `after`, in their order. */
  async madeBefore(moment: Date, after: string, limit: number): Promise<string[]> {
    const { table, owner: column } = this.#place;
    const found = await this.#pool.query<{ owner: string }>(
      `select ${column} as owner from ${table} where created_at < $1 and ${column} > $2 order by 1 limit $3`,
      [moment, after, limit],
    );
    return found.rows.map(({ owner }) => owner);
  }

  /** How many keys a master key wraps. */
  async count(master: string): Promise<number> {
    const found = await this.#pool.query<{ n: string }>(
      `select count(*) as n from ${this.#place.table} where master = $1`,
      [master],
    );
    return Number(found.rows[0]?.n);
  }

  #unwrap(owner: string, wrapped: Buffer, id: string): Buffer {
    const master = this.#masters.find(id);
    if (master === undefined) throw new SealError(`a key is wrapped by ${id}, which the key file lacks`);
    const bytes = openBytes(master.key, wrapped, this.#place.context(owner));
    if (bytes?.length !== KEY_BYTES) throw new SealError(`a key does not open under ${id}`);
    return bytes;
  }
}

/**
 * The store of people's keys, and beside it that of the archive's shelves. Needs what each {@link KeyStore} needs, and what
 * {@link Wishes} and {@link NotedVersions} need.
 */
export class Keys extends KeyStore {
  /** What people wished, kept beside the keys. */
  readonly wishes: Wishes;
  /** Which versions of the statement were applied, kept beside the keys. */
  readonly versions: NotedVersions;
  readonly shelves: KeyStore;
  readonly #pool: Pool;

  constructor(pool: Pool, masters: MasterKeys) {
    const [people, shelves] = KEY_TABLES;
    super(pool, masters, people);
    this.#pool = pool;
    this.wishes = new Wishes(pool);
    this.versions = new NotedVersions(pool);
    this.shelves = new KeyStore(pool, masters, shelves);
  }

  /**
   * Destroys the keys of these people for good and says how many there were. Doing it twice is no error. Their wishes go
   * along, except that they withdrew: rows restored from before the erasure are to leave the mark that holds them off.
   */
  override async destroy(people: readonly string[]): Promise<number> {
    if (people.length === 0) return 0;
    const gone = await this.#pool.query({
      name: 'keys.destroy',
      text: `with w as (delete from keys.wish where person = any($1::uuid[]) and act <> 'withdraw')
             delete from keys.person_key where person = any($1::uuid[])`,
      values: [uuidArray(people)],
    });
    return gone.rowCount ?? 0;
  }

  /** One sum over everybody who has a key: where the rows give the same one, they are of the same people. */
  async sum(): Promise<string> {
    const found = await this.#pool.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(bit_xor(uuid_hash_extended(person, 0)), 0) as sum from keys.person_key`,
    );
    return found.rows[0]!.sum;
  }

  /** The same over each range of numbers, by their first byte: it tells where keys and rows differ. */
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
}
