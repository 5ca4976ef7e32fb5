import pg from 'pg';
import { tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';
import type { House } from './house.ts';

/** Of all people, how many are due in a round. */
const SHARE = 0.01;

/**
 * A round of keeping among many people of whom one in a hundred is past their date: each is erased, with a receipt and
 * an entry in the journal. Against the bare deletes of as many others' rows and keys, by number, on the same tables.
 */
export async function keeping({ people, rounds }: { people: number; rounds: number }): Promise<Result> {
  const { house } = await openFilledBySql(people);
  const url = (of: string) => {
    const own = new URL(house.superuserUrl);
    own.pathname = new URL(of).pathname;
    return own.href;
  };
  const main = new pg.Client({ connectionString: url(house.product.databaseUrl) });
  const keys = new pg.Client({ connectionString: url(house.product.keysUrl) });
  try {
    await Promise.all([main.connect(), keys.connect()]);
    // What the filler's own time makes due is not measured.
    await house.product.gates.keep(new Date());
    const count = Math.round(people * SHARE);
    const product: number[] = [];
    const floor: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const chosen = await choose(main, 2 * count);
      floor.push(await bare(house, main, keys, chosen.slice(count)));
      await main.query(
        `update customers.profile set active_at = now() - interval '13 months' where person = any($1)`,
        [chosen.slice(0, count)],
      );
      await main.query('vacuum analyze');
      await keys.query('vacuum analyze');
      let begun = performance.now();
      const { erased } = await house.product.gates.keep(new Date());
      product.push((performance.now() - begun) / 1000);
      if (erased !== count) throw new Error(`${erased} of ${count} were erased`);
      begun = performance.now();
      await house.product.gates.keep(new Date());
      idle.push((performance.now() - begun) / 1000);
      process.stderr.write(`keep ${product.at(-1)!.toFixed(2)} s, bare ${floor.at(-1)!.toFixed(2)} s\n`);
    }
    return {
      bench: 'keep',
      figures: [
        figure(
          `keep, ${count} of ${people} people due`,
          's',
          product,
          { what: 'DELETE of as many people’s rows and keys', rounds: floor },
          { text: '≤ 2 × floor', keeps: (_, ratio) => ratio <= 2 },
        ),
        figure(`keep, nobody due of ${people}`, 's', idle),
      ],
    };
  } finally {
    await Promise.all([main.end(), keys.end()]);
    await house.close();
  }
}

/** People of whom nothing but a profile is kept, and who are free to go. */
async function choose(main: pg.Client, count: number): Promise<string[]> {
  const { rows } = await main.query<{ person: string }>(
    `select person from customers.profile p
      where not exists (select from gate.restriction r where r.person = p.person)
        and not exists (select from gate.collection c where c.person = p.person and c.purpose <> 'customer')
      order by person limit $1`,
    [count],
  );
  return rows.map(({ person }) => person);
}

async function bare(
  house: House,
  main: pg.Client,
  keys: pg.Client,
  people: readonly string[],
): Promise<number> {
  const begun = performance.now();
  await main.query('begin');
  for (const { name, subject } of personTables(house.product.engine.map).filter(({ end }) => end !== 'stays'))
    await main.query(`delete from ${tableIdent(name)} where ${subject} = any($1)`, [people]);
  await main.query('commit');
  await keys.query('delete from keys.person_key where person = any($1)', [people]);
  return (performance.now() - begun) / 1000;
}
