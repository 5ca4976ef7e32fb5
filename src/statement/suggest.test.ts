import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { didYouMean, editDistance, suggest } from './suggest.ts';

test('guesses what was meant, whatever the case', () => {
  assert.equal(suggest('perpose', ['purpose', 'clause', 'basis']), 'purpose');
  assert.equal(suggest('contact.emial', ['contact.email', 'contact.name']), 'contact.email');
  assert.equal(suggest('Basis', ['basis']), 'basis');
});

test('makes no guess when nothing is near', () => {
  assert.equal(suggest('colour', ['basis', 'clause']), undefined);
  assert.equal(didYouMean('colour', ['basis']), '');
  assert.equal(didYouMean('basics', ['basis']), ' (did you mean "basis"?)');
});

const words = fc.string({ maxLength: 12 });

test('measures a distance: none to itself, the same both ways, at most the longer word', () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.ok(distance >= Math.abs(a.length - b.length) && distance <= Math.max(a.length, b.length));
    }),
    { numRuns: 300 },
  );
});
