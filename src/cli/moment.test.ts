import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
  await world.profile('kari@firma.example');
});
after(() => world.close());

const LATER = '2046-01-01T00:00:00Z';
const LEAVES = { smtpUrl: 'smtp://127.0.0.1:9' };
const people = async () => (await world.sql('select from vault.person')).length;
const refusals = async (commands: readonly string[], changed = {}) => {
  for (const argv of commands) {
    const said = await command(world, `${argv} --now ${LATER}`, changed);
    assert.deepEqual([said.code, said.out], [2, ''], argv);
    assert.match(said.err, /--now is for the demo and for trials/);
  }
};
const ACTING = ['keep', 'apply abc', 'apply --withdraw 3.1', 'companies refresh'];

test('k.active-12-months: nobody goes at a time that was made up where letters leave for real people', async () => {
  await refusals([...ACTING, 'restore nowhere'], LEAVES);
  assert.equal(await people(), 1);
});

test('k.active-12-months: nor where only the server was told how letters leave, once it has opened', async () => {
  assert.equal((await command(world, 'keep', LEAVES)).code, 0);
  await refusals(ACTING);
  assert.equal(await people(), 1);
  assert.equal((await command(world, `keep --dry-run --now ${LATER}`)).code, 0, 'it may be looked at');
});

test('k.active-12-months: in the demo time is tried out, whether its letters leave or not', async () => {
  await writeFile(join(world.config.dataDir, 'demo'), '');
  for (const changed of [LEAVES, {}])
    assert.equal((await command(world, `keep --now ${LATER}`, changed)).code, 0);
  assert.equal(await people(), 0);
});
