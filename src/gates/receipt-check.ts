/**
 * Checks a receipt offline. Everything that the file claims is bound to the signature, so nothing of it can be changed
 * unseen.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { fits } from '#platform/chain/chain.ts';
import { leafHash, rootByPath } from '#platform/chain/merkle.ts';
import { keyId } from '#platform/secrets.ts';
import { digestOf, publicKeyText, RECEIPT_FORMAT, type ReceiptBody } from './receipt.ts';

/** What a check found. `problems` are sentences for people; `ok` is that there are none. */
export interface ReceiptVerdict {
  readonly ok: boolean;
  readonly problems: string[];
  readonly summary: ReceiptSummary;
}

/** What the receipt says of itself, as far as it could be read; to be believed only when the check is ok. */
export interface ReceiptSummary {
  readonly kind?: string;
  readonly id?: string;
  readonly at?: string;
  readonly operator?: string;
  readonly statement?: string;
  readonly block?: number;
  readonly sealedAt?: string;
  /** Id of the key that signed. */
  readonly key?: string;
  /** Whether that key was compared with one the reader trusts. Without it, anyone could have made the receipt. */
  readonly trusted: boolean;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.int().nonnegative();
const base64url = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64url').toString('base64url') === text,
    'not base64url as RFC 4648 writes it',
  );

/** Fields beyond these are let through here and fail against the digest, the leaf or the signature instead. */
const shape = z.strictObject({
  format: z.literal(RECEIPT_FORMAT),
  body: z.looseObject({
    kind: z.enum(['erasure', 'consent']),
    id: z.string(),
    person: z.string(),
    at: z.string(),
    statement: z.string(),
    operator: z.string(),
  }),
  entry: z.looseObject({ id: number, at: z.string(), digest: sha256 }),
  inclusion: z.strictObject({ index: number, size: number, leaf: sha256, path: z.array(sha256).max(64) }),
  block: z.looseObject({
    number,
    first: number,
    last: number,
    root: sha256,
    previous: sha256,
    sealedAt: z.string(),
    key: z.string(),
  }),
  signature: base64url,
  publicKey: base64url,
  /** Where receipts that follow it up are found: a way that claims nothing, and the one field that is not bound. */
  later: z.array(z.uuid()).optional(),
});

/**
 * Checks a receipt, and with `trusted` (a key's id and SPKI DER in base64url, or the key) that it is ours. Never throws:
 * whatever is handed in is either a receipt that holds or one with problems.
 */
export function verifyReceipt(
  json: unknown,
  trusted?: { id: string; publicKey: KeyObject | string },
): ReceiptVerdict {
  const format = json !== null && typeof json === 'object' && 'format' in json ? json.format : undefined;
  if (format !== RECEIPT_FORMAT) {
    return no([`This is not a receipt of the format ${RECEIPT_FORMAT}.`]);
  }
  const read = shape.safeParse(json);
  if (!read.success) {
    const fields = new Set(read.error.issues.flatMap(fieldsOf));
    return no(
      [...fields].sort().map((field) => `The field ${field} is missing, unknown or not of its kind.`),
    );
  }
  const receipt = read.data;
  const problems: string[] = [];
  const publicKey = readKey(receipt.publicKey);
  try {
    if (digestOf(receipt.body).toString('hex') !== receipt.entry.digest) {
      problems.push(
        'What the receipt says is not what the journal entry was made for: the body was changed.',
      );
    }
    const leaf = leafHash(canonicalJson(receipt.entry));
    if (leaf.toString('hex') !== receipt.inclusion.leaf) {
      problems.push('The journal entry is not the one that was sealed: the entry was changed.');
    }
    const root = pathRoot(receipt.inclusion);
    if (root !== receipt.block.root) {
      problems.push('The path does not lead from the journal entry to the root of the block.');
    }
    if (receipt.entry.id < receipt.block.first || receipt.entry.id > receipt.block.last) {
      problems.push('The journal entry does not lie between the first and the last entry of the block.');
    }
    if (publicKey === undefined) {
      problems.push('The public key in the receipt is not an Ed25519 key.');
    } else {
      const header = { ...receipt.block, size: receipt.inclusion.size };
      if (receipt.block.key !== keyId(publicKey)) {
        problems.push('The block names another key than the one in the receipt.');
      }
      if (!fits(header, Buffer.from(receipt.signature, 'base64url'), publicKey)) {
        problems.push('The signature does not fit the block: the block or the signature was changed.');
      }
    }
  } catch {
    // The only thing that throws is the canonical form, for numbers and characters that no receipt of ours holds.
    problems.push('The receipt holds a number or a character that cannot be signed.');
  }
  if (trusted !== undefined) {
    const expected =
      typeof trusted.publicKey === 'string' ? trusted.publicKey : publicKeyText(trusted.publicKey);
    if (receipt.publicKey !== expected) {
      problems.push(`The receipt is not signed by the trusted key ${trusted.id}.`);
    }
  }
  return { ok: problems.length === 0, problems, summary: summaryOf(receipt, trusted !== undefined) };
}

/** A key file's text as a key to trust: PEM, or SPKI DER in base64url on one line. Nothing when it is anything else. */
export function readKeyFile(text: string): { id: string; publicKey: KeyObject } | undefined {
  const base64 = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
  const publicKey = readKey(Buffer.from(base64, 'base64').toString('base64url'));
  return publicKey && { id: keyId(publicKey), publicKey };
}

/** Reads an Ed25519 public key from SPKI DER in base64url; nothing when it is anything else. */
export function readKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
    // A key that reads the same from two writings would let a receipt be changed without being found out.
    return key.asymmetricKeyType === 'ed25519' && publicKeyText(key) === text ? key : undefined;
  } catch {
    return undefined;
  }
}

function pathRoot({ index, size, leaf, path }: z.infer<typeof shape>['inclusion']): string | undefined {
  const nodes = path.map((hash) => Buffer.from(hash, 'hex'));
  return rootByPath(Buffer.from(leaf, 'hex'), index, size, nodes)?.toString('hex');
}

function summaryOf({ body, block }: z.infer<typeof shape>, trusted: boolean): ReceiptSummary {
  const { kind, id, at, operator, statement } = body as ReceiptBody;
  return {
    kind,
    id,
    at,
    operator,
    statement,
    block: block.number,
    sealedAt: block.sealedAt,
    key: block.key,
    trusted,
  };
}

function no(problems: string[]): ReceiptVerdict {
  return { ok: false, problems, summary: { trusted: false } };
}

function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...at, key].join('.'));
  return [at.join('.')];
}
