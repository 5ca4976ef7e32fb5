import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Scratch, scratch } from '#test/scratch.ts';
import { uuidArray } from './database.ts';

let db: Scratch;
before(async () => {
  db = await scratch('src/platform/sql-keys');
});
after(() => db.drop());

test('r.rectify-erase: numbers arrive as they were given, in their order, none and thousands', async () => {
  for (const count of [0, 1, 2, 5000]) {
    const ids = Array.from({ length: count }, () => randomUUID());
    const { rows } = await db.pool.query('select $1::uuid[]::text[] as ids', [uuidArray(ids)]);
    assert.deepEqual(rows[0].ids, ids);
  }
});

test('r.rectify-erase: what is no number of a person is not sent', () => {
  for (const wrong of ['', 'kari', randomUUID().slice(1), randomUUID().replace(/^../, 'xy')])
    assert.throws(() => uuidArray([wrong]), TypeError);
});
