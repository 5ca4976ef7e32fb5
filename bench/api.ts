import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { SYSTEM } from '#gates/actor.ts';
import { makeToken } from '#modules/integrations/tokens.ts';
import { asOwner } from '#platform/database.ts';
import { figure, type Result, spread } from './figures.ts';
import { freePort, type House, openHouse, type Server } from './house.ts';
import { invent } from './invented.ts';
import { Loader } from './loader.ts';
import { familyOf, postgresOf, processorTime } from './processes.ts';
import type { Sizes } from './run.ts';

const CONNECTIONS = 32;
const PEOPLE = 500;
/** More asks than any round gets through. */
const PLENTY = 60_000;

/**
 * What another system gets out of the API with a key of its own: people looked at, each look journalled, a list page by
 * page, and small answers from memory. Beside a bare Fastify that answers with one row of the same server by its number.
 */
export async function api({ rounds, seconds }: Sizes): Promise<Result> {
  const house = await openHouse();
  const loader = new Loader();
  const { gates, engine } = house.product;
  const bareAt = await freePort();
  const bare = fork(new URL('bare.ts', import.meta.url), [house.floorUrl, String(bareAt)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const server = await house.serve();
  try {
    const at = new Date();
    const [maker] = await gates.use('rights', SYSTEM).find('email', 'vakt@operator.example');
    const scopes = ['customer', 'accountability'];
    const { token: key } = await makeToken(
      { gates, actor: { kind: 'staff', id: maker!, roles: ['administrator'] }, at },
      { name: 'bench', scopes, days: 1 },
      scopes,
    );
    const made = await loader.run({
      connections: 16,
      seconds: 600,
      http: {
        port: house.port,
        cookie: '',
        asks: Array.from({ length: PEOPLE }, (_, one) => ({
          method: 'POST',
          path: '/api/v1/profiles',
          body: JSON.stringify(invent('api', one, engine.statement.version)),
        })),
      },
      collect: 'person',
    });
    // Their letters count as sent, as they would be after a minute.
    await asOwner(house.superuserUrl, (client) =>
      client.query('update mail.letter set sent_at = queued_at where sent_at is null'),
    );
    const rows = Array.from({ length: PEOPLE }, () => randomUUID());
    await asOwner(house.floorUrl, async (client) => {
      await client.query('create table one (id uuid primary key, body text not null)');
      const body = JSON.stringify(invent('floor', 0, engine.statement.version));
      await client.query('insert into one select id, $2 from unnest($1::uuid[]) id', [rows, body]);
    });
    if (bare.exitCode === null && !bare.connected) throw new Error('the floor did not come up');
    const any = (paths: readonly string[]) =>
      Array.from({ length: PLENTY }, () => ({
        method: 'GET',
        path: paths[Math.floor(Math.random() * paths.length)]!,
      }));
    const run = (port: number, paths: readonly string[]) =>
      loader.run({ connections: CONNECTIONS, seconds, http: { port, cookie: '', key, asks: any(paths) } });
    const measure = async (paths: readonly string[]) => {
      const before = await used(server, house);
      const { rate, p99, done } = await run(house.port, paths);
      const after = await used(server, house);
      const each = (whose: keyof typeof after) => ((after[whose] - before[whose]) * 1000) / done;
      return { rate, p99, server: each('server'), postgres: each('postgres') };
    };
    const reads: Record<string, readonly string[]> = {
      'a person, the look journalled': made.collected.map((person) => `/api/v1/persons/${person}`),
      'small answers': ['/api/v1/newsletter/topics', '/api/v1/promises'],
      'proofs there have been': ['/api/v1/proof/runs'],
    };
    const floor: number[] = [];
    const measured = new Map(
      Object.keys(reads).map((name) => [name, [] as Awaited<ReturnType<typeof measure>>[]]),
    );
    for (let round = 0; round < rounds; round += 1) {
      floor.push(
        (
          await run(
            bareAt,
            rows.map((id) => `/api/v1/persons/${id}`),
          )
        ).rate,
      );
      for (const [name, paths] of Object.entries(reads)) measured.get(name)!.push(await measure(paths));
    }
    const what = 'bare Fastify answering with one row by its number';
    return {
      bench: 'api',
      figures: [...measured].map(([name, outcomes]) =>
        figure(
          name,
          '1/s',
          outcomes.map(({ rate }) => rate),
          { what, rounds: floor },
          { text: '≥ 3 000/s', keeps: (median) => median >= 3000 },
          {
            p99ms: Math.max(...outcomes.map(({ p99 }) => p99)),
            // Other work on the machine takes from the rates, and hardly adds to these.
            serverMicroseconds: spread(outcomes.map(({ server }) => server)).median,
            postgresMicroseconds: spread(outcomes.map(({ postgres }) => postgres)).median,
          },
        ),
      ),
    };
  } finally {
    loader.stop();
    await server.stop();
    if (bare.exitCode === null) {
      bare.disconnect();
      await once(bare, 'exit');
    }
    await house.close();
  }
}

/** Milliseconds of processor time that the server, and PostgreSQL, have taken until now. */
async function used({ child }: Server, { dataDir }: House): Promise<{ server: number; postgres: number }> {
  const sum = async (pids: readonly number[]) =>
    (await Promise.all(pids.map(processorTime))).reduce((total, one) => total + one, 0);
  return { server: await sum(await familyOf(child.pid!)), postgres: await sum(await postgresOf(dataDir)) };
}
