/**
 * Merkle trees as RFC 9162 section 2.1 defines them, over SHA-256: leaves and nodes are hashed with different first
 * bytes, so that no node can be passed off as a leaf. All hashes are 32 bytes.
 */
import { hash } from 'node:crypto';

/** The hash of one leaf: SHA-256 over 0x00 and its text as UTF-8. */
export function leafHash(text: string): Buffer {
  return hash('sha256', `\0${text}`, 'buffer');
}

/** The root over the hashes of leaves, in their order; of no leaves, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves;
  if (level.length === 0) return hash('sha256', '', 'buffer');
  while (level.length > 1) level = above(level);
  return level[0]!;
}

/** The hashes that lead from leaf number `index` to the root, from the bottom up. RangeError outside the tree. */
export function inclusionPath(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError('no such leaf in the tree');
  }
  const path: Buffer[] = [];
  let at = index;
  for (let level = leaves; level.length > 1; level = above(level), at >>>= 1) {
    const sibling = level[at ^ 1];
    // The last node of an odd level has no sibling and rises as it is.
    if (sibling !== undefined) path.push(sibling);
  }
  return path;
}

/**
 * The root that a leaf's hash leads to by a path in a tree of `size` leaves (RFC 9162 section 2.1.3.2), or nothing
 * when the path is too short or too long for that place.
 */
export function rootByPath(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
): Buffer | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return undefined;
  let node = leaf;
  let at = index;
  let used = 0;
  for (let last = size - 1; last > 0; last = Math.floor(last / 2), at = Math.floor(at / 2)) {
    if (at === last && at % 2 === 0) continue;
    const sibling = path[used++];
    if (sibling === undefined) return undefined;
    node = at % 2 === 1 ? nodeHash(sibling, node) : nodeHash(node, sibling);
  }
  return used === path.length ? node : undefined;
}

/** Pairs from the left make the largest full subtrees there, which is RFC 9162's split at a power of two. */
function above(level: readonly Buffer[]): Buffer[] {
  const next: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const right = level[at + 1];
    next.push(right === undefined ? level[at]! : nodeHash(level[at]!, right));
  }
  return next;
}

/** 0x01 and two hashes; written over for each node, as the trees of long journals have many. */
const pair = Buffer.alloc(65, 1);

function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 33);
  return hash('sha256', pair, 'buffer');
}
