import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { inTransaction } from '#platform/migrate.ts';
import type { CategoryId } from '#statement/grammar.ts';
import { isDate, osloDate } from '#statement/period.ts';
import { type Actor, demandPurpose, isPersonNumber } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { normalise } from '../fields.ts';
import { append } from '../journal.ts';
import { isAccount, isKid, isOrganisation } from '../numbers.ts';
import { Refusal } from '../refusal.ts';
import { type Archive, archiveOf, type Content, datesOf, shelve } from './shelf.ts';

/** A record to keep: an invoice as it was issued, or an agreement. */
export interface Booking {
  /** Whom it was issued to, or agreed with. */
  readonly person: string;
  /** A category that the bookkeeping act covers: `accounting.record` or `customer.agreement`. */
  readonly category: CategoryId;
  /** The fields of that kind and no others; see {@link FIELDS}. */
  readonly content: Content;
  /** When it was booked: it belongs to the fiscal year that this lies in. */
  readonly booked: Date;
  /** The record's number with the caller, a UUID: booked twice, it is kept once. */
  readonly id?: string;
  readonly actor: Actor;
  readonly at: Date;
}

/** Number of a record, and the calendar date on which it leaves. */
export interface Booked {
  readonly id: string;
  readonly leaves: string;
}

interface Field {
  readonly kind:
    | 'text'
    | 'date'
    | 'amount'
    | 'currency'
    | 'organisation'
    | 'account'
    | 'kid'
    | 'number'
    | 'yes'
    | 'line';
  readonly needed?: boolean;
}

/**
 * What a record may say, by kind: what the act demands of it (bokføringsforskriften § 5-1-1, § 5-1-2) and nothing else.
 * There is no place for an e-mail address, a phone number or what anybody did. `line` stands for `line1`, `line2` and on.
 */
export const FIELDS: Readonly<Record<CategoryId, Readonly<Record<string, Field>>>> = {
  'accounting.record': {
    number: { kind: 'number', needed: true },
    date: { kind: 'date', needed: true },
    buyer: { kind: 'text', needed: true },
    address: { kind: 'text' },
    organisation: { kind: 'organisation' },
    what: { kind: 'text', needed: true },
    line: { kind: 'line' },
    delivered: { kind: 'text' },
    due: { kind: 'date' },
    net: { kind: 'amount' },
    vat: { kind: 'amount' },
    amount: { kind: 'amount', needed: true },
    currency: { kind: 'currency', needed: true },
    kid: { kind: 'kid' },
    credits: { kind: 'number' },
    creditsDate: { kind: 'date' },
    pays: { kind: 'number' },
    reference: { kind: 'text' },
    seller: { kind: 'text' },
    sellerOrganisation: { kind: 'organisation' },
    sellerStreet: { kind: 'text' },
    sellerPostcode: { kind: 'number' },
    sellerCity: { kind: 'text' },
    sellerAccount: { kind: 'account' },
    sellerVat: { kind: 'yes' },
    sellerRegister: { kind: 'yes' },
  },
  'customer.agreement': {
    number: { kind: 'text' },
    begun: { kind: 'date', needed: true },
    ended: { kind: 'date' },
    party: { kind: 'text', needed: true },
    address: { kind: 'text' },
    organisation: { kind: 'organisation' },
    what: { kind: 'text', needed: true },
  },
};

/**
 * Keeps a record in the restricted archive, sealed, where an erasure leaves it and only bookkeeping reads it, until the
 * fiscal year is over and its period with it (clause `k.bookkeeping`). Durable on return.
 *
 * Refuses: an actor without the purpose, a category that no duty holds, a field that the kind does not have or is not of
 * its kind, a missing one, a national identity number, a date whose time is over or not yet there, and somebody who is
 * not recorded here.
 */
export async function book(engine: Engine, booking: Booking): Promise<Booked> {
  const id = booking.id ?? randomUUID();
  if (!isPersonNumber(id)) throw new Refusal('collect.invalid-field', ['id']);
  return inBooks(engine, booking, async (client, archive) => {
    const content = accept(booking.category, booking.content);
    const added = await shelve(
      engine,
      client,
      archive,
      [{ person: booking.person, id, content, of: booking.booked }],
      booking.at,
    );
    return { id, added: added > 0 };
  });
}

interface Entered extends Pick<Booking, 'person' | 'category' | 'booked' | 'actor' | 'at'> {
  /** The record that it settles, of the same person. */
  readonly settles?: string;
}

/**
 * Runs `work` in the transaction that books something on a person, and journals it when something was added. Refuses an
 * actor without the purpose, a category that no duty holds, a date whose time is over or not yet there, and somebody who
 * is not recorded here.
 */
export async function inBooks<T extends { readonly id: string; readonly added: boolean }>(
  engine: Engine,
  { person, category, booked, actor, at, settles }: Entered,
  work: (client: PoolClient, archive: Archive) => Promise<T>,
): Promise<T & { leaves: string }> {
  const archive = archiveOf(engine, category);
  if (archive === undefined || !Object.hasOwn(FIELDS, category))
    throw new Refusal('collect.undeclared-field', [category]);
  demandPurpose(actor, archive.purpose);
  if (!isPersonNumber(person)) throw new Refusal('answer.unknown-person');
  const { leaves } = datesOf(engine, archive, booked);
  if (leaves <= at || booked > at) throw new Refusal('collect.invalid-field', ['booked']);
  const client = await engine.pools.of('answer').connect();
  try {
    const done = await inTransaction(client, async () => {
      // Locked, so that an erasure that is decided meanwhile counts this record among what stays.
      const { rowCount } = await client.query(
        `select from vault.person p where person = $1 and not exists (select from gate.erasure e where e.person = p.person) for share`,
        [person],
      );
      // What settles an invoice is booked also when whoever it was issued to is gone: money comes in all the same.
      if (rowCount === 0 && settles === undefined) throw new Refusal('answer.unknown-person');
      const made = await work(client, archive);
      if (!made.added) return made;
      await append(client, [
        {
          gate: 'collect',
          act: 'book',
          person,
          actor: actor.kind,
          actorId: actor.id,
          purpose: archive.purpose,
          statement: engine.statement.version,
          at,
        },
      ]);
      return made;
    });
    return { ...done, leaves: osloDate(leaves) };
  } finally {
    client.release();
  }
}

/** A record in one line, its fields in the order of {@link FIELDS} and what it says besides after them. */
export function recordText(category: CategoryId, content: Content): string {
  const known = Object.keys(FIELDS[category] ?? {}).flatMap((name) =>
    name === 'line' ? Object.keys(content).filter((one) => /^line\d+$/.test(one)) : [name],
  );
  const rest = Object.keys(content).filter((name) => !known.includes(name));
  return [...known, ...rest].flatMap((name) => content[name] ?? []).join(' · ');
}

/** The fields of a record, each normalised; anything else is refused by name. */
export function accept(category: CategoryId, given: Content): Content {
  const fields = FIELDS[category] ?? {};
  const fieldOf = (name: string): Field | undefined => {
    const known = name.replace(/^line[1-9]\d{0,2}$/, 'line');
    return Object.hasOwn(fields, known) ? fields[known] : undefined;
  };
  const unknown = Object.keys(given).filter((name) => fieldOf(name) === undefined);
  if (unknown.length > 0) throw new Refusal('collect.undeclared-field', unknown);
  const content: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === '') continue;
    const { kind } = fieldOf(name)!;
    // Numbers that we give out ourselves, and an account that is the operator's, are held to their own form alone.
    const text = isNumber(kind) ? value : normalise(`accounting.${name}`, value);
    if (!isOf(kind, text)) throw new Refusal('collect.invalid-field', [name]);
    content[name] = text;
  }
  const missing = Object.keys(fields).filter((name) => fields[name]!.needed && content[name] === undefined);
  // The buyer is told by address or by organisation number; one of them is enough (§ 5-1-2).
  if (content.address === undefined && content.organisation === undefined) missing.push('address');
  if (missing.length > 0) throw new Refusal('collect.missing-field', missing);
  return content;
}

const isNumber = (kind: Field['kind']) => kind === 'number' || kind === 'kid' || kind === 'account';

function isOf(kind: Field['kind'], text: string): boolean {
  switch (kind) {
    case 'text':
    case 'line':
      // An address to write to is no part of a voucher, and nothing that outlasts an erasure may hold one.
      return !/\S@\S/.test(text);
    case 'date':
      return isDate(text);
    case 'amount':
      return /^-?\d{1,12}(?:\.\d{1,2})?$/.test(text);
    case 'currency':
      return /^[A-Z]{3}$/.test(text);
    case 'organisation':
      return isOrganisation(text);
    case 'account':
      return isAccount(text);
    case 'kid':
      return isKid(text);
    case 'number':
      return /^[\dA-Za-z /.-]{1,20}$/.test(text);
    case 'yes':
      return text === 'yes' || text === 'no';
  }
}
