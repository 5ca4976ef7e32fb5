import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import type { SealKey } from '#platform/keys.ts';
import { personTables, type Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { bytes } from '../collect-batch.ts';
import type { Engine } from '../engine.ts';
import { held } from '../held.ts';
import { append, type Entry } from '../journal.ts';
import { Refusal } from '../refusal.ts';

/** Where a module keeps what a third party says. */
export interface Shelf {
  /** Table of the things that are kept, each row with its `person` and `id`. */
  readonly table: string;
  /** Its column with the keyed hash that a thing is known by, and the one in which its name with the third party is sealed. */
  readonly hash: string;
  readonly name: string;
  /** Columns that rows of further tables take over from their row. */
  readonly carried: readonly string[];
  /** Tables of what belongs to such a row, each with the column that holds the row's `id`. */
  readonly further: Readonly<Record<string, string>>;
  /** Table of hashes (`hash`, `at`) of what the third party has removed. */
  readonly removed: string;
}

/** A row that is kept. */
export interface KeptRow {
  readonly person: string;
  readonly id: string;
}

/** The same with what its thing is called by the third party, its hash as PostgreSQL writes bytes, and what it hands on. */
export interface KnownRow extends KeptRow {
  readonly name: string;
  readonly hash: string;
  readonly carried: Readonly<Record<string, unknown>>;
}

/** What a third party says now of something kept. Values of sealed columns are given as text. */
export interface Renewal {
  readonly row: KeptRow;
  readonly values: Readonly<Record<string, unknown>>;
  /** Rows of further tables: added, or put in place of the one with the same key. */
  readonly rows?: readonly { readonly table: string; readonly values: Readonly<Record<string, unknown>> }[];
}

/** How far a feed has been followed. */
export interface Followed {
  readonly cursor: string | null;
  readonly at: Date;
}

/** One step along a feed: what it changes and removes, and how far it leads; all of it or nothing. */
export interface Step {
  readonly from: Followed | undefined;
  /** Absent: it leads no further, and is one of several that together do. */
  readonly to?: Followed;
  readonly renewals: readonly Renewal[];
  /** Hashes of what is removed. */
  readonly removed: readonly string[];
  readonly at: Date;
}

/** What a step did, in rows; undefined when another process had gone on from the same place. */
export interface Stepped {
  readonly renewed: number;
  readonly removed: number;
}

/**
 * Keeps what a third party said in step with what it says (clauses `1.3.third-party`, `1.3.brreg`): changes are carried
 * over, and what it removes goes, with everybody. Nothing is renewed of whoever is restricted or has objected, since that
 * is a use; what is removed goes all the same, except while a hold stands, and then with the first step after it.
 */
export class Following {
  readonly #engine: Engine;
  readonly #source: string;
  readonly #shelf: Shelf;
  readonly #purpose: string;

  /** Refuses a table whose purpose takes nothing in from the source. */
  constructor(engine: Engine, source: string, shelf: Shelf) {
    this.#engine = engine;
    this.#source = source;
    this.#shelf = shelf;
    const points = Object.values(engine.statement.points).filter((point) => point.source === source);
    const purposes = new Set(points.map(({ purpose }) => purpose));
    for (const name of [shelf.table, ...Object.keys(shelf.further), shelf.removed])
      if (!purposes.has(engine.map.tables.find((one) => one.name === name)?.purpose ?? ''))
        throw new Refusal('collect.unknown-source', [name]);
    this.#purpose = this.#table(shelf.table).purpose!;
  }

  /** Undefined when the feed was never followed. */
  async followed(): Promise<Followed | undefined> {
    const { rows } = await this.#keep.query<Followed>(
      'select cursor, followed_at as at from gate.feed where source = $1',
      [this.#source],
    );
    return rows[0];
  }

  /** True when anything is kept. */
  async any(): Promise<boolean> {
    const { rows } = await this.#keep.query(`select from ${tableIdent(this.#shelf.table)} limit 1`);
    return rows.length > 0;
  }

  /** Rows known by these hashes, or every row, those of one thing together. Whoever has no key any more is left out. */
  async kept(hashes?: readonly string[]): Promise<KnownRow[]> {
    const { table, hash, name, carried } = this.#shelf;
    const columns = [name, ...carried].map((column) => `, ${ident(column)}`).join('');
    const { rows } = await this.#keep.query<KeptRow & { hash: string } & Record<string, unknown>>(
      `select person, id, '\\x' || encode(${ident(hash)}, 'hex') as hash${columns} from ${tableIdent(table)}
        where $1::bytea[] is null or ${ident(hash)} = any($1::bytea[]) order by ${ident(hash)}, person, id`,
      [hashes ?? null],
    );
    const keys = await this.#engine.keys.of([...new Set(rows.map(({ person }) => person))]);
    return rows.flatMap((row) => {
      const key = keys.get(row.person);
      if (key === undefined) return [];
      const opened = key.open(row[name] as Buffer, `${table}.${name}#${row.id}`);
      const handed = Object.fromEntries(carried.map((column) => [column, row[column]]));
      return [{ person: row.person, id: row.id, hash: row.hash, name: opened, carried: handed }];
    });
  }

  /** Takes a step; undefined when another process has taken one from the same place, and then nothing is done. */
  async step({ from, to, renewals, removed, at }: Step): Promise<Stepped | undefined> {
    const keys = await this.#engine.keys.of([...new Set(renewals.map(({ row }) => row.person))]);
    return this.#inTransaction(async (client) => {
      if (to !== undefined && !(await this.#advance(client, from, to))) return undefined;
      const taken = await this.#remove(client, removed, at);
      const renewed: string[] = [];
      for (const renewal of renewals)
        if (await this.#renew(client, renewal, keys.get(renewal.row.person)))
          renewed.push(renewal.row.person);
      await this.#journal(client, 'renewed-at-source', renewed, at);
      return { renewed: renewed.length, removed: taken };
    });
  }

  /** Renews one row by itself, at the wish of whose it is. */
  async renew(renewal: Renewal): Promise<void> {
    const { person } = renewal.row;
    const key = (await this.#engine.keys.of([person])).get(person);
    await this.#inTransaction((client) => this.#renew(client, renewal, key));
  }

  /** Removes what is known by these hashes, when that is heard of in another way than by the feed. */
  async remove(hashes: readonly string[], at: Date): Promise<number> {
    return this.#inTransaction((client) => this.#remove(client, hashes, at));
  }

  get #keep() {
    return this.#engine.pools.of('keep');
  }

  #table(name: string): Table & { subject: string } {
    return personTables(this.#engine.map).find((one) => one.name === name)!;
  }

  async #inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#keep.connect();
    try {
      return await inTransaction(client, () => work(client));
    } finally {
      client.release();
    }
  }

  /** Moves the mark on from where the caller found it; false when it is not there any more. */
  async #advance(client: PoolClient, from: Followed | undefined, to: Followed): Promise<boolean> {
    const { rowCount } = await client.query(
      from === undefined
        ? 'insert into gate.feed (source, cursor, followed_at) values ($1, $2, $3) on conflict do nothing'
        : 'update gate.feed set cursor = $2, followed_at = $3 where source = $1 and cursor is not distinct from $4 and followed_at = $5',
      [this.#source, to.cursor, to.at, ...(from === undefined ? [] : [from.cursor, from.at])],
    );
    return rowCount === 1;
  }

  /** Takes what was removed now, and what was removed before and is here all the same: kept by a hold, or brought back. */
  async #remove(client: PoolClient, hashes: readonly string[], at: Date): Promise<number> {
    const { table, hash, further, removed } = this.#shelf;
    const column = ident(hash);
    await client.query(
      `insert into ${tableIdent(removed)} (hash, at)
       select distinct ${column}, $2::timestamptz from ${tableIdent(table)} where ${column} = any($1::bytea[]) on conflict do nothing`,
      [hashes, at],
    );
    const { rows } = await client.query<{ person: string; id: string }>(
      `select t.person, t.id from ${tableIdent(table)} t join ${tableIdent(removed)} r on r.hash = t.${column}
        where not ${held('t.person', '$1')} order by t.person, t.id for update of t`,
      [at],
    );
    if (rows.length === 0) return 0;
    const values = [rows.map(({ person }) => person), rows.map(({ id }) => id)];
    const listed = 'unnest($1::uuid[], $2::uuid[]) as u(person, id)';
    for (const [name, owner] of Object.entries({ ...further, [table]: 'id' }))
      await client.query(
        `delete from ${tableIdent(name)} t using ${listed} where t.person = u.person and t.${ident(owner)} = u.id`,
        values,
      );
    await this.#journal(client, 'removed-at-source', values[0]!, at);
    return rows.length;
  }

  async #renew(client: PoolClient, { row, values, rows = [] }: Renewal, key: SealKey | undefined) {
    if (key === undefined) return false;
    const table = this.#table(this.#shelf.table);
    const sealed = this.#sealed(table, { ...values, id: row.id }, key);
    const names = Object.keys(values);
    const { rowCount } = await client.query(
      `update ${tableIdent(table.name)} t set ${names.map((name) => `${ident(name)} = n.${ident(name)}`).join(', ')}
         from json_populate_record(null::${tableIdent(table.name)}, $1::json) n
        where t.person = $2 and t.id = $3
          and not exists (select from gate.restriction r where r.person = t.person)
          and not exists (select from gate.objection o where o.person = t.person and o.purpose = $4)`,
      [JSON.stringify(sealed), row.person, row.id, this.#purpose],
    );
    if (rowCount === 0) return false;
    for (const further of rows) await this.#put(client, further.table, further.values, key);
    return true;
  }

  async #put(client: PoolClient, name: string, values: Renewal['values'], key: SealKey): Promise<void> {
    const table = this.#table(name);
    const list = (columns: readonly { name: string }[], as = (each: string) => each) =>
      columns.map((column) => as(ident(column.name))).join(', ');
    const inKey = table.columns.filter((column) => column.inKey);
    const others = table.columns.filter((column) => !column.inKey);
    await client.query(
      `insert into ${tableIdent(name)} (${list(table.columns)})
       select ${list(table.columns)} from json_populate_record(null::${tableIdent(name)}, $1::json)
       on conflict (${list(inKey)}) do update set ${list(others, (each) => `${each} = excluded.${each}`)}`,
      [JSON.stringify(this.#sealed(table, values, key))],
    );
  }

  #sealed({ name, columns }: Table, values: Renewal['values'], key: SealKey): Record<string, unknown> {
    const row: Record<string, unknown> = { ...values };
    for (const column of columns.filter(({ type }) => type === 'vault.sealed')) {
      const value = row[column.name];
      if (typeof value === 'string')
        row[column.name] = bytes(key.seal(value, `${name}.${column.name}#${row.id}`));
    }
    return row;
  }

  async #journal(client: PoolClient, act: string, people: readonly string[], at: Date): Promise<void> {
    const entry: Entry = {
      gate: 'keep',
      act,
      actor: 'system',
      purpose: this.#purpose,
      statement: this.#engine.statement.version,
      at,
    };
    // Numbers of people, and nothing of what it was.
    await append(
      client as Parameters<typeof append>[0],
      [...new Set(people)].map((person) => ({ ...entry, person })),
    );
  }
}
