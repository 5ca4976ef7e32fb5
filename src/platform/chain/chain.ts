/**
 * A chain of signed blocks: each holds the Merkle root over a run of entries and the hash of the block before, so that
 * nothing can be changed, taken out or slipped in behind a block without every later signature failing.
 */
import { hash, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { merkleRoot } from './merkle.ts';

/** What is kept of a block; hashes in hexadecimal, the moment in ISO 8601 UTC. */
export interface Block {
  readonly number: number;
  /** Running numbers of the first and the last entry. There may be gaps between them. */
  readonly first: number;
  readonly last: number;
  readonly root: string;
  /** Hash of the block before; 64 zeros for the first block. */
  readonly previous: string;
  readonly sealedAt: string;
  /** Id of the public key that signs. */
  readonly key: string;
}

/**
 * What is signed, as canonical JSON (RFC 8785): the block and how many entries its tree has, as the signed tree head of
 * RFC 9162 does, since a path to the root alone does not settle the size of the tree.
 */
export interface BlockHeader extends Block {
  readonly size: number;
}

/** A sealed entry as the chain sees it: its running number and its leaf hash. */
export interface Leaf {
  readonly id: number;
  readonly hash: Buffer;
}

/** SHA-256 over a block and its signature, in hexadecimal: what the next block names as `previous`. */
export function blockHash(block: Block, signature: Buffer): string {
  return hash('sha256', canonicalJson({ ...block, signature: signature.toString('hex') }));
}

/** Ed25519 signature (RFC 8032, 64 bytes) over a header. */
export function signHeader(header: BlockHeader, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(canonicalJson(header)), privateKey);
}

/** Whether a signature fits a header. */
export function fits(header: BlockHeader, signature: Buffer, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(canonicalJson(header)), publicKey, signature);
}

/** Running numbers that one block may lack; they are lost when a write is taken back. */
const MOST_GAPS = 10_000;

/**
 * How many entries a block was sealed over, when they have left by their period: that is signed and not kept, so every
 * number that fits between the first and the last is tried, the likeliest first. Undefined when the signature fits none.
 */
export function signedSize(block: Block, signature: Buffer, publicKey: KeyObject): number | undefined {
  const most = block.last - block.first + 1;
  for (let size = most; size >= Math.max(1, most - MOST_GAPS); size -= 1)
    if (fits({ ...block, size }, signature, publicKey)) return size;
  return undefined;
}

/** Where a check begins: after which block, its hash and its last entry. */
export interface Standing {
  readonly number: number;
  readonly hash: string;
  readonly last: number;
}

/** Before the first block, which names 64 zeros as the hash before it. Lower than any running number. */
export const BEGINNING: Standing = { number: 0, hash: '0'.repeat(64), last: Number.MIN_SAFE_INTEGER };

/** Follows a chain block by block, in order; holds no more than the block before. */
export class ChainCheck {
  readonly #publicKey: KeyObject;
  readonly #keyId: string;
  #standing: Standing;

  /** From the first block, or after a block that was checked before. */
  constructor(key: { id: string; publicKey: KeyObject }, after: Standing = BEGINNING) {
    this.#publicKey = key.publicKey;
    this.#keyId = key.id;
    this.#standing = after;
  }

  /** The last block that held. */
  get standing(): Standing {
    return this.#standing;
  }

  /**
   * Takes the next block by its head alone, where its entries are not at hand: that it follows, and was signed. What it
   * was sealed over is taken on the signature's word.
   */
  nextHead({ size, ...block }: BlockHeader, signature: Buffer): string | undefined {
    const wrong = this.#follows(block);
    if (wrong !== undefined) return wrong;
    const says = (what: string) => `block ${block.number} ${what}`;
    if (!(block.first > this.#standing.last && block.first <= block.last && size >= 1))
      return says('does not begin after the block before');
    if (!fits({ ...block, size }, signature, this.#publicKey))
      return says('has a signature that does not fit');
    this.#standing = { number: block.number, hash: blockHash(block, signature), last: block.last };
    return undefined;
  }

  #follows(block: Block): string | undefined {
    const { number, hash: previous } = this.#standing;
    if (block.number !== number + 1) return `block ${number + 1} is missing`;
    if (block.key !== this.#keyId) return `block ${block.number} is signed by another key`;
    if (block.previous !== previous) return `block ${block.number} does not follow from the block before`;
    return undefined;
  }

  /**
   * Takes the next block and every entry that lies after the block before and up to this one's last, in order.
   * Answers with what is wrong, or nothing when the block holds.
   */
  next(block: Block, signature: Buffer, leaves: readonly Leaf[]): string | undefined {
    const wrong = this.#follows(block);
    if (wrong !== undefined) return wrong;
    const says = (what: string) => `block ${block.number} ${what}`;
    const root = merkleRoot(leaves.map((leaf) => leaf.hash)).toString('hex');
    if (leaves.length === 0 || leaves[0]?.id !== block.first || leaves.at(-1)?.id !== block.last) {
      return says('does not hold the entries it was sealed over');
    }
    if (root !== block.root) return says('holds an entry that was changed, added or taken out');
    if (!fits({ ...block, size: leaves.length }, signature, this.#publicKey)) {
      return says('has a signature that does not fit');
    }
    this.#standing = { number: block.number, hash: blockHash(block, signature), last: block.last };
    return undefined;
  }
}
