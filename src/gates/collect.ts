import { randomUUID } from 'node:crypto';
import { codeOf } from '#platform/database.ts';
import type { Actor } from './actor.ts';
import { type Act, CollectBatch, type Row } from './collect-batch.ts';
import { type ConsentAnswer, consentReceipt, consentRows } from './consent.ts';
import type { Engine } from './engine.ts';
import { FOUND_BY, fieldOf, foldedFor, isFoundBy, normalise } from './fields.ts';
import { entryRecord } from './journal.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

/** A letter to queue in the same commit: which, for what, about which row. */
export interface LetterRequest {
  readonly kind: string;
  readonly purpose: string;
  readonly reference?: string;
  /** The client it is about, where its purpose is used for one at a time. */
  readonly client?: string;
  /** Whom it goes to, where that is somebody else than whom the act is about. */
  readonly to?: string;
}

/** What one act of collection adds, once it is known whether the address was. */
export interface Contribution {
  /** Categories and values; values of a person already known are not overwritten. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Categories held already that this purpose keeps as well; only of use for a person already known. */
  readonly keeps?: readonly string[];
  readonly rows?: readonly Row[];
  readonly letters?: readonly LetterRequest[];
  readonly consent?: ConsentAnswer;
  /** Version of the statement that was acknowledged; must be the one in force. */
  readonly accepts?: string;
}

export interface Collection {
  /** The collection point by which it comes in. */
  readonly point: string;
  readonly actor: Actor;
  readonly at: Date;
  /** Whom it is about: a person already recorded, or an e-mail address to find or make one by. */
  readonly about: { readonly person: string } | { readonly email: string };
  /**
   * Called in the batch, when it is known who the person is; `collection` is the number of this act, for rows that name
   * what brought them in. Must not wait for anything.
   */
  readonly gives: (who: { person: string; known: boolean; collection: string }) => Contribution;
  /** The refusal when a row that may be there once is there already. */
  readonly taken?: RefusalCode;
}

export interface Collected {
  readonly person: string;
  readonly known: boolean;
  /** Number of the consent receipt, when a consent was given. */
  readonly receipt?: string;
}

/** A trace that the product itself makes of what somebody does: a link that was asked for, a session that began. */
export interface Trace {
  readonly purpose: string;
  readonly act: string;
  /** Absent: nobody is known by the address given, and only the act is journalled. */
  readonly person?: string;
  readonly actor: Actor;
  readonly at: Date;
  readonly rows?: readonly Row[];
  readonly letters?: readonly LetterRequest[];
  /** The refusal when a row that may be there once is there already. */
  readonly taken?: RefusalCode;
}

/** Where the vault keeps each category it knows: one column each. */
export function vaultColumns(engine: Engine): Map<string, { column: string; sealed: boolean }> {
  const vault = engine.map.tables.find((table) => table.name === 'vault.person');
  return new Map(
    vault?.columns
      .filter((column) => column.category !== 'none' && column.category !== 'record.person')
      .map((column) => [column.category!, { column: column.name, sealed: column.type === 'vault.sealed' }]),
  );
}

/**
 * The only way in. Takes what a clause names, normalises and seals it, and writes it in one transaction with where it
 * came from, the consent it rests on and the journal. Refuses: an unknown point, an undeclared or missing field, a
 * field that is not of its kind, a national identity number, a consent that is lacking (clauses `1.1.profile`,
 * `1.2.minimal`, `1.sources`, `0.acceptance`).
 *
 * Acts that come at the same time share a commit; each waits until its own is durable.
 */
export class Collect {
  readonly #engine: Engine;
  readonly #batch: CollectBatch;
  readonly #columns: ReturnType<typeof vaultColumns>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#batch = new CollectBatch(engine);
    this.#columns = vaultColumns(engine);
  }

  async collect(collection: Collection): Promise<Collected> {
    const { point: pointId, about, at } = collection;
    const point = this.#engine.statement.points[pointId];
    if (point === undefined) throw new Refusal('collect.unknown-point');
    const email = 'email' in about ? normalise('contact.email', about.email) : undefined;
    const address = email === undefined ? undefined : this.#engine.secrets.hash('email', email);
    let receipt: string | undefined;
    const added = this.#batch.add({
      at,
      ...(address === undefined ? { person: (about as { person: string }).person } : { address }),
      build: (who) => {
        const id = randomUUID();
        const gives = collection.gives({ ...who, collection: id });
        const values = this.#accept(
          pointId,
          email === undefined ? gives.values : { ...gives.values, 'contact.email': email },
          who.known,
        );
        const act = this.#compose(collection, gives, values, { ...who, id }, address);
        receipt = act.receipt;
        return act;
      },
    });
    const done = await added.catch((error: unknown) => refuseTaken(error, collection.taken));
    return { ...done, receipt };
  }

  /**
   * Adds rows that come about by a person's own act, in tables that the data map gives to the purpose. Refuses any
   * other table: what a person gives goes through {@link Collect.collect}.
   */
  async trace(trace: Trace): Promise<void> {
    const { purpose, act, person, actor, at } = trace;
    for (const { table } of trace.rows ?? [])
      if (this.#engine.map.tables.find(({ name }) => name === table)?.purpose !== purpose)
        throw new Refusal('collect.undeclared-field', [table]);
    const entry = {
      gate: 'collect' as const,
      act,
      person,
      actor: actor.kind,
      actorId: actor.id,
      purpose,
      statement: this.#engine.statement.version,
      at,
    };
    const rows: Row[] = [...(trace.rows ?? []), { table: 'journal.entry', values: entryRecord(entry) }];
    if (person !== undefined) rows.push(...letterRows(person, trace.letters, at));
    const added = this.#batch.add({ at, person: person ?? '', build: () => ({ rows }) });
    await added.catch((error: unknown) => refuseTaken(error, trace.taken));
  }

  /** Waits until everything that was taken in is durable. */
  async drain(): Promise<void> {
    await this.#batch.drain();
  }

  /** The values a point takes, each normalised; anything else is refused by name. */
  #accept(pointId: string, values: Contribution['values'], known: boolean): Map<string, string> {
    const { asks } = this.#engine.statement.points[pointId]!;
    const taken = new Map<string, string>();
    for (const [category, value] of Object.entries(values)) {
      if (!(category in asks)) throw new Refusal('collect.undeclared-field', [fieldOf(category)]);
      if (value !== undefined && value !== '') taken.set(category, normalise(category, value));
    }
    // What is kept in a module's own rows is demanded there; the vault's fields are demanded here, unless they are held.
    const missing = Object.keys(asks).filter(
      (category) =>
        asks[category] === 'required' && this.#columns.has(category) && !taken.has(category) && !known,
    );
    if (missing.length > 0) throw new Refusal('collect.missing-field', missing.map(fieldOf));
    return taken;
  }

  #compose(
    { point: pointId, actor, at }: Collection,
    gives: Contribution,
    values: Map<string, string>,
    { person, known, id }: { person: string; known: boolean; id: string },
    address: Buffer | undefined,
  ): Act & { receipt?: string } {
    const { statement, secrets, map } = this.#engine;
    const point = statement.points[pointId]!;
    const rests = statement.purposes[point.purpose]!.basis === 'A6-1-a';
    if (rests && gives.consent?.state !== 'given') throw new Refusal('collect.consent-missing');
    if (gives.accepts !== undefined && gives.accepts !== statement.version)
      throw new Refusal('collect.statement-not-in-force', ['accept']);
    const unasked = (gives.keeps ?? []).filter((category) => !(category in point.asks));
    if (unasked.length > 0) throw new Refusal('collect.undeclared-field', unasked.map(fieldOf));
    const rows: Row[] = [...(gives.rows ?? [])];
    const event =
      gives.consent === undefined
        ? undefined
        : consentRows(this.#engine, rows, person, point.purpose, pointId, gives.consent, actor, at);
    const held = (gives.rows ?? [])
      .flatMap(({ table }) => categoriesOf(map, table))
      .filter((category) => category in point.asks);
    // Of a person already known nothing given here is written, so nothing of it may be claimed either.
    const given = known
      ? [...values.keys()].filter((category) => category === 'contact.email')
      : [...values.keys()];
    const claimed = [...given, ...(known ? (gives.keeps ?? []) : [])];
    // The key that an address is found by stays as long as the address.
    const lookup = claimed.some(isFoundBy) ? ['contact.lookup'] : [];
    const items = [...new Set([...claimed, ...lookup, ...held])];
    rows.push({
      table: 'gate.collection',
      values: {
        person,
        id,
        point: pointId,
        purpose: point.purpose,
        source: point.source,
        items,
        statement: statement.version,
        consent: rests ? event : null,
        at,
      },
    });
    // Whoever types the address of somebody known has not shown that it is theirs, and acknowledges nothing for them.
    const own = !known || actor.id === person;
    if (gives.accepts !== undefined && own)
      rows.push({ table: 'gate.acceptance', values: { person, statement: gives.accepts, at }, once: true });
    rows.push(...letterRows(person, gives.letters, at));
    const receipt =
      gives.consent?.state === 'given'
        ? consentReceipt(this.#engine, rows, person, pointId, gives.consent, at)
        : undefined;
    const entry = entryRecord({
      gate: 'collect',
      act: pointId,
      person,
      actor: actor.kind,
      actorId: actor.id,
      purpose: point.purpose,
      statement: statement.version,
      at,
      digest: receipt?.digest,
    });
    rows.push({ table: 'journal.entry', values: entry });
    const hashes = FOUND_BY.flatMap((kind) => {
      const value = values.get(`contact.${kind}`);
      if (value === undefined) return [];
      const known = kind === 'email' ? address : undefined;
      return [{ kind, hash: known ?? secrets.hash(kind, foldedFor(kind, value)) }];
    });
    return {
      rows,
      receipt: receipt?.id,
      vault: known ? undefined : { values, columns: this.#columns, hashes, at },
    };
  }
}

/** Throws what stopped an act, as the refusal it stands for when it was a row that may be there once. */
function refuseTaken(error: unknown, taken: RefusalCode | undefined): never {
  if (taken !== undefined && codeOf(error) === '23505') throw new Refusal(taken);
  throw error;
}

/** Letters as rows to be queued; `person` gets those that name nobody else. */
export function letterRows(person: string, letters: readonly LetterRequest[] | undefined, at: Date): Row[] {
  return (letters ?? []).map(({ to = person, ...letter }) => ({
    table: 'mail.letter',
    values: { person: to, id: randomUUID(), ...letter, queued_at: at, next_at: at, attempts: 0 },
  }));
}

function categoriesOf(map: Engine['map'], name: string): string[] {
  const table = map.tables.find((one) => one.name === name);
  return table?.columns.map((column) => column.category!).filter((category) => category !== 'none') ?? [];
}
