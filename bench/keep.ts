import pg from 'pg';
import { tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { figure, type Result } from './figures.ts';
import { openFilledBySql } from './filled-by-sql.ts';
import type { House } from './house.ts';
import { postgresOf, processorTime } from './processes.ts';

/** Of all people, how many are due in a round. */
const SHARE = 0.01;

const HOUR = 3_600_000;

/** Rounds of one thing: seconds on the clock, and seconds of the processor, this process and all PostgreSQL together. */
class Times {
  readonly clock: number[] = [];
  readonly processor: number[] = [];

  async add<T>({ dataDir }: House, work: () => Promise<T>): Promise<T> {
    const [begun, spent] = [performance.now(), await spentBy(dataDir)];
    const done = await work();
    this.clock.push((performance.now() - begun) / 1000);
    this.processor.push(((await spentBy(dataDir)) - spent) / 1000);
    return done;
  }
}

/** Milliseconds of processor time so far. */
async function spentBy(dataDir: string): Promise<number> {
  const all = await Promise.all([...(await postgresOf(dataDir)), process.pid].map(processorTime));
  return all.reduce((sum, one) => sum + one, 0);
}

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
  const keep = async (into: Times, hours = 1): Promise<number> => {
    hour += hours;
    const { erased } = await into.add(house, () => gates.keep(new Date(begun + hour * HOUR)));
    return erased;
  };
  try {
    await Promise.all([main.connect(), keys.connect()]);
    for (const [of, name] of LEFT)
      await main.query(`create table ${name} (like ${of} including indexes including identity)`);
    // What the filler's own time makes due is not measured.
    await keep(new Times());
    const count = Math.round(people * SHARE);
    const [product, after, idle, first] = [new Times(), new Times(), new Times(), new Times()];
    const [floor, leaving] = [new Times(), new Times()];
    for (let round = 0; round < rounds; round += 1) {
      const chosen = await choose(main, 3 * count);
      await floor.add(house, () => bare(house, main, keys, chosen.slice(count, 2 * count)));
      await leaving.add(house, () => bare(house, main, keys, chosen.slice(2 * count), leave));
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
      const [last, deletes, withRows] = [product, floor, leaving].map(({ clock, processor }) =>
        [clock, processor].map((all) => all.at(-1)!.toFixed(2)).join(' / '),
      );
      process.stderr.write(`keep ${last} s, bare ${deletes} s, bare with what is left ${withRows} s\n`);
    }
    await keep(first, 24);
    const due = `keep, ${count} of ${people} people due`;
    const deletes = 'DELETE of as many people’s rows and keys';
    const withRows = 'the same, and INSERT of as many decisions, receipts and journal entries';
    const beside = (what: string, { clock: rounds }: Times) => ({ what, rounds });
    const spent = (what: string, { processor: rounds }: Times) => ({ what, rounds });
    return {
      bench: 'keep',
      figures: [
        figure(due, 's', product.clock, beside(deletes, floor), {
          text: '≤ 2 × floor',
          keeps: (_, ratio) => ratio <= 2,
        }),
        figure(`${due}, beside all it must write`, 's', product.clock, beside(withRows, leaving)),
        figure(`${due}, processor`, 's', product.processor, spent(deletes, floor)),
        figure(
          `${due}, beside all it must write, processor`,
          's',
          product.processor,
          spent(withRows, leaving),
        ),
        figure(`keep, the round after ${count} erasures`, 's', after.clock),
        figure(`keep, nobody due of ${people}`, 's', idle.clock),
        figure(`keep, nobody due of ${people}, a day’s first`, 's', first.clock),
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
): Promise<void> {
  await main.query('begin');
  for (const { name, subject } of personTables(house.product.engine.map).filter(({ end }) => end !== 'stays'))
    await main.query(`delete from ${tableIdent(name)} where ${subject} = any($1)`, [people]);
  await also(main, people);
  await main.query('commit');
  await keys.query('delete from keys.person_key where person = any($1)', [people]);
}
