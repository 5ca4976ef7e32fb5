import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { command } from '#test/command.ts';
import { Restorable } from '#test/restorable.ts';
import { swap } from '#test/statement.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import type { World } from '#test/world.ts';

let house: Restorable;
let world: World;
let statementDir: string;
before(async () => {
  house = await Restorable.open();
  world = house.world;
  statementDir = join(house.folder, 'statement');
  await cp(fileURLToPath(new URL('../../../statement/', import.meta.url)), statementDir, { recursive: true });
});
after(() => house.close());

const run = (argv: string) =>
  command(world, `${argv} --json --now ${world.now.toISOString()}`, { statementDir });

async function write(written: string, instead: string): Promise<string> {
  const file = join(statementDir, 'statement.yaml');
  await writeFile(file, swap(await readFile(file, 'utf8'), written, instead));
  return (await run('plan')).json().hash;
}

async function reopen(): Promise<void> {
  await world.stop();
  await world.start();
}

const inForce = async () => (await world.call('GET', 'statement')).body.version;

test('v.changes: a shorter period that was applied since the backup lets go again of what the backup brings back', async () => {
  await world.profile('kari@firma.example');
  const kari = (await world.idOf('kari@firma.example'))!;
  await allowStatistics(world.product.gates, kari, new Date('2025-10-01T12:00:00Z'));
  await visits(
    (text, values) => world.sql(text, values),
    [
      { person: kari, at: new Date('2025-10-20T12:00:00Z') },
      { person: kari, at: new Date('2026-11-20T12:00:00Z') },
    ],
  );
  const rows = async () => (await world.sql('select from analytics.event')).length;
  const place = await house.backup();
  const hash = await write('period: P18M', 'period: P12M');
  house.later(1);
  assert.equal((await run(`apply ${hash}`)).code, 0);
  assert.equal(await rows(), 1);
  house.later(1);
  const said = await house.restore(place, '--replace');
  assert.equal(said.json().statement.filesDiffer, true, 'the shipped files are not those that were applied');
  assert.deepEqual(
    [said.code, said.json().statement.inForce, said.json().replayed.versions],
    [0, '3.1', 1],
    said.out + said.err,
  );
  assert.equal(await rows(), 1);
  assert.equal(await inForce(), '3.1');
  assert.equal((await run('plan')).json().hash, null, 'it need not be applied again');
});

test('v.notice: a version that waits for its day still does, and whoever was told of it is not told twice', async () => {
  const place = await house.backup();
  const hash = await write(
    'clock: last-active\n    period: P12M\n    notice',
    'clock: last-active\n    period: P24M\n    notice',
  );
  const applied = await run(`apply ${hash}`);
  const day = applied.json().takesEffect;
  assert.ok(new Date(day) > world.now, applied.out);
  await reopen();
  assert.ok((await world.letters()).has('kari@firma.example'));
  house.later(1);
  const said = await house.restore(place, '--replace');
  assert.deepEqual([said.code, said.json().statement.inForce], [0, '3.1'], said.out + said.err);
  assert.equal((await world.sql('select from gate.notice')).length, 1);
  assert.equal((await world.letters()).has('kari@firma.example'), false);
  world.now = new Date(day);
  await reopen();
  assert.equal(await inForce(), '3.2');
});

test('v.changes: a version that was taken back since the backup stays taken back', async () => {
  const hash = await write(
    'clock: last-active\n    period: P24M\n    notice',
    'clock: last-active\n    period: P36M\n    notice',
  );
  assert.equal((await run(`apply ${hash}`)).code, 0);
  const place = await house.backup();
  assert.equal((await run('apply --withdraw 3.3')).code, 0);
  await run('keep');
  house.later(40);
  const said = await house.restore(place, '--replace');
  assert.deepEqual([said.code, said.json().statement.inForce], [0, '3.2'], said.out + said.err);
});
