import pg from 'pg';
import { tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';
import type { House } from './house.ts';

/** Of all people, how many are due in a round. */
const SHARE = 0.01;

const HOUR = 3_600_000;

/**
 * Rounds of keeping, hour by hour, among many people of whom one in a hundred is past their date: each is erased, with a
 * receipt and an entry in the journal; the round after looks at them once more, and then there is nothing to do. Against the bare
 * deletes of as many others' rows and keys, by number, on the same tables; and against those deletes with as many bare rows
 * written as the promise makes a round leave behind.
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
  const begun = Date.now();
  let hour = 0;
  const { gates } = house.product;
  const keep = async (into: number[], hours = 1): Promise<number> => {
    hour += hours;
    const from = performance.now();
    const { erased } = await gates.keep(new Date(begun + hour * HOUR));
    into.push((performance.now() - from) / 1000);
    return erased;
  };
  try {
    await Promise.all([main.connect(), keys.connect()]);
    for (const [of, name] of LEFT)
      await main.query(`create table ${name} (like ${of} including indexes including identity)`);
    // What the filler's own time makes due is not measured.
    await keep([]);
    const count = Math.round(people * SHARE);
    const product: number[] = [];
    const [after, idle, first]: [number[], number[], number[]] = [[], [], []];
    const [floor, leaving]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const chosen = await choose(main, 3 * count);
      floor.push(await bare(house, main, keys, chosen.slice(count, 2 * count)));
      leaving.push(await bare(house, main, keys, chosen.slice(2 * count), leave));
      await main.query(
        `update customers.profile set active_at = now() - interval '13 months' where person = any($1)`,
        [chosen.slice(0, count)],
      );
      await main.query('vacuum analyze');
      await keys.query('vacuum analyze');
      const erased = await keep(product);
      if (erased !== count) throw new Error(`${erased} of ${count} were erased`);
      await keep(after);
      await keep(idle);
      const [last, deletes, withRows] = [product, floor, leaving].map((all) => all.at(-1)!.toFixed(2));
      process.stderr.write(`keep ${last} s, bare ${deletes} s, bare with what is left ${withRows} s\n`);
    }
    await keep(first, 24);
    const due = `keep, ${count} of ${people} people due`;
    return {
      bench: 'keep',
      figures: [
        figure(
          due,
          's',
          product,
          { what: 'DELETE of as many people’s rows and keys', rounds: floor },
          { text: '≤ 2 × floor', keeps: (_, ratio) => ratio <= 2 },
        ),
        figure(`${due}, beside all it must write`, 's', product, {
          what: 'the same, and INSERT of as many decisions, receipts and journal entries',
          rounds: leaving,
        }),
        figure(`keep, the round after ${count} erasures`, 's', after),
        figure(`keep, nobody due of ${people}`, 's', idle),
        figure(`keep, nobody due of ${people}, a day’s first`, 's', first),
      ],
    };
  } finally {
    await Promise.all([main.end(), keys.end()]);
    await house.close();
  }
}

/** What a round leaves behind of each person, and the plain tables that the floor writes as much into. */
const LEFT = [
  ['gate.erasure', 'public.bare_erasure'],
  ['gate.receipt', 'public.bare_receipt'],
  ['journal.entry', 'public.bare_entry'],
] as const;

/** As many bytes as an erasure's receipt usually has. */
const RECEIPT_BYTES = 1400;

async function leave(main: pg.Client, people: readonly string[]): Promise<void> {
  const one = `unnest($1::uuid[]) person`;
  await main.query(
    `insert into public.bare_erasure (person, id, asked_by, ground, decided_at, done_at)
     select person, gen_random_uuid(), 'keep', 'k.as-needed', now(), now() from ${one}`,
    [people],
  );
  await main.query(
    `insert into public.bare_receipt (person, id, kind, body, at)
     select person, gen_random_uuid(), 'erasure', person || repeat('x', ${RECEIPT_BYTES}), now() from ${one}`,
    [people],
  );
  await main.query(
    `insert into public.bare_entry (at, gate, act, person, actor, purpose, statement, digest)
     select now(), 'answer', 'erase', person, 'system', 'rights', '3.0', uuid_send(person) || uuid_send(person) from ${one}`,
    [people],
  );
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
  also: (main: pg.Client, people: readonly string[]) => Promise<void> = async () => {},
): Promise<number> {
  const begun = performance.now();
  await main.query('begin');
  for (const { name, subject } of personTables(house.product.engine.map).filter(({ end }) => end !== 'stays'))
    await main.query(`delete from ${tableIdent(name)} where ${subject} = any($1)`, [people]);
  await also(main, people);
  await main.query('commit');
  await keys.query('delete from keys.person_key where person = any($1)', [people]);
  return (performance.now() - begun) / 1000;
}
