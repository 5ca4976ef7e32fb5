import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readMap } from '#platform/map.ts';
import { stage } from '#test/stage.ts';
import { checksFor } from './prove.ts';

/** Every text in quotes that the tests beside the checks hold: a twin names the check that must find it by such a part. */
async function namedInTwins(): Promise<string[]> {
  const folder = fileURLToPath(new URL('checks/', import.meta.url));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(folder + name, 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/'([^'\n]{10,})'/g)].map(([, part]) => part!));
}

test('every check has a broken twin that it must find', async () => {
  const house = await stage();
  try {
    const checks = checksFor(house.installation.applied.statement, await readMap(house.installation.main));
    const parts = await namedInTwins();
    const untwinned = checks.filter(({ title }) => !parts.some((part) => title.includes(part)));
    assert.deepEqual(
      untwinned.map(({ clause, title }) => `${clause}: ${title}`),
      [],
    );
    assert.ok(checks.length >= 15);
  } finally {
    await house.close();
  }
});
