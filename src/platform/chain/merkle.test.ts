import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { inclusionPath, leafHash, merkleRoot, rootByPath } from './merkle.ts';

const leaves = (count: number) => Array.from({ length: count }, (_, at) => leafHash(String(at)));
const tree = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

/** RFC 9162 section 2.1.1 word for word: split at the largest power of two below the size. */
function definition(hashes: Buffer[]): Buffer {
  if (hashes.length === 0) return createHash('sha256').digest();
  if (hashes.length === 1) return hashes[0]!;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const halves = [definition(hashes.slice(0, split)), definition(hashes.slice(split))];
  return createHash('sha256').update(Buffer.of(1)).update(Buffer.concat(halves)).digest();
}

test('the root is the one that RFC 9162 defines, for every size', () => {
  for (let size = 0; size <= 130; size++)
    assert.deepEqual(merkleRoot(leaves(size)), definition(leaves(size)));
  assert.equal(merkleRoot([]).toString('hex'), createHash('sha256').digest('hex'));
  assert.deepEqual(leafHash(''), createHash('sha256').update(Buffer.of(0)).digest());
});

test('every leaf is led to the root by its path', () => {
  fc.assert(
    fc.property(tree, ([size, index]) => {
      const hashes = leaves(size);
      const path = inclusionPath(hashes, index);
      assert.deepEqual(rootByPath(hashes[index]!, index, size, path), merkleRoot(hashes));
    }),
  );
});

test('another leaf, another place, or a path cut, lengthened or bent does not lead to the root', () => {
  fc.assert(
    fc.property(tree, fc.nat(), ([size, index], noise) => {
      const hashes = leaves(size);
      const root = merkleRoot(hashes);
      const path = inclusionPath(hashes, index);
      const leaf = hashes[index]!;
      const misses = (found: Buffer | undefined) => assert.ok(found === undefined || !found.equals(root));
      misses(rootByPath(leafHash('another'), index, size, path));
      if (size > 1) misses(rootByPath(leaf, (index + 1 + (noise % (size - 1))) % size, size, path));
      misses(rootByPath(leaf, index, size, [...path, leaf]));
      if (path.length > 0) {
        misses(rootByPath(leaf, index, size, path.slice(1)));
        misses(rootByPath(leaf, index, size, path.with(noise % path.length, leafHash('bent'))));
      }
    }),
  );
});

test('a place outside the tree has no path and no root', () => {
  assert.throws(() => inclusionPath(leaves(3), 3), RangeError);
  assert.throws(() => inclusionPath([], 0), RangeError);
  for (const [index, size] of [
    [0, 0],
    [3, 3],
    [-1, 3],
    [0.5, 3],
    [0, 2 ** 60],
  ] as const) {
    assert.equal(rootByPath(leafHash('0'), index, size, []), undefined);
  }
});
