import Fastify from 'fastify';
import { LoopbackRegister } from '#test/register.ts';
import { type Figure, figure, type Result } from './figures.ts';
import { freePort, openHouse } from './house.ts';
import type { HttpAsk, Job } from './load.ts';
import { Loader } from './loader.ts';

/** Different searches that are remembered before anything is timed; the register is asked five a second. */
const SEARCHES = 30;
const ASKED = 4000;
/** Searches that wait for a register that does not answer, while those remembered are timed. */
const WAITING = 30;

/**
 * A search for companies that is remembered, over HTTP, with the register well and with it hanging: an answer at hand must
 * not wait for one that is not. Against a bare Fastify that answers the same bytes.
 */
export async function companies({ rounds }: { rounds: number }): Promise<Result> {
  const register = await LoopbackRegister.open();
  for (let n = 0; n < SEARCHES * 20; n += 1)
    register.units.set(String(n).padStart(9, '0'), {
      name: `BEDRIFT ${n % SEARCHES} NR ${n} AS`,
      employees: n,
    });
  process.env.BRREG_URL = register.url;
  const house = await openHouse();
  const loader = new Loader();
  const bare = Fastify();
  try {
    const server = await house.serve();
    const paths = Array.from({ length: SEARCHES }, (_, n) => `/api/v1/companies?q=bedrift%20${n}%20nr`);
    const page = await fetch(`http://127.0.0.1:${house.port}${paths[0]}`).then((answer) => answer.json());
    bare.get('/api/v1/companies', async () => page);
    const port = await freePort();
    await bare.listen({ port, host: '127.0.0.1' });
    const run = (to: number, connections: number, asks: readonly HttpAsk[]) =>
      loader.run({ connections, seconds: 600, http: { port: to, cookie: '', asks } } satisfies Job);
    await run(
      house.port,
      4,
      paths.map((path) => ({ method: 'GET', path })),
    );
    const asks = Array.from({ length: ASKED }, (_, n) => ({ method: 'GET', path: paths[n % SEARCHES]! }));
    const figures: Figure[] = [];
    for (const [name, connections, hangs] of [
      ['one at a time', 1, false],
      ['16 at once', 16, false],
      ['one at a time while the register hangs', 1, true],
    ] as const) {
      const product: number[] = [];
      const floor: number[] = [];
      register.instead = () => hangs;
      for (let round = 0; round <= rounds; round += 1) {
        const plain = await run(port, connections, asks);
        const unanswered = Array.from({ length: hangs ? WAITING : 0 }, (_, n) =>
          fetch(`http://127.0.0.1:${house.port}/api/v1/companies?q=ukjent%20${round}%20${n}`),
        );
        const asked = await run(house.port, connections, asks);
        if (asked.failed > 0) throw new Error(`a search that is remembered failed: ${asked.failure}`);
        await Promise.all(unanswered);
        // The first round warms up.
        if (round === 0) continue;
        product.push(asked.p99);
        floor.push(plain.p99);
      }
      figures.push(
        figure(
          `company search from memory, ${name}, p99`,
          'ms',
          product,
          { what: 'bare Fastify answering the same', rounds: floor },
          connections === 1 ? { text: 'p99 < 5 ms', keeps: (median) => median < 5 } : undefined,
        ),
      );
    }
    await server.stop();
    return { bench: 'companies', figures };
  } finally {
    loader.stop();
    await bare.close();
    await house.close();
    await register.close();
  }
}
