import { SYSTEM } from '#gates/actor.ts';
import { asOwner, ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { type Figure, figure, quantile, type Result } from './figures.ts';
import type { Filled } from './filled.ts';
import { Loader } from './loader.ts';

/** Requests in a round over one connection, and over sixteen. */
const ALONE = 150;
const CROWD = 800;

interface Times {
  readonly p50: number;
  readonly p99: number;
}

/**
 * What it takes to answer and to erase a person among many, over HTTP and straight through the gates, against plain
 * statements that read or delete the very same rows as superuser.
 */
export async function vault({ house, people, rate }: Filled, rounds: number): Promise<Result> {
  const loader = new Loader();
  const tables = personTables(house.product.engine.map).filter(({ name }) => name !== 'journal.entry');
  const rowsOf = tables.map(
    ({ name, subject }) => `(select json_agg(t) from ${tableIdent(name)} t where ${ident(subject)} = $1)`,
  );
  const deletes = tables
    .filter(({ end }) => end !== 'stays')
    .map(
      ({ name, subject }, at) => `d${at} as (delete from ${tableIdent(name)} where ${ident(subject)} = $1)`,
    );
  const plain = {
    access: `select ${rowsOf.join(', ')}`,
    erasure: `with ${deletes.join(', ')} select`,
  };
  // Whoever is read may be read again; whoever is erased is taken from the end.
  const left = [...people];
  const take = (count: number, act: 'access' | 'erasure') =>
    act === 'erasure'
      ? left.splice(-count)
      : Array.from({ length: count }, () => left[Math.floor(Math.random() * left.length)]!);
  const over = (act: 'access' | 'erasure', connections: number) =>
    loader.run({
      connections,
      seconds: 600,
      http: {
        port: house.port,
        cookie: house.cookie,
        asks: take(connections === 1 ? ALONE : CROWD, act).map((person) =>
          act === 'access'
            ? { method: 'GET', path: `/api/v1/persons/${person}/items?reason=asked` }
            : { method: 'DELETE', path: `/api/v1/persons/${person}` },
        ),
      },
    });
  const beside = (act: 'access' | 'erasure', connections: number) =>
    loader.run({
      connections,
      seconds: 600,
      postgres: {
        url: house.superuserUrl,
        text: plain[act],
        values: take(connections === 1 ? ALONE : CROWD, act).map((person) => [person]),
      },
    });
  const through = async (act: 'access' | 'erasure'): Promise<Times> => {
    const { answer } = house.product.gates;
    const times: number[] = [];
    for (const person of take(ALONE, act)) {
      const begun = performance.now();
      if (act === 'access') await answer.access(person, SYSTEM, new Date());
      else await answer.erase(person, SYSTEM, new Date());
      times.push(performance.now() - begun);
    }
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  };

  try {
    const server = await house.serve();
    const figures: Figure[] = [
      figure(`${people.length} people signed up, through the gates`, '1/s', [rate], {
        what: 'INSERT of one row each, 64 rows a statement, two connections',
        rounds: [await plainFill(house.floorUrl, loader)],
      }),
    ];
    for (const act of ['access', 'erasure'] as const) {
      const limit = act === 'access' ? 200 : 500;
      const target = { text: `p99 < ${limit} ms`, keeps: (median: number) => median < limit };
      const measured: Record<string, Times[]> = { one: [], many: [], gates: [], plainOne: [], plainMany: [] };
      for (let round = 0; round <= rounds; round += 1) {
        const now: Record<string, Times> = {
          plainOne: await beside(act, 1),
          one: await over(act, 1),
          gates: await through(act),
          plainMany: await beside(act, 16),
          many: await over(act, 16),
        };
        // The first round warms up.
        if (round > 0) for (const [name, times] of Object.entries(now)) measured[name]!.push(times);
      }
      const all = (name: string, which: keyof Times) => measured[name]!.map((times) => times[which]);
      const what = act === 'access' ? 'SELECT of the same rows' : 'DELETE of the same rows';
      for (const which of ['p50', 'p99'] as const) {
        const alone = { what, rounds: all('plainOne', which) };
        const among = { what, rounds: all('plainMany', which) };
        const held = which === 'p99' ? target : undefined;
        figures.push(
          figure(`${act}, HTTP, one at a time, ${which}`, 'ms', all('one', which), alone, held),
          figure(`${act}, HTTP, 16 at once, ${which}`, 'ms', all('many', which), among, held),
          figure(`${act}, gates, one at a time, ${which}`, 'ms', all('gates', which), alone, held),
        );
      }
    }
    await server.stop();
    return { bench: 'vault', figures };
  } finally {
    loader.stop();
  }
}

async function plainFill(url: string, loader: Loader): Promise<number> {
  await asOwner(url, (client) =>
    client.query('create table filled (id uuid primary key default gen_random_uuid(), body text not null)'),
  );
  const bodies = Array.from({ length: 64 }, () => 'x'.repeat(220));
  const { rate } = await loader.run({
    connections: 2,
    seconds: 5,
    postgres: {
      url,
      text: 'insert into filled (body) select * from unnest($1::text[])',
      values: Array.from({ length: 5000 }, () => [bodies]),
    },
  });
  return rate * 64;
}
