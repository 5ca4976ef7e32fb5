import { SYSTEM } from '#gates/actor.ts';
import { listPeople } from '#modules/customers/people.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { type Figure, figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';
import { invent } from './invented.ts';
import { Loader } from './loader.ts';

/** People whose values open, newer than all that were copied: the pages that are asked for are theirs. */
const REAL = 2000;
const PAGE = 25;
const ASKED = 400;

/**
 * A page of the console's list of people among many, over HTTP: found, opened, and each look journalled before it is
 * answered. Against a plain statement that reads the very same sealed rows as superuser.
 */
export async function people({ people: count, rounds }: { people: number; rounds: number }): Promise<Result> {
  const { house } = await openFilledBySql(count);
  const { gates, engine } = house.product;
  const loader = new Loader();
  try {
    for (let n = 0; n < REAL; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, of) =>
          makeProfile(gates, invent('l', n + of, engine.statement.version), new Date()),
        ),
      );
    const places: string[] = [];
    const listing = { which: 'all', sort: '-active' } as const;
    for (let after: string | undefined; places.length < REAL / PAGE - 2; ) {
      const { next } = await listPeople(gates, listing, { after, limit: PAGE }, SYSTEM, new Date());
      places.push(next!);
      after = next!;
    }
    const anyOf = (all: readonly string[]) => all[Math.floor(Math.random() * all.length)]!;
    const server = await house.serve();
    const path = `/api/v1/people?limit=${PAGE}`;
    const cursors: string[] = [];
    while (cursors.length < places.length) {
      const from = cursors.length === 0 ? path : `${path}&cursor=${cursors.at(-1)}`;
      const http = { port: house.port, cookie: house.cookie, asks: [{ method: 'GET', path: from }] };
      cursors.push((await loader.run({ connections: 1, seconds: 60, http, collect: 'next' })).collected[0]!);
    }
    const figures: Figure[] = [];
    for (const connections of [1, 16]) {
      const product: number[] = [];
      const floor: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const plain = await loader.run({
          connections,
          seconds: 600,
          postgres: {
            url: house.superuserUrl,
            text: `select * from customers.profile p join vault.person v using (person)
                    where (p.active_at, p.person) < ($1::timestamptz, $2::uuid)
                    order by p.active_at desc, p.person desc limit ${PAGE}`,
            values: Array.from({ length: ASKED }, () => anyOf(places).split('/')),
          },
        });
        const asked = await loader.run({
          connections,
          seconds: 600,
          http: {
            port: house.port,
            cookie: house.cookie,
            asks: Array.from({ length: ASKED }, () => ({
              method: 'GET',
              path: `${path}&cursor=${anyOf(cursors)}`,
            })),
          },
        });
        // The first round warms up.
        if (round === 0) continue;
        product.push(asked.p99);
        floor.push(plain.p99);
      }
      figures.push(
        figure(
          `a page of ${PAGE} among ${count} people, ${connections === 1 ? 'one at a time' : '16 at once'}, p99`,
          'ms',
          product,
          { what: 'SELECT of the same rows, sealed as they are', rounds: floor },
          { text: 'p99 < 100 ms', keeps: (median) => median < 100 },
        ),
      );
    }
    await server.stop();
    return { bench: 'people', figures };
  } finally {
    loader.stop();
    await house.close();
  }
}
