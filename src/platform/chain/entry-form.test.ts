import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { type EntryRow, entryForm, entryLeaf } from './entry-form.ts';
import { leafHash } from './merkle.ts';

const text = fc.string({ unit: 'grapheme' });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const row: fc.Arbitrary<EntryRow> = fc.record({
  id: fc.nat(),
  at: text,
  gate: text,
  act: text,
  person: maybe(text),
  actor: text,
  actor_id: maybe(text),
  purpose: maybe(text),
  reason: maybe(text),
  statement: text,
  digest: maybe(fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))),
});

test('a row is hashed as canonical JSON, whatever is in it and whatever is left out', () => {
  fc.assert(
    fc.property(row, (one) => {
      assert.deepEqual(entryLeaf(one), leafHash(canonicalJson(entryForm(one))));
      assert.deepEqual(
        entryLeaf({ ...one, id: String(one.id) }),
        entryLeaf(one),
        'a driver may give ids as text',
      );
    }),
  );
});

test('no two different rows are hashed alike', () => {
  fc.assert(
    fc.property(row, row, (one, other) => {
      fc.pre(canonicalJson(entryForm(one)) !== canonicalJson(entryForm(other)));
      assert.notDeepEqual(entryLeaf(one), entryLeaf(other));
    }),
  );
});
