import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { BEGINNING, type Block, ChainCheck, signedSize, signHeader } from './chain.ts';
import { leafHash, merkleRoot } from './merkle.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

function block(ids: readonly number[]): { block: Block; signature: Buffer } {
  const made: Block = {
    number: 1,
    first: ids[0]!,
    last: ids.at(-1)!,
    root: merkleRoot(ids.map((id) => leafHash(String(id)))).toString('hex'),
    previous: BEGINNING.hash,
    sealedAt: '2026-11-23T12:00:00.000Z',
    key: 'k',
  };
  return { block: made, signature: signHeader({ ...made, size: ids.length }, privateKey) };
}

test('k.as-needed: a block whose entries have left still tells how many they were, gaps or not', () => {
  const ids = fc
    .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(ids, (all) => {
      const { block: sealed, signature } = block(all);
      const size = signedSize(sealed, signature, publicKey);
      assert.equal(size, all.length);
      const check = new ChainCheck({ id: 'k', publicKey });
      assert.equal(check.nextHead({ ...sealed, size: all.length }, signature), undefined);
      const changed = { ...sealed, root: '0'.repeat(64) };
      assert.equal(signedSize(changed, signature, publicKey), undefined);
    }),
    { numRuns: 30 },
  );
});
