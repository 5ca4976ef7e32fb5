import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';
import { asOwner } from './database.ts';
import { Fault } from './fault.ts';
import { bindToKeys } from './installation.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

test('a main database opens with the keys database it was made with and with no other', async () => {
  await asOwner(world.product.databaseUrl, async (client) => {
    await bindToKeys(client, { mark: world.product.secrets.mark, used: true });
    await assert.rejects(bindToKeys(client, { mark: '0000000000000000', used: false }), (error: unknown) => {
      assert.ok(error instanceof Fault);
      return /KEYS_URL or DATABASE_URL/.test(error.message);
    });
  });
});

test('a new main database is not bound to keys that people have: their rows are somewhere else', async () => {
  await asOwner(world.product.databaseUrl, async (client) => {
    await client.query('begin');
    await client.query('delete from platform.installation');
    await assert.rejects(bindToKeys(client, { mark: world.product.secrets.mark, used: true }), Fault);
    await client.query('rollback');
  });
});
