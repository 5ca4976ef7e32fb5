import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '#proof/prove.ts';
import { stage } from '#test/stage.ts';

test('everything holds in a healthy installation', async () => {
  const house = await stage();
  const verdict = await prove(house.installation);
  assert.deepEqual(
    verdict.checks.filter(({ ok }) => !ok),
    [],
  );
  assert.ok(verdict.ok);
  await house.close();
});
