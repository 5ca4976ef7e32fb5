import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAlive, isLock, startOf, takeLock, thisProcess } from './lock.ts';

async function folder(t: { after(act: () => Promise<void>): void }): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'hjemmel-lock-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

test('a lock is held by one, who is named to the next, and is free again once released', async (t) => {
  const file = join(await folder(t), 'a.lock');
  const first = await takeLock(file);
  assert.ok(isLock(first));
  assert.deepEqual(await takeLock(file), thisProcess());
  await first.release();
  const second = await takeLock(file);
  assert.ok(isLock(second));
  await second.release();
});

test('a lock left by a process that is gone, or cut short, or held under a reused number is taken over', async (t) => {
  const home = await folder(t);
  const gone = spawn(process.execPath, ['-e', '']);
  const { pid } = gone;
  await once(gone, 'exit');
  const leftovers = [
    JSON.stringify({ pid, started: 'x' }),
    '{"pid":',
    JSON.stringify({ pid: process.pid, started: '' }),
  ];
  for (const leftover of leftovers) {
    const file = join(home, 'b.lock');
    await writeFile(file, leftover);
    const lock = await takeLock(file);
    assert.ok(isLock(lock), leftover);
    await lock.release();
  }
  assert.deepEqual(await readdir(home), []);
});

test('of many takers of one leftover a single one wins', async (t) => {
  const file = join(await folder(t), 'c.lock');
  const script = `
    import { isLock, takeLock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
    const answer = await takeLock(${JSON.stringify(file)});
    process.stdout.write(isLock(answer) ? 'won' : 'lost');
    process.stdin.once('data', () => process.exit());`;
  await writeFile(file, JSON.stringify({ pid: 999_999_999, started: 'x' }));
  const takers = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  t.after(() => takers.forEach((taker) => void taker.kill()));
  const answers = await Promise.all(takers.map(async (taker) => String(await once(taker.stdout, 'data'))));
  assert.deepEqual(answers.sort(), ['lost', 'lost', 'lost', 'lost', 'lost', 'won']);
});

test('a process is known by its number and its start together', () => {
  assert.ok(isAlive(thisProcess()));
  assert.equal(isAlive({ pid: process.pid, started: 'another' }), false);
  assert.equal(startOf(999_999_999), undefined);
});
