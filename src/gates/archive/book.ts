import { randomUUID } from 'node:crypto';
import { inTransaction } from '#platform/migrate.ts';
import type { CategoryId } from '#statement/grammar.ts';
import { osloDate } from '#statement/period.ts';
import { type Actor, demandPurpose, isPersonNumber } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { normalise } from '../fields.ts';
import { append } from '../journal.ts';
import { Refusal } from '../refusal.ts';
import { archiveOf, type Content, datesOf, shelve } from './shelf.ts';

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
  readonly kind: 'text' | 'date' | 'amount' | 'currency' | 'organisation';
  readonly needed?: boolean;
}

/**
 * What a record may say, by kind: what the act demands of it (bokføringsforskriften § 5-1-1, § 5-1-2) and nothing else.
 * There is no place for an e-mail address, a phone number or what anybody did.
 */
export const FIELDS: Readonly<Record<CategoryId, Readonly<Record<string, Field>>>> = {
  'accounting.record': {
    number: { kind: 'text', needed: true },
    date: { kind: 'date', needed: true },
    buyer: { kind: 'text', needed: true },
    address: { kind: 'text' },
    organisation: { kind: 'organisation' },
    what: { kind: 'text', needed: true },
    delivered: { kind: 'text' },
    due: { kind: 'date' },
    amount: { kind: 'amount', needed: true },
    vat: { kind: 'amount' },
    currency: { kind: 'currency', needed: true },
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
  const { person, category, booked, actor, at } = booking;
  const archive = archiveOf(engine, category);
  if (archive === undefined || !Object.hasOwn(FIELDS, category))
    throw new Refusal('collect.undeclared-field', [category]);
  demandPurpose(actor, archive.purpose);
  if (!isPersonNumber(person)) throw new Refusal('answer.unknown-person');
  const id = booking.id ?? randomUUID();
  if (!isPersonNumber(id)) throw new Refusal('collect.invalid-field', ['id']);
  const content = accept(category, booking.content);
  const { leaves } = datesOf(engine, archive, booked);
  if (leaves <= at || booked > at) throw new Refusal('collect.invalid-field', ['booked']);
  const client = await engine.pools.of('answer').connect();
  try {
    await inTransaction(client, async () => {
      // Locked, so that an erasure that is decided meanwhile counts this record among what stays.
      const { rowCount } = await client.query(
        `select from vault.person p where person = $1 and not exists (select from gate.erasure e where e.person = p.person) for share`,
        [person],
      );
      if (rowCount === 0) throw new Refusal('answer.unknown-person');
      const added = await shelve(engine, client, archive, [{ person, id, content, of: booked }], at);
      if (added === 0) return;
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
    });
  } finally {
    client.release();
  }
  return { id, leaves: osloDate(leaves) };
}

/** A record in one line, its fields in the order of {@link FIELDS} and what it says besides after them. */
export function recordText(category: CategoryId, content: Content): string {
  const known = Object.keys(FIELDS[category] ?? {});
  const rest = Object.keys(content).filter((name) => !known.includes(name));
  return [...known, ...rest].flatMap((name) => content[name] ?? []).join(' · ');
}

/** The fields of a record, each normalised; anything else is refused by name. */
function accept(category: CategoryId, given: Content): Content {
  const fields = FIELDS[category]!;
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) throw new Refusal('collect.undeclared-field', unknown);
  const content: Record<string, string> = {};
  for (const [name, { kind }] of Object.entries(fields)) {
    const value = given[name];
    if (value === undefined || value === '') continue;
    const text = normalise(`accounting.${name}`, value);
    if (!isOf(kind, text)) throw new Refusal('collect.invalid-field', [name]);
    content[name] = text;
  }
  const missing = Object.keys(fields).filter((name) => fields[name]!.needed && content[name] === undefined);
  // The buyer is told by address or by organisation number; one of them is enough (§ 5-1-2).
  if (content.address === undefined && content.organisation === undefined) missing.push('address');
  if (missing.length > 0) throw new Refusal('collect.missing-field', missing);
  return content;
}

function isOf(kind: Field['kind'], text: string): boolean {
  switch (kind) {
    case 'text':
      // An address to write to is no part of a voucher, and nothing that outlasts an erasure may hold one.
      return !/\S@\S/.test(text);
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text);
    case 'amount':
      return /^-?\d{1,12}(?:\.\d{1,2})?$/.test(text);
    case 'currency':
      return /^[A-Z]{3}$/.test(text);
    case 'organisation':
      return isOrganisation(text);
  }
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** Nine digits whose last is the control digit, modulus 11, as the Brønnøysund registers give them out. */
function isOrganisation(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  const control = (11 - (sum % 11)) % 11;
  return control !== 10 && control === Number(text[8]);
}
