import { randomUUID } from 'node:crypto';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import type { PersonKey } from '#platform/keys.ts';
import { osloDate } from '#statement/period.ts';
import type { Engine } from './engine.ts';
import { makeDays } from './keep/partitions.ts';
import { Refusal } from './refusal.ts';

/**
 * A row for a module's own table; `person` and the row's clock are the module's to fill in. A column that is sealed takes
 * text, and its table has an `id`.
 */
export interface Row {
  readonly table: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** True: a row that is there already is left as it is. False: it is an error (23505). */
  readonly once?: boolean;
}

/** What one act writes, once it is known whom it is about. */
export interface Act {
  readonly rows: readonly Row[];
  /** Set for a person not yet known: what goes into the vault, and the hashes to find them by. */
  readonly vault?: {
    readonly values: ReadonlyMap<string, string>;
    readonly columns: ReadonlyMap<string, { column: string; sealed: boolean }>;
    readonly hashes: readonly { kind: string; hash: Buffer }[];
    readonly at: Date;
  };
}

interface Pending {
  readonly at: Date;
  readonly person?: string;
  readonly address?: Buffer;
  readonly build: (who: { person: string; known: boolean }) => Act;
  readonly resolve: (done: { person: string; known: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

interface Planned {
  readonly pending: Pending;
  readonly who: { person: string; known: boolean };
  readonly act: Act;
}

/** Most acts in one commit: enough to share its cost, few enough that the first does not wait long for the last. */
const MOST = 64;
/** PostgreSQL's word for a row that a check refuses, or that no partition is there for. */
const NO_DAY = '23514';
/** Batches under way at once: one writes while the next is sealed. */
const ABREAST = 2;

/**
 * Group commit for collection. The keys of new people are durable before their rows: a crash leaves a key without a
 * person, never a person without a key. All rows of a batch go in as one statement, under a role that adds and cannot
 * read.
 */
export class CollectBatch {
  readonly #engine: Engine;
  readonly #queue: Pending[] = [];
  readonly #statements = new Map<string, { name: string; text: string }>();
  readonly #columnsOf: Map<string, string[]>;
  /** Columns that are sealed, of the modules' own tables that have any. */
  readonly #sealedOf: ReadonlyMap<string, readonly string[]>;
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#columnsOf = new Map(
      engine.map.tables.map((table) => [
        table.name,
        // The running number of the journal is the database's to give.
        table.columns
          .map((column) => column.name)
          .filter((name) => table.name !== 'journal.entry' || name !== 'id'),
      ]),
    );
    this.#sealedOf = new Map(
      engine.map.tables.flatMap(({ name, columns }) => {
        const sealed = columns.filter(({ type }) => type === 'vault.sealed').map((column) => column.name);
        return sealed.length === 0 || name === 'vault.person' ? [] : [[name, sealed]];
      }),
    );
  }

  /** Queues an act; resolves when it is durable, rejects when it was refused or could not be written. */
  add(act: Omit<Pending, 'resolve' | 'reject'>): Promise<{ person: string; known: boolean }> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...act, resolve, reject });
      if (this.#queue.length === 1) setImmediate(() => this.#turn());
    });
  }

  async drain(): Promise<void> {
    if (this.#running === 0 && this.#queue.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #turn(): void {
    while (this.#running < ABREAST && this.#queue.length > 0) {
      this.#running += 1;
      void this.#flush(this.#queue.splice(0, MOST)).finally(() => {
        this.#running -= 1;
        if (this.#queue.length > 0) this.#turn();
        else if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
      });
    }
  }

  async #flush(batch: Pending[]): Promise<void> {
    try {
      const planned = this.#plan(batch, await this.#known(batch));
      if (planned.length === 0) return;
      await this.#write(planned, await this.#keysFor(planned));
      for (const { pending, who } of planned) pending.resolve(who);
    } catch (error) {
      // Two processes met on one address, or one act of many broke a constraint: each is tried alone, so that the
      // others do not pay, and the second of the two finds the first.
      if (batch.length > 1 || codeOf(error) === '23505') await this.#alone(batch);
      else for (const pending of batch) pending.reject(error);
    }
  }

  async #alone(batch: Pending[]): Promise<void> {
    for (const pending of batch) {
      try {
        const planned = this.#plan([pending], await this.#known([pending]));
        if (planned.length === 0) continue;
        await this.#write(planned, await this.#keysFor(planned));
        pending.resolve(planned[0]!.who);
      } catch (error) {
        pending.reject(error);
      }
    }
  }

  async #known(batch: readonly Pending[]): Promise<Map<string, string>> {
    const addresses = batch.flatMap(({ address }) => (address === undefined ? [] : [address]));
    if (addresses.length === 0) return new Map();
    const { rows } = await this.#engine.pools.of('find').query<{ hash: Buffer; person: string }>({
      name: 'find.email',
      text: `select hash, person from vault.lookup where kind = 'email' and hash = any($1)`,
      values: [addresses],
    });
    return new Map(rows.map(({ hash, person }) => [hash.toString('hex'), person]));
  }

  /** Asks each act what it writes; one that refuses is rejected here and leaves the batch. */
  #plan(batch: readonly Pending[], known: Map<string, string>): Planned[] {
    const planned: Planned[] = [];
    for (const pending of batch) {
      const address = pending.address?.toString('hex');
      const found = pending.person ?? (address === undefined ? undefined : known.get(address));
      const who = { person: found ?? randomUUID(), known: found !== undefined };
      try {
        planned.push({ pending, who, act: pending.build(who) });
        // A second act of the same batch on the same address finds the person that the first makes.
        if (address !== undefined) known.set(address, who.person);
      } catch (error) {
        pending.reject(error);
      }
    }
    return planned;
  }

  /** The keys of new people, made now, and of those already known of whom something is to be sealed. */
  async #keysFor(planned: readonly Planned[]): Promise<ReadonlyMap<string, PersonKey>> {
    const fresh = planned.filter(({ act }) => act.vault !== undefined);
    const made = await this.#engine.keys.create(
      fresh.map(({ who }) => who.person),
      fresh[0]?.pending.at ?? new Date(0),
    );
    const sealing = planned
      .filter(
        ({ who, act }) => !made.has(who.person) && act.rows.some(({ table }) => this.#sealedOf.has(table)),
      )
      .map(({ who }) => who.person);
    return sealing.length === 0
      ? made
      : new Map([...made, ...(await this.#engine.keys.of([...new Set(sealing)]))]);
  }

  /** A row as it is written: what its table keeps sealed is given as text, and is tied to the row's own number. */
  #seal({ table, values }: Row, key: PersonKey | undefined): Record<string, unknown> {
    const row: Record<string, unknown> = { ...values };
    for (const column of this.#sealedOf.get(table) ?? []) {
      const value = row[column];
      if (value === undefined || value === null) continue;
      // Whoever has no key is being erased.
      if (key === undefined) throw new Refusal('answer.unknown-person');
      row[column] = bytes(key.seal(String(value), `${table}.${column}#${row.id}`));
    }
    return row;
  }

  async #write(planned: readonly Planned[], keys: ReadonlyMap<string, PersonKey>): Promise<void> {
    const sets = new Map<string, Record<string, unknown>[]>();
    const put = (table: string, values: Record<string, unknown>, once = false) => {
      const name = once ? `${table}?` : table;
      const set = sets.get(name);
      if (set === undefined) sets.set(name, [values]);
      else set.push(values);
    };
    for (const { who, act } of planned) {
      if (act.vault !== undefined) {
        const key = keys.get(who.person)!;
        const row: Record<string, unknown> = { person: who.person, recorded_at: act.vault.at };
        for (const [category, value] of act.vault.values) {
          const place = act.vault.columns.get(category);
          if (place !== undefined)
            row[place.column] = place.sealed ? bytes(key.seal(value, `vault.person.${place.column}`)) : value;
        }
        put('vault.person', row);
        for (const { kind, hash } of act.vault.hashes)
          put('vault.lookup', { person: who.person, kind, hash: bytes(hash) });
      }
      for (const row of act.rows) put(row.table, this.#seal(row, keys.get(who.person)), row.once);
    }
    const names = [...sets.keys()].sort();
    // Two acts may bring the same row, such as one wording; the database keeps one of them.
    const insert = () =>
      this.#engine.pools
        .of('collect')
        .query({ ...this.#statement(names), values: names.map((name) => JSON.stringify(sets.get(name))) });
    try {
      await insert();
    } catch (error) {
      if (codeOf(error) !== NO_DAY || !(await this.#makeDays(sets))) throw error;
      await insert();
    }
  }

  /** Makes the days that rows of tables kept in days fall on; false when there are no such rows. */
  async #makeDays(sets: ReadonlyMap<string, readonly Record<string, unknown>[]>): Promise<boolean> {
    let made = false;
    for (const { name, partitionedBy } of this.#engine.map.tables) {
      const rows = sets.get(name);
      if (partitionedBy === undefined || rows === undefined) continue;
      const dates = new Set(rows.map((row) => osloDate(new Date(row[partitionedBy] as Date))));
      for (const date of dates) await makeDays(this.#engine.pools.of('collect'), name, date, date);
      made = true;
    }
    return made;
  }

  #statement(names: readonly string[]): { name: string; text: string } {
    const key = names.join(' ');
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      const inserts = names.map((name, at) => {
        const table = name.replace(/\?$/, '');
        const columns = (this.#columnsOf.get(table) ?? []).map(ident).join(', ');
        const target = tableIdent(table);
        const conflict = name.endsWith('?') ? ' on conflict do nothing' : '';
        return `insert into ${target} (${columns}) select ${columns} from json_populate_recordset(null::${target}, $${at + 1}::json)${conflict}`;
      });
      const last = inserts.pop()!;
      const text =
        inserts.length === 0
          ? last
          : `with ${inserts.map((insert, at) => `w${at} as (${insert})`).join(', ')} ${last}`;
      statement = { name: `collect.${this.#statements.size}`, text };
      this.#statements.set(key, statement);
    }
    return statement;
  }
}

/** PostgreSQL's hexadecimal writing of bytes, for a row that travels as JSON. */
export function bytes(buffer: Buffer): string {
  return `\\x${buffer.toString('hex')}`;
}
