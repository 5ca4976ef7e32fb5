import pg from 'pg';
import { tableIdent } from '#platform/database.ts';
import { figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';

/** How long a whole proof takes over many people, against reading every row of every table once. */
export async function proof({ people, rounds }: { people: number; rounds: number }): Promise<Result> {
  const { house } = await openFilledBySql(people);
  const client = new pg.Client({ connectionString: house.superuserUrl });
  await client.connect();
  try {
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
    return {
      bench: 'proof',
      figures: [
        figure(
          `whole proof over ${people} people`,
          's',
          proofs,
          { what: 'every row of every table read once as text', rounds: reads },
          undefined,
          { broken },
        ),
      ],
    };
  } finally {
    await client.end();
    await house.close();
  }
}
