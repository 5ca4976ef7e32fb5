import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '#platform/embedded.ts';
import { figure, type Result } from './figures.ts';
import { freePort, startServer } from './house.ts';
import { familyOf, type Memory, memoryOf, postgresOf } from './processes.ts';

/** How long the product is left alone before its memory is read. */
const IDLE_SECONDS = 60;

/** First and second start with the demo, and what the product holds when nobody uses it. */
export async function start(rounds: number): Promise<Result> {
  const times = {
    first: [] as number[],
    second: [] as number[],
    plainFirst: [] as number[],
    plainSecond: [] as number[],
  };
  const idle = { node: [] as Memory[], postgres: [] as Memory[], floor: [] as Memory[] };
  for (let round = 0; round < rounds; round += 1) {
    const bare = await mkdtemp(join(tmpdir(), 'hjemmel-bench-'));
    const whole = await mkdtemp(join(tmpdir(), 'hjemmel-bench-'));
    try {
      times.plainFirst.push(await plainStart(bare));
      times.plainSecond.push(await plainStart(bare, idle.floor));
      const port = await freePort();
      const first = await startServer(whole, port, []);
      times.first.push(first.startedIn / 1000);
      await first.stop();
      const second = await startServer(whole, port, []);
      times.second.push(second.startedIn / 1000);
      if (round === 0) {
        await pause(IDLE_SECONDS * 1000);
        const postgres = await postgresOf(whole);
        // The server's own processes descend from the program that started it.
        const node = (await familyOf(second.child.pid!)).filter((pid) => !postgres.includes(pid));
        idle.node.push(await memoryOf(node));
        idle.postgres.push(await memoryOf(postgres));
      }
      await second.stop();
    } finally {
      for (const folder of [bare, whole]) await rm(folder, { recursive: true, force: true });
    }
  }
  const held = idle.node.map(({ pss }, at) => pss + idle.postgres[at]!.pss);
  return {
    bench: 'start',
    figures: [
      figure('first start, with the demo', 's', times.first, {
        what: 'PostgreSQL alone, first start',
        rounds: times.plainFirst,
      }),
      figure(
        'second start',
        's',
        times.second,
        { what: 'PostgreSQL alone, second start', rounds: times.plainSecond },
        { text: '< 10 s', keeps: (median) => median < 10 },
      ),
      figure(
        `memory after ${IDLE_SECONDS} s idle, proportional`,
        'MB',
        held,
        {
          what: 'PostgreSQL without connections, and a Node that does nothing',
          rounds: idle.floor.map(({ pss }) => pss),
        },
        { text: '< 350 MB', keeps: (median) => median < 350 },
        { nodePss: idle.node[0]!.pss, postgresPss: idle.postgres[0]!.pss },
      ),
      figure(
        `memory after ${IDLE_SECONDS} s idle, resident`,
        'MB',
        idle.node.map(({ rss }, at) => rss + idle.postgres[at]!.rss),
        { what: 'the same, what is shared counted in each', rounds: idle.floor.map(({ rss }) => rss) },
        undefined,
        { nodeRss: idle.node[0]!.rss, postgresRss: idle.postgres[0]!.rss },
      ),
    ],
  };
}

/** Seconds until PostgreSQL alone is up; `held` is told what it then holds together with an empty Node. */
async function plainStart(dataDir: string, held?: Memory[]): Promise<number> {
  const begun = performance.now();
  const embedded = await openEmbedded(dataDir);
  const took = (performance.now() - begun) / 1000;
  if (held !== undefined) {
    const empty = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)']);
    await once(empty.stdout, 'data');
    held.push(await memoryOf([empty.pid!, ...(await postgresOf(dataDir))]));
    empty.kill();
    await once(empty, 'exit');
  }
  await embedded.stop();
  return took;
}
