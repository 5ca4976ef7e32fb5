import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import type { Item } from '#gates/answers.ts';
import { startOfDate } from '#statement/period.ts';
import { World } from '#test/world.ts';
import { loadDemo } from '../../src/demo.ts';

let world: World;
before(async () => {
  world = await World.open();
  await loadDemo(world.product, world.now, 40);
});
after(() => world.close());

/** Items by place, each with the date that is shown for it: `vault.person.name 2027-03-01`. */
const shownOf = (items: readonly Item[]) =>
  items.map(({ id, expires }) => `${id.split('#')[0]} ${expires ?? 'no date'}`).sort();

const self = (id: string) => ({ kind: 'person', id }) as const;

async function shown(person: string): Promise<string[] | undefined> {
  const { gates } = world.product;
  return gates.answer.access(person, self(person), world.now).then(
    ({ items }) => shownOf(items),
    (error) => {
      assert.equal(error.code, 'answer.unknown-person');
      return undefined;
    },
  );
}

/** What is kept of somebody who is gone, in the archive: shown to them no more, and there until its date all the same. */
async function archived(person: string): Promise<string[]> {
  const records = await world.product.gates.archive.records({}, SYSTEM, world.now);
  return records
    .filter((record) => record.person === person)
    .map(
      ({ category, leaves }) =>
        `archive.${category === 'accounting.record' ? 'entry' : 'agreement'}.content ${leaves}`,
    );
}

async function shownToAll(people: readonly string[]): Promise<Map<string, string[]>> {
  const found = await Promise.all(people.map(async (person) => [person, await shown(person)] as const));
  return new Map(found.filter((pair): pair is [string, string[]] => pair[1] !== undefined));
}

/** What is in one list and not in the other, each as often as it is there more often. */
function minus(one: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return one.filter((item) => {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** What came in meanwhile, but for our own trace of what we did: letters sent, that an end was told of, what was invoiced and reminded of. */
const added = (before: readonly string[], now: readonly string[]) =>
  minus(now, before).filter((item) => !/^(mail\.|billing\.(charge|reminder)|archive\.entry)/.test(item));

/** What is gone at the beginning of a day. Letters are written on the stroke of midnight here, and so leave on it. */
const gone = (before: readonly string[], now: readonly string[], day: string) =>
  minus(before, now).filter((item) => !(item.startsWith('mail.') && dateOf(item) === day));

const nextDay = (date: string) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const dateOf = (item: string) => item.slice(item.indexOf(' ') + 1);

test('k.as-needed: through two years each item leaves on the date that was shown for it, and at every step the proof holds', async () => {
  const { gates } = world.product;
  const people = (await world.sql<{ person: string }>('select person from vault.person')).map(
    ({ person }) => person,
  );
  await gates.keep(world.now);
  await world.product.sealer.seal(world.now);
  const expected = await shownToAll(people);
  const restricted = new Set(
    (await world.sql<{ person: string }>('select person from gate.restriction')).map(({ person }) => person),
  );
  assert.ok(expected.size > 30 && restricted.size > 1);
  const end = '2028-11-24';
  let day = '2026-11-24';
  let left = 0;
  for (let month = 0; day < end; day = nextDay(day)) {
    // Whoever is restricted keeps what is past its date: they are looked at with everybody else, month by month.
    const touched = [...expected].filter(
      ([person, items]) => !restricted.has(person) && items.some((item) => dateOf(item) < day),
    );
    const isFirst = day.endsWith('-01');
    if (touched.length === 0 && !isFirst) continue;
    // A moment before the day is over nothing of the day after has gone; at its end all of the day has.
    world.now = startOfDate(day);
    await gates.keep(world.now);
    for (const [person, items] of touched) {
      const stay = items.filter((item) => dateOf(item) >= day);
      const now = await shown(person);
      const when = `what is held on ${person} at the beginning of ${day}`;
      const there = now ?? (await archived(person));
      assert.deepEqual(gone(stay, there, day), [], `${when} and is gone too early`);
      assert.deepEqual(added(stay, there), [], `${when} and should have left`);
      left += items.length - stay.length;
      if (now === undefined) expected.delete(person);
      else expected.set(person, now);
    }
    if (!isFirst) continue;
    month += 1;
    await world.letters();
    const whole = await shownToAll(people);
    assert.deepEqual([...whole.keys()].sort(), [...expected.keys()].sort(), `who is there at ${day}`);
    for (const [person, items] of whole) {
      assert.deepEqual(gone(expected.get(person)!, items, day), [], `gone too early by ${day}`);
      assert.deepEqual(added(expected.get(person)!, items), [], `added by ${day}`);
      expected.set(person, items);
    }
    await world.product.sealer.seal(world.now);
    const { checks } = await world.product.prove(world.now);
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
      `the proof at ${day}`,
    );
    if (month === 1) assert.ok(checks.length > 40);
  }
  assert.ok(left > 500, `${left} items left`);
  const stayed = [...expected].filter(([person]) => !restricted.has(person));
  assert.ok(stayed.length > 10);
  for (const [, items] of stayed)
    assert.ok(
      items.some((item) => item.endsWith(' no date')),
      'who is still there has something without a date: letters they want, an agreement, a job here',
    );
});
