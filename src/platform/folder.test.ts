import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './folder.ts';

test('missing folders are made for the owner alone, and those that are there are left', async () => {
  const top = await mkdtemp(join(tmpdir(), 'hjemmel-folder-'));
  const deep = join(top, 'a', 'b', 'c');
  await makeFolder(deep);
  await makeFolder(deep);
  assert.equal((await stat(deep)).mode & 0o777, 0o700);
  await rm(top, { recursive: true });
});

test('a place where nothing can be made is refused at once', async (t) => {
  const top = await mkdtemp(join(tmpdir(), 'hjemmel-folder-'));
  await writeFile(join(top, 'file'), '');
  await assert.rejects(makeFolder(join(top, 'file', 'below')), { code: 'ENOTDIR' });
  await assert.rejects(makeFolder(join(top, 'file')), { code: 'EEXIST' });
  await rm(top, { recursive: true });
  if (!existsSync('/proc/self')) return t.skip('no /proc on this system');
  await assert.rejects(makeFolder('/proc/hjemmel/logs'), { code: 'ENOENT' });
});
