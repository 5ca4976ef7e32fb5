import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command } from '#test/command.ts';
import { Restorable } from '#test/restorable.ts';
import { World } from '#test/world.ts';

let house: Restorable;
let world: World;
before(async () => {
  house = await Restorable.open();
  world = house.world;
});
after(() => house.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const manner = { surface: 'newsletter-preferences', method: 'button' };

test('r.withdraw: rows that a kill left restored and not replayed serve nobody before the next start has replayed them', async () => {
  const { gates } = world.product;
  const cookie = await world.person('between@firma.example');
  await world.subscriber('between@firma.example');
  const id = (await world.idOf('between@firma.example'))!;
  const place = await house.backup();
  house.later(1);
  await gates.answer.withdraw(id, 'newsletter', self(id), manner, world.now);
  // A step of the replay fails, as if the process had been killed in it.
  await world.keysSql('alter table keys.wish rename to wish_away');
  await world.stop();
  const failed = await command(world, `restore ${place} --replace`);
  assert.equal(failed.code, 2);
  const waiting = () => world.sql('select from platform.restoration where replayed_at is null');
  assert.equal((await waiting()).length, 1);
  await assert.rejects(world.start(), 'nothing opens on it');
  assert.equal((await world.sql(`select from consent.active where person = $1`, [id])).length, 1);
  await world.keysSql('alter table keys.wish_away rename to wish');
  await world.start();
  assert.deepEqual(await waiting(), []);
  assert.deepEqual(await world.sql('select from consent.active where person = $1', [id]), []);
  assert.equal((await world.call('GET', 'me', { as: cookie })).status, 401);
  // Run again, the command finds it done, and says what was replayed.
  await world.stop();
  const again = await command(world, `restore ${place} --json --now ${world.now.toISOString()}`);
  await world.start();
  assert.deepEqual(
    [again.code, again.json().replayed.withdrawn, again.json().proof.ok],
    [0, 1, true],
    again.err,
  );
});

test('r.rectify-erase: a restore is refused where it cannot be right, and changes nothing', async (t) => {
  const place = await house.backup();
  const before = await house.digests();
  const refused = async (argv: string, says: RegExp, at: World = world) => {
    const { code, out, err } = await command(at, argv);
    assert.equal(code, 1, out + err);
    assert.match(out, says);
    assert.equal(out.trim().split('\n').length, 1);
  };
  // A server is known by its logins: one that serves has some at every moment.
  await world.product.ready();
  await refused(`restore ${place} --replace`, /^A server runs on this database: stop it/);
  await world.stop();
  await refused(`restore ${join(house.folder, 'nowhere')}`, /^There is no whole backup in/);
  await refused(`restore ${place}`, /^The database is not empty: add --replace/);
  const other = await World.open();
  t.after(() => other.close());
  await other.stop();
  await refused(`restore ${place} --replace`, /^The backup belongs to another installation/, other);
  await other.start();
  const file = join(
    place,
    'main',
    (await readdir(join(place, 'main'))).find((name) => name.includes('vault.person'))!,
  );
  const bytes = await readFile(file);
  await writeFile(file, Buffer.concat([bytes, Buffer.from('x')]));
  await refused(`restore ${place} --replace`, /is not what was written; take another backup/);
  await refused(`backup ${place} --verify`, /is not what was written/);
  await writeFile(file, bytes);
  await world.start();
  const verified = await command(world, `backup ${place} --verify --json`);
  assert.deepEqual([verified.code, verified.json().trusted], [0, true]);
  await refused(`backup ${place} --verify`, /signed by another installation's key/, other);
  await refused(`backup ${place}`, /^There is a backup in .* already/);
  await refused(`backup ${place} --keys`, /^A backup of the rows lies in .*: keep the keys in another place/);
  await refused(`backup ${join(place, 'main', 'deep')} --keys`, /^A backup of the rows lies in/);
  const after = await house.digests();
  assert.deepEqual(after, before);
  const { code, err } = await command(world, 'backup /proc/nowhere');
  assert.deepEqual([code, err.split('\n').length], [2, 2]);
  assert.match(err, /^The backup in \/proc\/nowhere\/main cannot be written/);
});
