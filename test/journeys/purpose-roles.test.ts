import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg, { type Pool } from 'pg';
import { SYSTEM } from '#gates/actor.ts';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
  await world.person('kari@firma.example', { phone: '+4710000001', place: 'Voss' });
  await world.subscriber('kari@firma.example');
});
after(() => world.close());

const purposes = () => Object.entries(world.product.engine.statement.purposes);
const pool = (role: string) => world.product.engine.pools.of(role);

/** Runs each statement by itself and says how PostgreSQL answered: `ok`, or the SQLSTATE. One trip for all of them. */
async function answers(on: Pool, statements: readonly string[]): Promise<string[]> {
  const client = await on.connect();
  try {
    await client.query(`do $do$ declare said text := ''; one text; begin
      foreach one in array array[${statements.map((sql) => pg.escapeLiteral(sql)).join(', ')}] loop
        begin execute one; said := said || ' ok';
        exception when others then said := said || ' ' || sqlstate; end;
      end loop;
      perform set_config('test.said', said, false); end $do$`);
    const { rows } = await client.query<{ said: string }>(`select current_setting('test.said') as said`);
    return rows[0]!.said.trim().split(' ');
  } finally {
    client.release();
  }
}
const answer = async (on: Pool, sql: string) => (await answers(on, [sql]))[0];

/** Categories that the statement gives a purpose, worked out here from its own words alone. */
function may(
  reads: readonly string[],
  columns: readonly { category: string | undefined }[],
): (category: string) => boolean {
  const takesPart = columns.some(
    ({ category }) => category !== 'record.person' && reads.includes(category ?? ''),
  );
  return (category) =>
    takesPart && (category === 'none' || category === 'record.person' || reads.includes(category));
}

test('0.purpose: PostgreSQL refuses the newsletter a phone number, and gives it the name', async () => {
  assert.equal(await answer(pool('newsletter'), 'select phone from vault.person'), '42501');
  assert.equal(await answer(pool('newsletter'), 'select * from vault.person'), '42501');
  assert.equal(await answer(pool('newsletter'), 'select name from vault.person'), 'ok');
  const rows = await world.product.gates.use('newsletter', SYSTEM).rows('select name from vault.person');
  assert.equal(rows.length, 1);
  await assert.rejects(
    world.product.gates.use('newsletter', SYSTEM).rows('select phone from vault.person'),
    (error) => codeOf(error) === '42501',
  );
});

test('0.purpose: each purpose reads the columns that the statement gives it, and every other is refused', async () => {
  const columns = world.product.engine.map.tables.flatMap((table) =>
    table.columns.map(({ name, category = '' }) => ({ table, name, category })),
  );
  const asks = columns.map(
    ({ table, name }) => `select ${ident(name)} from ${tableIdent(table.name)} limit 0`,
  );
  const wanted: string[] = [];
  for (const [purpose, { reads }] of purposes()) {
    const said = await answers(pool(purpose), asks);
    for (const [at, { table, name, category }] of columns.entries()) {
      const isPersonal = table.subject !== undefined && table.subject !== 'none';
      const isOpen = table.readers === undefined || table.purpose === purpose;
      wanted.push(isPersonal && isOpen && may(reads, table.columns)(category) ? 'ok' : '42501');
      assert.equal(said[at], wanted.at(-1), `${purpose}: ${table.name}.${name}`);
    }
  }
  const given = wanted.filter((one) => one === 'ok').length;
  assert.ok(given > 100 && wanted.length - given > 1000, `${given} of ${wanted.length} are given`);
});

test('0.purpose: no purpose writes, locks, empties or changes any table', async () => {
  const before = await world.state();
  const tries = world.product.engine.map.tables.flatMap(({ name, columns }) => {
    const [table, column] = [tableIdent(name), ident(columns.at(-1)!.name)];
    return [
      `insert into ${table} (${column}) values (null)`,
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `select ${column} from ${table} for update`,
      `alter table ${table} add column note text`,
    ];
  });
  for (const [purpose] of purposes())
    for (const [at, said] of (await answers(pool(purpose), tries)).entries())
      assert.equal(said, '42501', `${purpose}: ${tries[at]}`);
  assert.deepEqual(await world.state(), before);
});

test('0.security: no purpose takes another role, leaves its own, or reads what lies beside the tables', async () => {
  const prefix = world.config.rolePrefix;
  for (const [purpose] of purposes()) {
    const tries = [
      `set role ${prefix}_answer`,
      `set role ${prefix}_collect`,
      'set role postgres',
      'set session authorization postgres',
      'create table public.mine (x int)',
      'create schema mine',
      'create temporary table mine as select person from vault.person',
      `copy (select 1) to '/tmp/hjemmel-test'`,
      `select pg_read_file('PG_VERSION')`,
      'select * from pg_authid',
      'alter table vault.person disable row level security',
      'alter role current_user superuser',
      `select lo_import('/etc/passwd')`,
    ];
    for (const [at, said] of (await answers(pool(purpose), tries)).entries())
      assert.equal(said, '42501', `${purpose}: ${tries[at]}`);
    const client = await pool(purpose).connect();
    await client.query('reset role; set row_security = off');
    await assert.rejects(
      client.query('select person from vault.person'),
      (error) => codeOf(error) === '42501',
    );
    client.release(true);
  }
});

test('r.object-restrict: rows of who may not be used are not there for a purpose, whatever it asks', async () => {
  const email = 'siv@firma.example';
  const cookie = await world.person(email);
  await world.subscriber(email);
  const id = (await world.idOf(email))!;
  const seen = async (purpose: string, table: string) =>
    (await pool(purpose).query(`select person from ${table} where person = $1`, [id])).rowCount! > 0;
  for (const table of ['vault.person', 'vault.lookup', 'newsletter.subscription'])
    assert.equal(await seen('newsletter', table), true, table);
  await world.call('PUT', 'me/objections/newsletter', { as: cookie });
  for (const table of ['vault.person', 'vault.lookup', 'newsletter.subscription'])
    assert.equal(await seen('newsletter', table), false, table);
  assert.equal(await seen('customer', 'vault.person'), true);
  await world.call('PUT', 'me/restriction', { as: cookie, body: { reason: 'accuracy' } });
  for (const [purpose, { duringRestriction, basis }] of purposes()) {
    if ((await answer(pool(purpose), 'select person from vault.person limit 0')) !== 'ok') continue;
    const isOpen = duringRestriction !== undefined && basis !== 'A6-1-a';
    assert.equal(await seen(purpose, 'vault.person'), isOpen, purpose);
  }
});

test('r.withdraw: who has not consented is not there for a purpose that rests on consent', async () => {
  await world.person('uten@firma.example');
  const id = await world.idOf('uten@firma.example');
  for (const [purpose, { basis }] of purposes()) {
    if (basis !== 'A6-1-a') continue;
    if ((await answer(pool(purpose), 'select person from vault.person limit 0')) !== 'ok') continue;
    const { rowCount } = await pool(purpose).query('select from vault.person where person = $1', [id]);
    assert.equal(rowCount, 0, purpose);
  }
});
