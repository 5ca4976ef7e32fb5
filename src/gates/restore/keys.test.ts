import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createMasterKeyFile } from '#platform/master-key.ts';
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

test('r.rectify-erase: a backup of the keys brings nobody back, and says whom it would lose', async () => {
  const { gates } = world.product;
  for (const who of ['gone', 'old', 'objector']) await world.person(`${who}@nokkel.example`);
  const [gone, old, objector] = await Promise.all(
    ['gone', 'old', 'objector'].map(async (who) => (await world.idOf(`${who}@nokkel.example`))!),
  );
  const place = await house.backup('--keys');
  const said = await command(world, `backup ${place} --keys --verify --json`);
  assert.deepEqual([said.code, said.json().kind], [0, 'keys']);
  house.later(1);
  await gates.answer.erase(gone!, self(gone!), world.now);
  await gates.answer.object(objector!, 'confirmation', self(objector!), world.now);
  await world.person('new@nokkel.example');
  const fresh = (await world.idOf('new@nokkel.example'))!;
  const keys = async (person: string) =>
    (await world.keysSql('select from keys.person_key where person = $1', [person])).length;

  const refused = await house.restore(place, '--replace');
  assert.equal(refused.code, 1, refused.err);
  assert.match(
    refused.json().refused,
    /^The backup lacks the keys of 1 people who came after it: .* --accept-loss\.$/,
  );
  assert.deepEqual([await keys(fresh), await keys(gone!)], [1, 0], 'nothing was changed');

  const done = await house.restore(place, '--replace', '--accept-loss');
  assert.equal(done.code, 0, done.err + done.out);
  assert.deepEqual(
    [done.json().kind, done.json().proof, done.json().replayed.keys],
    ['keys', { ok: true, broken: [] }, 1],
  );
  assert.deepEqual([await keys(gone!), await keys(fresh), await keys(old!)], [0, 0, 1]);
  assert.equal(await world.idOf('new@nokkel.example'), undefined);
  const items = (await world.product.gates.answer.access(old!, self(old!), world.now)).items;
  assert.ok(items.some(({ value }) => value === 'old@nokkel.example'));
  // What the rows say was wished is noted anew beside the older keys.
  assert.equal(
    (await world.keysSql(`select from keys.wish where person = $1 and act = 'object'`, [objector])).length,
    1,
  );

  await world.stop();
  const masterKeyFile = join(house.folder, 'other.key');
  createMasterKeyFile(masterKeyFile);
  const wrong = await command(world, `restore ${place} --replace`, { masterKeyFile });
  await world.start();
  assert.deepEqual([wrong.code, wrong.err.trim().split('\n').length], [2, 1]);
  assert.match(wrong.err, /is not the one this data was sealed with|lacks k1/);
  assert.equal(await keys(old!), 1);
});

test('r.rectify-erase: rows without their keys are not put back, and both come back in their order', async (t) => {
  const [rows, keys] = [await house.backup(), await house.backup('--keys')];
  const other = await World.open();
  t.after(() => other.close());
  await other.stop();
  // A new machine: two empty databases, and the key file from where it was kept.
  const drop = `do $$ declare s text; begin
    for s in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)' loop
      execute format('drop schema %I cascade', s); end loop; end $$`;
  await Promise.all([other.sql(drop), other.keysSql(drop)]);
  await copyFile(world.config.masterKeyFile, other.config.masterKeyFile);
  const run = (argv: string) => command(other, `${argv} --json --now ${world.now.toISOString()}`);
  const early = await run(`restore ${rows}`);
  assert.equal(early.code, 1, early.err);
  assert.match(early.json().refused, /^There are no keys in the keys database: restore its own backup first/);
  const first = await run(`restore ${keys}`);
  assert.equal(first.code, 0, first.err + first.out);
  assert.deepEqual([first.json().kind, first.json().proof], ['keys', null]);
  const second = await run(`restore ${rows}`);
  assert.deepEqual([second.code, second.json().proof], [0, { ok: true, broken: [] }], second.err);
  other.now = world.now;
  await other.start();
  assert.equal(await other.idOf('old@nokkel.example'), await world.idOf('old@nokkel.example'));
});
