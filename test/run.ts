import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { startCluster } from './cluster.ts';

/**
 * Runs the tests named as arguments, or all of them, on one PostgreSQL that they share. The last line counts
 * them; with TOTALS_FILE set it is written there too, for `bin/check` to add up.
 */
const checkout = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
// The tests of the whole product, in test/, take longest: begun first, none of them runs on alone at the end.
const files = asked.length
  ? asked
  : globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: checkout }).sort().reverse();

if (!asked.length) process.chdir(checkout);
const started = process.env.TEST_CLUSTER_URL ? undefined : await startCluster();
if (started) process.env.TEST_CLUSTER_URL = started.superuserUrl;

// What Node makes of the source is kept: reading in the product anew is half of what a small test file takes.
process.env.NODE_COMPILE_CACHE ??= join(checkout, 'node_modules/.cache/hjemmel');

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());

const counts = { passed: 0, failed: 0 };
// A failed test may leave a connection open: its file ends when its tests have, and never holds up the run.
const execArgv = ['--test-force-exit'];
const stream = run({ files, concurrency: 2, execArgv, signal: controller.signal, timeout: 120_000 });
stream.on('test:summary', ({ file, counts: seen }) => {
  if (file !== undefined) return;
  counts.passed = seen.passed + seen.skipped + seen.todo;
  counts.failed = seen.tests - counts.passed;
});
for await (const text of stream.compose(spec)) process.stdout.write(text);
await started?.stop();

const totals = `${counts.passed} passed, ${counts.failed} failed`;
if (process.env.TOTALS_FILE) writeFileSync(process.env.TOTALS_FILE, totals);
process.stdout.write(`${totals}\n`);
process.exitCode = counts.failed || controller.signal.aborted || !counts.passed ? 1 : 0;
