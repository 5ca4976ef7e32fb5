import pg from 'pg';
import { tableIdent } from '#platform/database.ts';
import { type Figure, figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';
import type { House } from './house.ts';
import { fill } from './retention.ts';

/**
 * How long a whole proof takes over many people, and over as many with events beside them, against reading every row of
 * every table once.
 */
export async function proof(sizes: { people: number; events: number; rounds: number }): Promise<Result> {
  const { people, events, rounds } = sizes;
  const { house } = await openFilledBySql(people);
  const client = new pg.Client({ connectionString: house.superuserUrl });
  await client.connect();
  try {
    const among = await proved(house, client, `${people} people`, rounds);
    await fill(client, events, new Date());
    const beside = await proved(house, client, `${people} people and ${events} events`, rounds);
    return { bench: 'proof', figures: [among, beside] };
  } finally {
    await client.end();
    await house.close();
  }
}

async function proved(house: House, client: pg.Client, what: string, rounds: number): Promise<Figure> {
  const proofs: number[] = [];
  const reads: number[] = [];
  let broken = 0;
  for (let round = 0; round < rounds; round += 1) {
    let begun = performance.now();
    for (const { name } of house.product.engine.map.tables)
      await client.query(`select count(*), sum(length(t::text)) from ${tableIdent(name)} t`);
    reads.push((performance.now() - begun) / 1000);
    begun = performance.now();
    const { checks } = await house.product.prove(new Date());
    proofs.push((performance.now() - begun) / 1000);
    const wrong = checks.filter(({ ok }) => !ok);
    broken = wrong.length;
    for (const { title, detail } of wrong) process.stderr.write(`  ${title}: ${detail}\n`);
  }
  return figure(
    `whole proof over ${what}`,
    's',
    proofs,
    { what: 'every row of every table read once as text', rounds: reads },
    { text: '< 10 s', keeps: (median) => median < 10 },
    { broken },
  );
}
