import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, inPublic, many } from './counted.ts';

test('0.security: in public people are counted in tens, and fewer than ten are just few', () => {
  assert.deepEqual(inPublic([many(224, 'person'), many(31, 'table')]), {
    nb: 'minst 220 personer, 31 tabeller',
    en: 'at least 220 people, 31 tables',
  });
  for (const n of [0, 1, 9])
    assert.deepEqual(inPublic([many(n, 'erasure')]), {
      nb: 'færre enn 10 slettinger',
      en: 'fewer than 10 erasures',
    });
  assert.equal(inPublic([many(1_000_009, 'person')]).nb.replace(/\s/g, ' '), 'minst 1 000 000 personer');
});

test('0.security: whoever may run a proof is told exact numbers', () => {
  assert.equal(exactly([many(1, 'person'), many(2, 'policy')]), '1 person, 2 policies');
});

test('0.security: numbers of people that differ by one person look alike in public, save at whole tens', () => {
  for (let n = 0; n < 500; n += 1)
    if ((n + 1) % 10 !== 0)
      assert.deepEqual(inPublic([many(n, 'person')]), inPublic([many(n + 1, 'person')]));
});
