import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembered } from './remembered.ts';

test('the same words are worked on once, until others have taken their room', () => {
  const worked: string[] = [];
  const joined = remembered(2, (one: string, other: string) => {
    worked.push(`${one}+${other}`);
    return { one, other };
  });
  assert.equal(joined('a', 'b'), joined('a', 'b'));
  // Where one word ends and the next begins is part of what was asked.
  assert.notEqual(joined('ab', ''), joined('a', 'b'));
  assert.deepEqual(worked, ['a+b', 'ab+']);
  joined('c', 'd');
  assert.deepEqual(joined('a', 'b'), { one: 'a', other: 'b' });
  assert.deepEqual(worked, ['a+b', 'ab+', 'c+d', 'a+b']);
});

test('what could not be done is tried again', () => {
  let tries = 0;
  const never = remembered(2, (word: string) => {
    tries += 1;
    throw new Error(word);
  });
  assert.throws(() => never('a'), /a/);
  assert.throws(() => never('a'), /a/);
  assert.equal(tries, 2);
});
