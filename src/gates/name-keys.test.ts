import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asOwner } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import { World } from '#test/world.ts';
import { nameKeys } from './name-keys.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

test('0.security: people recorded before names could be sought are found by theirs after the next start', async () => {
  const { engine, databaseUrl } = world.product;
  await world.person('kari@firma.example', { name: 'Kari Granli' });
  await world.subscriber('uten.navn@post.example');
  const made = await world.sql(`delete from vault.lookup where kind = 'name' returning person, hash`);
  const run = () => asOwner(databaseUrl, (client) => inTransaction(client, () => nameKeys(engine, client)));
  assert.equal(await run(), 1);
  assert.deepEqual(await world.sql(`select person, hash from vault.lookup where kind = 'name'`), made);
  assert.equal(await run(), 0, 'and it is not done twice');
});
