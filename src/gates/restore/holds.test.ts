import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';

const DAY = 86_400_000;
const officer = { kind: 'staff', roles: ['privacy'], id: '3f0c4c7e-7a0f-4b5e-9d26-6b1c1a2f0e11' } as const;

let world: World;
let folder: string;
before(async () => {
  world = await World.open();
  folder = await mkdtemp(join(tmpdir(), 'hjemmel-restore-'));
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const later = (days: number) => {
  world.now = new Date(world.now.getTime() + days * DAY);
  return world.now;
};

test('k.as-needed: holds that were placed, moved or released after a backup are so again when it is put back', async () => {
  const people: Record<string, string> = {};
  for (const who of ['placed', 'moved', 'released', 'both']) {
    await world.person(`${who}@firma.example`, { phone: `+4710000${100 + Object.keys(people).length}` });
    people[who] = (await world.idOf(`${who}@firma.example`))!;
  }
  const { answer } = world.product.gates;
  const hold = (who: string, until: string) =>
    answer.hold(people[who]!, { why: `Krav om ${who}`, until }, officer, world.now);
  const moved = await hold('moved', '2026-12-24');
  const released = await hold('released', '2027-03-01');
  const place = join(folder, 'b');
  assert.equal((await command(world, `backup ${place}`)).code, 0);

  later(1);
  const placed = await hold('placed', '2027-12-31');
  await answer.reviewHold(people.moved!, moved.id, { until: '2027-12-31' }, officer, world.now);
  await answer.releaseHold(people.released!, released.id, officer, world.now);
  const both = await hold('both', '2027-12-31');
  later(1);
  await answer.releaseHold(people.both!, both.id, officer, world.now);
  await assert.rejects(
    answer.correct(
      people.placed!,
      { 'contact.phone': null },
      { kind: 'person', id: people.placed! },
      world.now,
    ),
    { code: 'answer.held' },
  );
  const ledger = JSON.stringify(await world.keysSql('select * from keys.wish'));
  assert.doesNotMatch(ledger, /Krav/);

  // So late that all of them are past their date, were it not for the holds.
  later(388);
  await world.stop();
  const said = await command(world, `restore ${place} --replace --json --now ${world.now.toISOString()}`);
  assert.equal(said.code, 0, said.err + said.out);
  await world.start();
  assert.equal(said.json().replayed.held, 3);
  const { holds } = await world.product.gates.answer.holds(officer, world.now);
  const byPerson = (one: { person: string }, other: { person: string }) =>
    one.person < other.person ? -1 : 1;
  assert.deepEqual(
    holds.map(({ person, id, until }) => ({ person, id, until })).sort(byPerson),
    [
      { person: people.placed!, id: placed.id, until: '2027-12-31' },
      { person: people.moved!, id: moved.id, until: '2027-12-31' },
    ].sort(byPerson),
  );
  // Whom a hold stands on is there still; whom none stands on any more has left.
  for (const [who, stays] of Object.entries({ placed: true, moved: true, released: false, both: false }))
    assert.equal((await world.idOf(`${who}@firma.example`)) !== undefined, stays, who);
  const seen = await world.product.gates.answer.access(
    people.placed!,
    { kind: 'person', id: people.placed! },
    world.now,
  );
  assert.match(seen.holds[0]!.why, /Grunnen gikk tapt/);
  assert.deepEqual(
    (await world.product.prove(world.now, 'k.as-needed')).checks.filter(({ ok }) => !ok),
    [],
  );
});
