import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Group, merge } from './merge.ts';

/** Who is in which of the finest groups; a person may be in several. */
type People = ReadonlyMap<string, ReadonlySet<number>>;

const named = (key: readonly (string | null)[]) => key.map((part) => part ?? '-').join(' ');

async function merged(people: People, least: number): Promise<Group[]> {
  const finest = [...people].map(([name, who]) => ({
    key: name.split(' ').map((part) => (part === '-' ? null : part)),
    people: who.size,
    members: [name],
  }));
  return merge(finest, least, async (some) => union(people, some).size);
}

function union(people: People, names: readonly string[]): Set<number> {
  return new Set(names.flatMap((name) => [...people.get(name)!]));
}

const from = (groups: Record<string, [number, number]>): People =>
  new Map(
    Object.entries(groups).map(([name, [first, count]]) => [
      name,
      new Set(Array.from({ length: count }, (_, at) => first + at)),
    ]),
  );

const told = (groups: readonly Group[]) =>
  Object.fromEntries(groups.map(({ key, people }) => [named(key), people]));

test('k.anonymise: groups that are large enough stay as they are, in the order of their names', async () => {
  const groups = await merged(from({ b: [0, 12], a: [5, 20] }), 10);
  assert.deepEqual(
    groups.map(({ key, people }) => [key, people]),
    [
      [['a'], 20],
      [['b'], 12],
    ],
  );
});

test('k.anonymise: small groups become the others, each person counted once', async () => {
  // Eight and eight with four in both: twelve people.
  assert.deepEqual(told(await merged(from({ a: [0, 30], b: [100, 8], c: [104, 8] }), 10)), {
    a: 30,
    '-': 12,
  });
});

test('k.anonymise: where the others are too few, the smallest group beside them joins, so that no handful is missing', async () => {
  assert.deepEqual(told(await merged(from({ a: [0, 30], b: [50, 11], c: [100, 3] }), 10)), {
    a: 30,
    '-': 14,
  });
});

test('k.anonymise: what is small in a part of the whole is merged there before it is merged wider', async () => {
  const people = from({
    'x one': [0, 20],
    'x two': [100, 6],
    'x three': [110, 5],
    'y one': [200, 4],
    'y two': [210, 3],
    'z one': [300, 40],
  });
  // Both parts of y are too few together, so they join the smallest group beside them.
  assert.deepEqual(told(await merged(people, 10)), { 'x one': 20, 'z one': 40, '- -': 18 });
});

test('k.anonymise: a period with too few people is left out altogether', async () => {
  assert.deepEqual(await merged(from({ a: [0, 4], b: [4, 4] }), 10), []);
  assert.deepEqual(await merged(new Map(), 10), []);
  assert.deepEqual(told(await merged(from({ a: [0, 6], b: [6, 6] }), 10)), { '-': 12 });
});

test('k.anonymise: over any people no group is small, and nobody is in none while others are in one', async () => {
  const name = fc
    .tuple(fc.constantFrom('a', 'b', 'c', '-'), fc.constantFrom('p', 'q', '-'))
    .map((parts) => parts.join(' '));
  const visit = fc.tuple(fc.integer({ min: 0, max: 40 }), name);
  await fc.assert(
    fc.asyncProperty(
      fc.array(visit, { maxLength: 120 }),
      fc.integer({ min: 2, max: 12 }),
      async (visits, least) => {
        const people = new Map<string, Set<number>>();
        for (const [who, what] of visits) people.set(what, (people.get(what) ?? new Set()).add(who));
        const groups = await merged(people, least);
        const names = [...people.keys()];
        const total = union(people, names).size;
        for (const { people: size, members } of groups) {
          assert.ok(size >= least, 'a small group');
          assert.equal(size, union(people, members).size, 'each person once');
        }
        // What is missing from the whole is nobody, or everybody.
        const covered = union(
          people,
          groups.flatMap(({ members }) => members),
        ).size;
        assert.equal(covered, total < least ? 0 : total);
        const keys = groups.map(({ key }) => named(key));
        assert.deepEqual([...new Set(keys)], keys, 'a name once');
        // Each of the finest groups went into one group, so that none can be told by what two groups share.
        const members = groups.flatMap((group) => group.members);
        assert.deepEqual([...members].sort(), total < least ? [] : [...names].sort());
        const again = await merged(new Map([...people].reverse()), least);
        assert.deepEqual(told(again), told(groups), 'whoever came first makes no difference');
      },
    ),
    { numRuns: 500 },
  );
});
