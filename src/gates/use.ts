import type { QueryResultRow } from 'pg';
import { ident } from '#platform/database.ts';
import { type Actor, demandPurpose } from './actor.ts';
import { vaultColumns } from './collect.ts';
import type { Engine } from './engine.ts';
import { fieldOf, normaliseAddress } from './fields.ts';
import { append, type Entry } from './journal.ts';
import { Refusal } from './refusal.ts';
import { Together } from './together.ts';

/** What a purpose sees of a person: short field names, opened. A field that is not held is absent. */
export type Seen = Readonly<Record<string, string>>;

/** A database that shows one purpose's columns, and the people that the purpose may use now. */
export interface PurposeHandle {
  /** Rows under the purpose's own role; PostgreSQL refuses every column it was not given (42501). */
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
  /** The person an address belongs to, by keyed hash. */
  find(kind: 'email' | 'phone', address: string): Promise<string[]>;
}

interface Look {
  readonly person: string;
  readonly columns: readonly string[];
  readonly entry: Entry;
}

/**
 * The gate for using data: a purpose in, a handle out that sees that purpose's columns only (clauses `0.purpose`,
 * `r.object-restrict`, `r.withdraw`). Refuses a purpose that the statement lacks, and an actor it is not given to.
 */
export class Use {
  readonly #engine: Engine;
  readonly #looks = new Map<string, Together<Look, Seen | undefined>>();
  readonly #columns: Map<string, { category: string; column: string; sealed: boolean }>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#columns = new Map(
      [...vaultColumns(engine)].map(([category, place]) => [fieldOf(category), { category, ...place }]),
    );
  }

  use(purpose: string, actor: Actor): PurposeHandle {
    const { statement, pools, secrets } = this.#engine;
    if (!Object.hasOwn(statement.purposes, purpose)) throw new Refusal('use.unknown-purpose');
    demandPurpose(actor, purpose);
    const pool = pools.of(purpose);
    return {
      async rows<T extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
        return (await pool.query<T>(text, [...values])).rows;
      },
      people: async (people, fields, act, at) => {
        const entry = {
          gate: 'use' as const,
          act,
          actor: actor.kind,
          actorId: actor.id,
          purpose,
          statement: statement.version,
          at,
        };
        const looks = this.#lookers(purpose);
        const seen = await Promise.all(
          people.map(
            async (person) =>
              [person, await looks.ask({ person, columns: fields, entry: { ...entry, person } })] as const,
          ),
        );
        return new Map(seen.filter((pair): pair is [string, Seen] => pair[1] !== undefined));
      },
      async find(kind, address) {
        const normal = normaliseAddress(kind, address);
        if (normal === undefined) return [];
        const { rows } = await pool.query<{ person: string }>(
          'select person from vault.lookup where kind = $1 and hash = $2 order by person',
          [kind, secrets.hash(kind, normal)],
        );
        return rows.map(({ person }) => person);
      },
    };
  }

  /** One gatherer a purpose: looks that come together share one read, one key fetch and one journal commit. */
  #lookers(purpose: string): Together<Look, Seen | undefined> {
    let looks = this.#looks.get(purpose);
    if (looks === undefined) {
      looks = new Together((items) => this.#look(purpose, items));
      this.#looks.set(purpose, looks);
    }
    return looks;
  }

  async #look(purpose: string, looks: Look[]): Promise<(Seen | undefined)[]> {
    const { pools, keys } = this.#engine;
    const people = [...new Set(looks.map(({ person }) => person))];
    const fields = [...new Set(looks.flatMap(({ columns }) => columns))].sort();
    const places = fields.map((field) => {
      const place = this.#columns.get(field);
      if (place === undefined) throw new Refusal('collect.undeclared-field', [field]);
      return { field, ...place };
    });
    const list = places.map(({ column }) => ident(column)).join(', ');
    const { rows } = await pools
      .of(purpose)
      .query<Record<string, Buffer | string | null> & { person: string }>({
        name: `look.${fields.join('.')}`,
        text: `select person${list === '' ? '' : `, ${list}`} from vault.person where person = any($1)`,
        values: [people],
      });
    const found = new Map(rows.map((row) => [row.person, row]));
    const opened = await keys.of([...found.keys()]);
    // The look is in the journal before it is answered: a crash in between shows one look too many, never one too few.
    await append(
      pools.of('collect'),
      looks.filter(({ person }) => opened.has(person)).map(({ entry }) => entry),
    );
    return looks.map(({ person, columns }) => {
      const row = found.get(person);
      const key = opened.get(person);
      // A row without a key is a person being erased: nobody.
      if (row === undefined || key === undefined) return undefined;
      const seen: Record<string, string> = {};
      for (const { field, column, sealed } of places) {
        const value = row[column];
        if (value === null || value === undefined || !columns.includes(field)) continue;
        seen[field] = sealed ? key.open(value as Buffer, `vault.person.${column}`) : (value as string);
      }
      return seen;
    });
  }
}
