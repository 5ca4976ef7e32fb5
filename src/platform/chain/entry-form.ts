/** How one row of the journal is written before it is hashed; sealing, receipts and proof must agree on it to the byte. */
import { leafHash } from './merkle.ts';

/**
 * The columns of journal.entry as {@link entryForm} wants them. The moment comes as text with microseconds in UTC,
 * because a Date would drop the last three digits and a change there would go unseen.
 */
export const ENTRY_COLUMNS = `id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  gate, act, person, actor, actor_id, purpose, reason, statement, digest`;

/** A row as {@link ENTRY_COLUMNS} reads it. */
export interface EntryRow {
  readonly id: number | string;
  readonly at: string;
  readonly gate: string;
  readonly act: string;
  readonly person: string | null;
  readonly actor: string;
  readonly actor_id: string | null;
  readonly purpose: string | null;
  readonly reason: string | null;
  readonly statement: string;
  readonly digest: Buffer | null;
}

/** An entry as it stands in a receipt, and as canonical JSON (RFC 8785) under its leaf hash; what is null is left out. */
export interface SealedEntry {
  readonly id: number;
  readonly at: string;
  readonly gate: string;
  readonly act: string;
  readonly person?: string;
  readonly actor: string;
  readonly actorId?: string;
  readonly purpose?: string;
  /** Why, where a reason was asked for. */
  readonly reason?: string;
  readonly statement: string;
  /** Hexadecimal SHA-256 of the receipt's body. */
  readonly digest?: string;
}

/** The form of a row that is hashed, its members in canonical order. */
export function entryForm(row: EntryRow): SealedEntry {
  return {
    act: row.act,
    actor: row.actor,
    ...(row.actor_id !== null && { actorId: row.actor_id }),
    at: row.at,
    ...(row.digest !== null && { digest: row.digest.toString('hex') }),
    gate: row.gate,
    id: Number(row.id),
    ...(row.person !== null && { person: row.person }),
    ...(row.purpose !== null && { purpose: row.purpose }),
    ...(row.reason !== null && { reason: row.reason }),
    statement: row.statement,
  };
}

/**
 * The leaf hash of a row, 32 bytes. The form is flat and in canonical order already, so that JSON.stringify writes what
 * canonical JSON would at half the cost; journals are long.
 */
export function entryLeaf(row: EntryRow): Buffer {
  return leafHash(JSON.stringify(entryForm(row)));
}
