import { createHash } from 'node:crypto';
import type { QueryConfig, QueryResultRow } from 'pg';
import { ident, queryUnder } from '#platform/database.ts';
import type { PersonKey } from '#platform/keys.ts';
import { type Actor, demandClient, demandPurpose, demandReason, isPersonNumber } from './actor.ts';
import { vaultColumns } from './collect.ts';
import type { Engine } from './engine.ts';
import { type FoundBy, fieldOf, soughtFor } from './fields.ts';
import type { Entry } from './journal.ts';
import { note } from './looks.ts';
import { Refusal } from './refusal.ts';
import { Together } from './together.ts';

/** Setting of the database that says for which client a query asks. */
const CLIENT = 'hjemmel.client';

/** What a purpose sees of a person: short field names, opened. A field that is not held is absent. */
export type Seen = Readonly<Record<string, string>>;

/** A database that shows one purpose's columns, and the people that the purpose may use now. */
export interface PurposeHandle {
  /**
   * The same for one client, where the statement has the purpose used for one at a time: rows of that client, and people
   * who are its users. Before it is asked for, such a purpose sees nobody and nothing. Refuses an actor who does not act
   * for the client.
   */
  of(client: string): PurposeHandle;
  /**
   * Rows under the purpose's own role; PostgreSQL refuses every column it was not given (42501). The text is a constant
   * of the module, and is kept prepared; what varies goes in `values`.
   */
  rows<T extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /**
   * Opens fields of people, and writes each look to the journal before anything is answered. Who is restricted, has
   * objected, has not consented where consent is the ground, or is leaving, is left out of the answer.
   */
  people(
    people: readonly string[],
    fields: readonly string[],
    act: string,
    at: Date,
  ): Promise<Map<string, Seen>>;
  /**
   * Opens sealed columns of rows that were read from a module's table, with their `person` and `id`: the same rows, with
   * text in place of what is sealed. Each person whose rows are opened is a look, in the journal before anything is
   * answered. A row whose person has no key any more is left out.
   */
  opened<T extends Sealed, C extends keyof T & string>(
    table: string,
    rows: readonly T[],
    columns: readonly C[],
    act: string,
    at: Date,
  ): Promise<(Omit<T, C> & { readonly [K in C]: string | null })[]>;
  /**
   * Opens what a module sealed in rows of its own, all of one person; undefined for who has no key, and so is nobody.
   * For secrets that are compared and never told: nobody looks, so nothing is journalled. It costs the same whoever it is.
   */
  unseal(
    person: string,
    values: readonly { readonly place: string; readonly sealed: Buffer }[],
  ): Promise<string[] | undefined>;
  /** People by their whole address or name, by keyed hash. */
  find(kind: FoundBy, address: string): Promise<string[]>;
}

/** What opens a row: whose it is, and the number that what is sealed in it is tied to. */
export interface Sealed {
  readonly person: string;
  readonly id: string;
}

interface Look {
  readonly person: string;
  readonly fields: readonly string[];
  readonly entry: Entry;
}

/** A person's row and what opens it. */
interface Found {
  readonly row: Readonly<Record<string, unknown>>;
  readonly key: PersonKey;
}

/** Runs a query as a purpose: on its pool, and for one client where that was asked for. */
type Ask = <T extends QueryResultRow>(query: QueryConfig) => Promise<T[]>;

interface Place {
  readonly category: string;
  readonly column: string;
  readonly sealed: boolean;
}

/**
 * The gate for using data: a purpose in, a handle out that sees that purpose's columns only (clauses `0.purpose`,
 * `r.object-restrict`, `r.withdraw`). Refuses a purpose that the statement lacks, and an actor it is not given to.
 */
export class Use {
  readonly #engine: Engine;
  readonly #looks = new Map<string, Together<Look, Found | undefined>>();
  readonly #names = new Map<string, string>();
  readonly #columns: ReadonlyMap<string, Place>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#columns = new Map(
      [...vaultColumns(engine)].map(([category, place]) => [fieldOf(category), { category, ...place }]),
    );
  }

  use(purpose: string, actor: Actor): PurposeHandle {
    const { purposes } = this.#engine.statement;
    if (!Object.hasOwn(purposes, purpose)) throw new Refusal('use.unknown-purpose');
    demandPurpose(actor, purpose, purposes[purpose]!.scope === 'client');
    return this.#handle(purpose, actor, undefined);
  }

  #handle(purpose: string, actor: Actor, client: string | undefined): PurposeHandle {
    const { statement, secrets } = this.#engine;
    const ask = this.#asker(purpose, client);
    const nameOf = (text: string) => this.#nameOf(text);
    const entryOf = (act: string, at: Date): Entry => ({
      gate: 'use',
      act,
      actor: actor.kind,
      actorId: actor.id,
      purpose,
      reason: actor.reason,
      statement: statement.version,
      at,
    });
    return {
      of: (one) => {
        demandClient(actor, one);
        if (statement.purposes[purpose]!.scope !== 'client') throw new Refusal('use.not-your-purpose');
        return this.#handle(purpose, actor, one);
      },
      rows: <T extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
        ask<T>({ name: nameOf(text), text, values: [...values] }),
      people: async (people, fields, act, at) => {
        demandReason(actor, purpose);
        const entry = entryOf(act, at);
        const looks = people
          .filter(isPersonNumber)
          .map((person): Look => ({ person, fields, entry: { ...entry, person } }));
        const places = this.#places(fields);
        const together = this.#lookers(purpose);
        const found =
          client === undefined
            ? await Promise.all(looks.map((look) => together.ask(look)))
            : await this.#look(ask, looks);
        // The looks are in the journal before they are answered: a crash in between shows one too many, never one too few.
        await note(
          this.#engine,
          looks.filter((_, at) => found[at] !== undefined).map(({ entry }) => entry),
        );
        return new Map(
          looks.flatMap(({ person }, at) => {
            const one = found[at];
            return one === undefined ? [] : [[person, open(one, places)] as const];
          }),
        );
      },
      opened: async (table, rows, columns, act, at) => {
        demandReason(actor, purpose);
        const keys = await this.#engine.keys.of([...new Set(rows.map(({ person }) => person))]);
        const entry = entryOf(act, at);
        await note(
          this.#engine,
          [...keys.keys()].map((person) => ({ ...entry, person })),
        );
        return rows.flatMap((row) => {
          const key = keys.get(row.person);
          return key === undefined ? [] : [openRow(table, row, columns, key)];
        });
      },
      unseal: async (person, values) => {
        const key = (await this.#engine.keys.of([person])).get(person);
        return key && values.map(({ place, sealed }) => key.open(sealed, place));
      },
      async find(kind, address) {
        const normal = soughtFor(kind, address);
        if (normal === undefined) return [];
        const rows = await ask<{ person: string }>({
          name: `find.${kind}`,
          text: `select person from vault.lookup where kind = '${kind}' and hash = $1 order by person`,
          values: [secrets.hash(kind, normal)],
        });
        return rows.map(({ person }) => person);
      },
    };
  }

  /** One gatherer a purpose: looks that come together share one read and one key fetch. */
  #lookers(purpose: string): Together<Look, Found | undefined> {
    let looks = this.#looks.get(purpose);
    if (looks === undefined) {
      const ask = this.#asker(purpose, undefined);
      looks = new Together((items) => this.#look(ask, items), { abreast: 1 });
      this.#looks.set(purpose, looks);
    }
    return looks;
  }

  #asker(purpose: string, client: string | undefined): Ask {
    const { pools } = this.#engine;
    return async <T extends QueryResultRow>(query: QueryConfig) => {
      const answer =
        client === undefined
          ? pools.of(purpose).query<T>(query)
          : queryUnder<T>(pools.pipelined(purpose), { name: CLIENT, value: client }, query);
      return (await answer).rows;
    };
  }

  /** Reads people without journalling. */
  async #look(ask: Ask, looks: readonly Look[]): Promise<(Found | undefined)[]> {
    const { keys } = this.#engine;
    const people = [...new Set(looks.map(({ person }) => person))];
    const fields = [...new Set(looks.flatMap((look) => look.fields))].sort();
    const list = this.#places(fields).map(({ column }) => ident(column));
    if (people.length === 0) return [];
    const [rows, opened] = await Promise.all([
      ask<Record<string, unknown> & { person: string }>({
        name: `look.${fields.join('.')}`,
        text: `select ${['person', ...list].join(', ')} from vault.person where person = any($1)`,
        values: [people],
      }),
      keys.of(people),
    ]);
    const found = new Map(rows.map((row) => [row.person, row]));
    return looks.map(({ person }) => {
      const row = found.get(person);
      const key = opened.get(person);
      // A row without a key is a person being erased: nobody.
      return row === undefined || key === undefined ? undefined : { row, key };
    });
  }

  #places(fields: readonly string[]): { field: string; column: string; sealed: boolean }[] {
    return fields.map((field) => {
      const place = this.#columns.get(field);
      if (place === undefined) throw new Refusal('collect.undeclared-field', [field]);
      return { field, ...place };
    });
  }

  /** A name by which PostgreSQL keeps the statement prepared: the same text has the same name on every connection. */
  #nameOf(text: string): string {
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `rows.${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
      this.#names.set(text, name);
    }
    return name;
  }
}

/** Opens the fields that one look asked for; others, which looks beside it asked for, stay sealed. */
function open(
  { row, key }: Found,
  places: readonly { field: string; column: string; sealed: boolean }[],
): Seen {
  const seen: Record<string, string> = {};
  for (const { field, column, sealed } of places) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    seen[field] = sealed ? key.open(value as Buffer, `vault.person.${column}`) : (value as string);
  }
  return seen;
}

/** A row with text in place of the columns named. */
function openRow<T extends Sealed, C extends keyof T & string>(
  table: string,
  row: T,
  columns: readonly C[],
  key: PersonKey,
): Omit<T, C> & { readonly [K in C]: string | null } {
  const text = columns.map((column) => {
    const value = row[column] as Buffer | null;
    return [column, value === null ? null : key.open(value, `${table}.${column}#${row.id}`)];
  });
  return { ...row, ...(Object.fromEntries(text) as { [K in C]: string | null }) };
}
