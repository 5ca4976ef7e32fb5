import type { Pool } from 'pg';
import { makeProfile } from '#modules/customers/profiles.ts';
import { confirm, signUp } from '#modules/newsletter/subscriptions.ts';
import { asOwner, ident, tableIdent } from '#platform/database.ts';
import { type Column, personTables, type Table } from '#platform/map.ts';
import { allowStatistics } from '#test/visits.ts';
import type { Filled } from './filled.ts';
import { type House, openHouse } from './house.ts';
import { invent } from './invented.ts';

/** People copied in one statement: enough to be quick, few enough for a progress line now and then. */
const STEP = 50_000;

/**
 * A house with very many people in minutes: a few lives are lived through the gates and then copied row by row in SQL,
 * in every table of persons that the map knows, each copy with numbers, hashes and sealed values of its own. Whatever
 * counts, compares or looks through rows finds what it would find among people who signed up one by one; nothing that
 * was sealed can be opened, since a copy has no key of its own but in name.
 */
export async function openFilledBySql(count: number): Promise<Filled> {
  const house = await openHouse();
  const begun = performance.now();
  const lives = await live(house);
  const keysUrl = new URL(house.superuserUrl);
  keysUrl.pathname = new URL(house.product.keysUrl).pathname;
  for (let made = 0; made < count; made += STEP) {
    const copies = Math.ceil(Math.min(STEP, count - made) / lives.length);
    const first = made / lives.length;
    await asOwner(house.superuserUrl, async (client) => {
      for (const table of personTables(house.product.engine.map))
        await client.query(copy(table), [lives, first, first + copies - 1]);
    });
    await asOwner(keysUrl.href, (client) =>
      client.query(
        `insert into keys.person_key (person, wrapped, master, created_at)
         select ${newNumber('k.person')}, k.wrapped, k.master, k.created_at
           from keys.person_key k, generate_series($2::int, $3::int) n where k.person = any($1)`,
        [lives, first, first + copies - 1],
      ),
    );
    process.stderr.write(`  ${made + copies * lives.length} people\n`);
  }
  await house.product.sealer.seal(new Date());
  for (const url of [house.superuserUrl, keysUrl.href])
    await asOwner(url, (client) => client.query('vacuum analyze'));
  return { house, people: lives, rate: count / ((performance.now() - begun) / 1000) };
}

/** Five people: three with a profile, of whom one has said yes to statistics, and two who get the newsletter. */
async function live({ product, superuserUrl }: House): Promise<string[]> {
  const { gates, engine } = product;
  const now = new Date();
  const people: string[] = [];
  for (const n of [0, 1, 2])
    people.push((await makeProfile(gates, invent('s', n, engine.statement.version), now)).person);
  await allowStatistics(gates, people[0]!, now);
  for (const n of [3, 4]) {
    await signUp(gates, { email: invent('s', n, '').email, topics: ['nyhetsbrev', 'fag'] }, now);
    const [request] = (await pooled(
      product.engine.pools.of('proof'),
      'select person, id from newsletter.request',
    )) as {
      person: string;
      id: string;
    }[];
    await confirm(gates, gates.token('newsletter.confirm', request!.id), undefined, now);
    people.push(request!.person);
  }
  await asOwner(superuserUrl, (client) =>
    client.query('update mail.letter set sent_at = queued_at where sent_at is null'),
  );
  return people;
}

async function pooled(pool: Pool, sql: string): Promise<unknown[]> {
  return (await pool.query(sql)).rows;
}

/** A number that is the same wherever the one it is made of stands, so that rows go on referring to each other. */
const newNumber = (column: string) => `md5(${column}::text || n)::uuid`;

/** Copies the rows of the people `$1` once for each number from `$2` to `$3`. */
function copy({ name, subject, columns }: Table & { subject: string }): string {
  // A running number is drawn anew.
  const copied = columns.filter((column) => !(column.inKey && column.type === 'bigint'));
  const values = copied.map((column) => `${anew(column)} as ${ident(column.name)}`);
  return `insert into ${tableIdent(name)} (${copied.map((column) => ident(column.name)).join(', ')})
    select ${values.join(', ')} from ${tableIdent(name)} t, generate_series($2::int, $3::int) n
     where t.${ident(subject)} = any($1)`;
}

function anew({ name, type, category }: Column): string {
  const value = `t.${ident(name)}`;
  if (type === 'uuid') return newNumber(value);
  if (type === 'vault.sealed')
    return `substr('\\x01'::bytea || sha256(${value} || int4send(n)) || sha256(int4send(n) || ${value}) || sha256(int4send(-n) || ${value}) || ${value}, 1, octet_length(${value}))::vault.sealed`;
  if (type === 'bytea' && category !== 'none') return `sha256(${value} || int4send(n))`;
  return value;
}
