import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PromisesAnswer } from '#http/contract.ts';
import { serve, until } from '#test/program.ts';

test('v.available: a server proves by itself soon after it starts, and sees the statement served on every host', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hjemmel-public-'));
  const serving = await serve({ DATA_DIR: join(folder, 'data') }, '--no-demo');
  try {
    const promises = async () =>
      (await (await fetch(`${serving.url}/api/v1/promises`)).json()) as PromisesAnswer;
    await until(async () => (await promises()).checkedAt !== null);
    const { clauses, broken } = await promises();
    assert.equal(broken, 0);
    assert.equal(clauses.find(({ clause }) => clause === 'v.available')?.state, 'holds');
    const page = await (await fetch(`${serving.url}/personvern`)).text();
    assert.match(page, /løfter vises å holde, sist sjekket/);
  } finally {
    await serving.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
