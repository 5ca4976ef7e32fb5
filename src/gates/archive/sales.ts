import { randomUUID } from 'node:crypto';
import type { ClientBase, PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { type Actor, demandPurpose, isPersonNumber } from '../actor.ts';
import { type LetterRequest, letterRows } from '../collect.ts';
import type { Row } from '../collect-batch.ts';
import type { Engine } from '../engine.ts';
import { append } from '../journal.ts';
import { Refusal } from '../refusal.ts';
import { accept, type Booked, inBooks } from './book.ts';
import { type Archive, archiveOf, type Content, openRecord, shelve } from './shelf.ts';

const CATEGORY = 'accounting.record';

export type DocumentKind = 'invoice' | 'credit' | 'payment';

/** A sales document to be issued, or a payment of one. */
export interface Issue {
  readonly kind: DocumentKind;
  /** Whom it is issued to: the client, and its owner on that day. */
  readonly client: string;
  readonly person: string;
  /** Calendar date in Oslo. */
  readonly dated: string;
  readonly due?: string;
  /** The invoice that it credits or pays. */
  readonly settles?: string;
  /** Money that has come in: it is booked also when less was left to pay. */
  readonly received?: boolean;
  /** What it came of: the same twice is booked once. */
  readonly once: string;
  /** What it says, once its number is known; see `FIELDS`. */
  readonly content: (number: number) => Content;
  /** Rows of the caller's own tables, in the same commit. */
  readonly rows?: (id: string) => readonly Row[];
  /** Letters about it, queued in the same commit. */
  readonly letters?: (id: string) => readonly LetterRequest[];
  readonly actor: Actor;
  readonly at: Date;
}

export interface Issued extends Booked {
  readonly number: number;
  /** False when it was booked before. */
  readonly added: boolean;
}

/** A sales document as it lies in the archive, opened. */
export interface SalesDocument {
  readonly id: string;
  readonly person: string;
  readonly client: string;
  readonly kind: DocumentKind;
  readonly number: number;
  readonly dated: string;
  readonly due: string | null;
  readonly settles: string | null;
  /** What is left to pay of an invoice, in øre, below 0 when the client has money coming; 0 for other kinds. */
  readonly left: number;
  /** What of an invoice has been credited, in øre without VAT. */
  readonly credited: number;
  readonly content: Content;
}

/** Which documents: of a client or of all, newest first; `before` a number, at most `limit`. */
export interface Wanted {
  readonly client?: string;
  /** Invoices and credit notes, and no payments. */
  readonly sold?: boolean;
  /** What settles this invoice. */
  readonly settles?: string;
  readonly ids?: readonly string[];
  /** Invoices that something is left to pay of. */
  readonly open?: boolean;
  /** Dated on this day or later; due before that one. */
  readonly from?: string;
  readonly dueBefore?: string;
  readonly before?: number;
  readonly limit?: number;
}

/** Whether nothing is left to pay of the invoice `t`: the last to settle it says so. */
export const SETTLED = `coalesce((select s.closes from archive.entry s where s.settles = t.id
  order by coalesce(s.turn, 0) desc, s.closes desc limit 1), false)`;

/** An amount as records write it, in øre. */
export function oreOf(amount: string | undefined): number {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount ?? '') ?? [];
  if (whole === undefined) throw new RangeError('not an amount');
  const ore = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return sign === '-' ? -ore : ore;
}

/**
 * Books a sales document under the next number of its series, in one transaction with the number: whatever stops it on the
 * way, no number is without its document (bokføringsforskriften § 5-1-3). Documents are booked one at a time, so that what
 * is left to pay of an invoice is known when something settles it.
 *
 * Refuses as `book` does, a settlement of no invoice, and one of more than is left of it.
 */
export async function issue(engine: Engine, asked: Issue): Promise<Issued> {
  const { person, client: whose, kind, once, dated, actor, at } = asked;
  const booking = { person, category: CATEGORY, booked: at, actor, at, settles: asked.settles };
  return inBooks(engine, booking, async (client, archive) => {
    await client.query('select from archive.series order by series for update');
    const { rows } = await client.query<{ id: string; number: string }>(
      `select id, number from archive.entry where once = $1 and kind <> 'voucher'`,
      [once],
    );
    if (rows[0] !== undefined) return { id: rows[0].id, number: Number(rows[0].number), added: false };
    const number = await nextNumber(client, kind);
    const id = randomUUID();
    const content = accept(CATEGORY, asked.content(number));
    const settled =
      asked.settles === undefined
        ? { closes: null, turn: null }
        : await settling(engine, client, archive, { ...asked, settles: asked.settles }, content);
    const marks = {
      kind,
      client: whose,
      number,
      dated,
      due: asked.due ?? null,
      settles: asked.settles ?? null,
      ...settled,
      once,
    };
    await shelve(engine, client, archive, [{ person, id, content, of: at, marks }], at);
    const rowsToo = [...(asked.rows?.(id) ?? []), ...letterRows(person, asked.letters?.(id), at)];
    for (const row of rowsToo) await addRow(engine, client, row);
    return { id, number, added: true };
  });
}

async function nextNumber(client: Pick<ClientBase, 'query'>, kind: DocumentKind): Promise<number> {
  const { rows } = await client.query<{ last: string }>(
    'update archive.series set last = last + 1 where series = $1 returning last',
    [kind === 'payment' ? 'payment' : 'sale'],
  );
  return Number(rows[0]!.last);
}

/**
 * Whether nothing is left to pay of an invoice after this, and how many settle it then. Refuses a payment of more than is left, and a credit of more
 * than was sold: what was paid already and is credited then, the client has coming.
 */
async function settling(
  engine: Engine,
  client: PoolClient,
  archive: Archive,
  { settles, client: whose, kind, received = false }: Issue & { settles: string },
  content: Content,
): Promise<{ closes: boolean; turn: number }> {
  const where = `t.id = $1 and t.kind = 'invoice' and t.client = $2`;
  const [invoice] = await found(engine, client, archive, where, [settles, whose]);
  if (invoice === undefined) throw new Refusal('billing.unknown-invoice');
  const left = invoice.left - oreOf(content.amount);
  const isTooMuch =
    kind === 'credit'
      ? invoice.credited + oreOf(content.net) > oreOf(invoice.content.net)
      : left < 0 && !received;
  if (isTooMuch) throw new Refusal('billing.too-much', ['amount']);
  const { rows } = await client.query<{ n: string }>(
    'select count(*) as n from archive.entry where settles = $1',
    [settles],
  );
  return { closes: left <= 0, turn: Number(rows[0]!.n) + 1 };
}

/** A row that holds nothing sealed, of a module's table. */
async function addRow({ map }: Engine, client: PoolClient, { table, values }: Row): Promise<void> {
  const known = map.tables.find(({ name }) => name === table);
  if (known?.purpose === undefined || known.columns.some(({ type }) => type === 'vault.sealed'))
    throw new Refusal('collect.undeclared-field', [table]);
  const columns = Object.keys(values);
  await client.query(
    `insert into ${tableIdent(table)} (${columns.map(ident).join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(values),
  );
}

/**
 * Sales documents for whoever keeps the books, or for the users of the client that they were issued to (clause
 * `u.customer`); newest first. Each person looked at has the look in their log before anything is answered.
 */
export async function sales(
  engine: Engine,
  { client: whose, sold, settles, ids, open, from, dueBefore, before, limit = 1000 }: Wanted,
  actor: Actor,
  at: Date,
): Promise<SalesDocument[]> {
  const archive = archiveOf(engine, CATEGORY);
  if (archive === undefined) return [];
  if (whose === undefined || actor.client !== whose) demandPurpose(actor, archive.purpose);
  if ([...(ids ?? []), ...(whose === undefined ? [] : [whose])].some((id) => !isPersonNumber(id))) return [];
  const where = `t.kind <> 'voucher' and ($1::uuid is null or t.client = $1) and ($2::uuid is null or t.settles = $2)
    and ($3::uuid[] is null or t.id = any($3)) and ($4::bigint is null or t.number < $4)
    and (not $5 or t.kind = 'invoice' and not ${SETTLED})
    and ($6::date is null or t.dated >= $6) and ($7::date is null or t.due < $7)
    and (not $9 or t.kind <> 'payment')
    order by t.number desc, t.id limit $8`;
  const asked = [whose, settles, ids, before, open ?? false, from, dueBefore, limit, sold ?? false];
  const values = asked.map((value) => value ?? null);
  const pool = engine.pools.of(archive.purpose);
  const all = await found(engine, pool, archive, where, values);
  await append(
    engine.pools.of('collect'),
    [...new Set(all.map(({ person }) => person))].map((person) => ({
      gate: 'use' as const,
      act: 'archive',
      person,
      actor: actor.kind,
      actorId: actor.id,
      purpose: archive.purpose,
      statement: engine.statement.version,
      at,
    })),
  );
  return all;
}

interface Lying {
  id: string;
  person: string;
  client: string;
  kind: DocumentKind;
  number: string;
  dated: string;
  due: string | null;
  settles: string | null;
  shelf: string;
  content: Buffer;
}

async function found(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  archive: Archive,
  where: string,
  values: readonly unknown[],
): Promise<SalesDocument[]> {
  const columns = `t.id, t.person, t.client, t.kind, t.number, t.dated::text as dated, t.due::text as due, t.settles, t.shelf, t.content`;
  const { rows } = await client.query<Lying>(`select ${columns} from archive.entry t where ${where}`, [
    ...values,
  ]);
  const invoices = rows.filter(({ kind }) => kind === 'invoice').map(({ id }) => id);
  const { rows: settlers } =
    invoices.length === 0
      ? { rows: [] }
      : await client.query<Lying>(`select ${columns} from archive.entry t where t.settles = any($1)`, [
          invoices,
        ]);
  const keys = await engine.keys.shelves.of([...new Set([...rows, ...settlers].map(({ shelf }) => shelf))]);
  const opened = (row: Lying): Content | undefined => {
    const key = keys.get(row.shelf);
    return key === undefined ? undefined : openRecord(archive, key, row);
  };
  const settled = Map.groupBy(settlers, ({ settles }) => settles);
  return rows.flatMap(({ shelf: _shelf, content: _sealed, ...row }, at) => {
    const content = opened(rows[at]!);
    if (content === undefined) return [];
    const document = { ...row, number: Number(row.number), left: 0, credited: 0, content };
    if (row.kind !== 'invoice') return [document];
    let left = oreOf(content.amount);
    let credited = 0;
    for (const one of settled.get(row.id) ?? []) {
      const said = opened(one);
      left -= said === undefined ? 0 : oreOf(said.amount);
      if (one.kind === 'credit' && said !== undefined) credited += oreOf(said.net);
    }
    return [{ ...document, left, credited }];
  });
}
