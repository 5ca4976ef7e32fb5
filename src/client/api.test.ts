import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { clientTypes } from '#http/typescript.ts';
import { World } from '#test/world.ts';

const file = new URL('./api.ts', import.meta.url);

test('the client’s types are those of the API as it is described', async () => {
  const world = await World.open();
  const made = clientTypes((await world.call('GET', '/api/openapi.json')).body);
  await world.close();
  if (process.env.UPDATE === '1') writeFileSync(file, made);
  assert.equal(readFileSync(file, 'utf8'), made, 'write it anew: UPDATE=1 bin/test src/client/api.test.ts');
});
