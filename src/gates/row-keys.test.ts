import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FINDABLE } from '#modules/customers/company.ts';
import { asOwner } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import { founder } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { rowKeys } from './row-keys.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

test('0.security: clients recorded before they could be sought are found after the next start', async () => {
  const { engine, databaseUrl } = world.product;
  await founder(world, 'kari@firma.example');
  const ended = await founder(world, 'ola@firma.example');
  await world.call('DELETE', `clients/${ended.client}`, { as: ended.cookie });
  const tables = [...new Set(FINDABLE.map(({ table }) => table))];
  const hashes = () =>
    Promise.all(
      tables.map((table) => world.sql(`select id, number_hash, name_hash from ${table} order by id`)),
    );
  const made = await hashes();
  for (const { table, hash } of FINDABLE) await world.sql(`update ${table} set ${hash} = null`);
  const run = () =>
    asOwner(databaseUrl, (client) => inTransaction(client, () => rowKeys(engine, client, FINDABLE)));
  assert.ok((await run()) >= FINDABLE.length);
  assert.deepEqual(await hashes(), made);
  assert.equal(await run(), 0, 'and it is not done twice');
});
