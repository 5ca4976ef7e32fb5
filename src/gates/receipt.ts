/**
 * Receipts: what was erased or answered, as a file that anyone can check with a public key and nothing else.
 *
 * The body's digest is in a journal entry, the entry in a Merkle tree, the tree's root in a signed block. So a receipt
 * shows not only that we said something, but that it stands in the journal beside everything else we did.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import type { Block } from '#platform/chain/chain.ts';
import {
  ENTRY_COLUMNS,
  type EntryRow,
  entryForm,
  entryLeaf,
  type SealedEntry,
} from '#platform/chain/entry-form.ts';
import { inclusionPath } from '#platform/chain/merkle.ts';
import type { Text } from '#statement/grammar.ts';
import { BLOCK_COLUMNS, type BlockRow, blockForm, type Queryable } from './journal.ts';

/** Names the layout of the file; a file that names another is not one that this version can check. */
export const RECEIPT_FORMAT = 'hjemmel-receipt/1';

/** What a receipt says: counts, clauses and dates, never a value (clauses `r.rectify-erase`, `r.withdraw`). */
export interface ReceiptBody {
  readonly kind: 'erasure' | 'consent';
  readonly id: string;
  /** The number that stands or stood for the person. */
  readonly person: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Version of the statement in force then. */
  readonly statement: string;
  readonly operator: string;
  /** The clause an erasure rests on. */
  readonly ground?: string;
  /** Number of the receipt that this one follows up: that of the erasure, when what outlasted it is gone as well. */
  readonly earlier?: string;
  readonly goes?: readonly { readonly category: string; readonly count: number }[];
  readonly stays?: readonly {
    readonly what: Text;
    readonly count?: number;
    readonly why: Text;
    readonly clause: string;
    readonly until?: string | null;
  }[];
  readonly consent?: {
    readonly purpose: string;
    readonly state: string;
    readonly words: string;
    readonly language: string;
    readonly surface: string;
    readonly method: string;
  };
}

/** Where the entry stands in its block's tree (RFC 9162 section 2.1.3); hashes in hexadecimal, from the bottom up. */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  /** Leaf hash of the entry; it follows from the entry, and being there tells a changed entry from a wrong path. */
  readonly leaf: string;
  readonly path: readonly string[];
}

/** The file, format `hjemmel-receipt/1`. */
export interface Receipt {
  readonly format: typeof RECEIPT_FORMAT;
  readonly body: ReceiptBody;
  readonly entry: SealedEntry;
  readonly inclusion: Inclusion;
  readonly block: Block;
  /** Ed25519 over the block and the size of its tree as canonical JSON; base64url. */
  readonly signature: string;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
}

/** SHA-256 over the canonical JSON of a body, 32 bytes; it goes into the journal entry of the act. */
export function digestOf(body: object): Buffer {
  return createHash('sha256').update(canonicalJson(body)).digest();
}

/** A public key as it stands in a receipt: SPKI DER, base64url. */
export function publicKeyText(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
}

/**
 * Builds the receipt of that number from the row, its journal entry and the block that seals it. Nothing when there is
 * no such receipt, or when its entry is not sealed yet: the caller seals and asks again. Reads gate.receipt,
 * journal.entry and journal.block.
 */
export async function buildReceipt(
  client: Queryable,
  receiptId: string,
  key: { readonly id: string; readonly publicKey: KeyObject },
): Promise<Receipt | undefined> {
  const found = await client.query<BlockRow & { body: string; entry: string | number }>({
    name: 'receipt.find',
    text: `select r.body, e.id as entry, b.*
             from gate.receipt r
             join journal.entry e on e.person = r.person and e.digest = sha256(convert_to(r.body, 'UTF8'))
            cross join lateral (select ${BLOCK_COLUMNS} from journal.block where last_id >= e.id
                                 order by last_id limit 1) b
            where r.id = $1 order by e.id limit 1`,
    values: [receiptId],
  });
  const row = found.rows[0];
  if (row === undefined) return undefined;
  if (row.key_id !== key.id) throw new Error(`block ${row.number} of the journal is signed by another key`);
  const sealed = await client.query<EntryRow>({
    name: 'receipt.block',
    text: `select ${ENTRY_COLUMNS} from journal.entry where id between $1 and $2 order by id`,
    values: [row.first_id, row.last_id],
  });
  const index = sealed.rows.findIndex((entry) => Number(entry.id) === Number(row.entry));
  const leaves = sealed.rows.map(entryLeaf);
  return {
    format: RECEIPT_FORMAT,
    body: JSON.parse(row.body) as ReceiptBody,
    entry: entryForm(sealed.rows[index]!),
    inclusion: {
      index,
      size: leaves.length,
      leaf: leaves[index]!.toString('hex'),
      path: inclusionPath(leaves, index).map((hash) => hash.toString('hex')),
    },
    block: blockForm(row),
    signature: row.signature.toString('base64url'),
    publicKey: publicKeyText(key.publicKey),
  };
}
