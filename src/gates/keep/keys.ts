import { decide, finishErasures } from '../answer/erase.ts';
import { releaseKeyless } from '../answer/hold.ts';
import type { Engine } from '../engine.ts';
import { isInJournal } from '../restore/ledger.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When each engine last let them agree. */
const settled = new WeakMap<Engine, Date>();

/**
 * Lets the two databases agree on who there is. Whoever has rows and no key is erased: a backup of the rows, restored
 * after their erasure. Nothing of them can be read, and even so nothing of them is to be there. A key without a person
 * is destroyed: a sign-up that a crash cut short after its key and before its rows. Younger than an hour it may belong
 * to one that is under way, and is left. Answers with how many people were erased.
 *
 * The databases are known to belong together before anything is opened, so that a missing key means an erasure and not
 * a mistake. It takes a look through everybody, so it is done when they can have come to differ: by a process that has not
 * done it yet, after a round that was cut short, when the rows are not those that the keys know of, and each day whatever
 * is known.
 */
export async function settleKeys(
  engine: Engine,
  now: Date,
  { cutShort }: { cutShort: boolean },
): Promise<number> {
  const since = now.getTime() - (settled.get(engine)?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (since >= 0 && since < DAY && !cutShort && (await isKnown(engine))) return 0;
  let erased = 0;
  for (const range of await differing(engine)) erased += await settleRange(engine, range, now);
  settled.set(engine, now);
  return erased;
}

/** Whether the rows are those that the keys know of: a restore under a running server brings back an earlier journal. */
async function isKnown(engine: Engine): Promise<boolean> {
  // Read in this order: a block is noted after it is in its journal.
  const noted = await engine.keys.wishes.head();
  return noted === undefined || isInJournal(engine.pools.of('keep'), noted);
}

/**
 * The ranges of numbers in which they hold different people, by sums: of everybody, and only where those differ of each
 * range. Each database is at work on its own, and whoever comes or goes meanwhile makes a range differ for nothing.
 */
async function differing(engine: Engine): Promise<number[]> {
  const ofRows = engine.pools.of('keep');
  const sum = `count(*) || ' ' || coalesce(bit_xor(uuid_hash_extended(person, 0)), 0) as sum from vault.person`;
  const [all, { rows }] = await Promise.all([
    engine.keys.sum(),
    ofRows.query<{ sum: string }>(`select ${sum}`),
  ]);
  if (all === rows[0]!.sum) return [];
  const [keys, { rows: people }] = await Promise.all([
    engine.keys.sums(),
    ofRows.query<{ range: number; sum: string }>(
      `select get_byte(uuid_send(person), 0) as range, ${sum} group by 1`,
    ),
  ]);
  const there = new Map(people.map((row) => [row.range, row.sum]));
  return [...new Set([...keys.keys(), ...there.keys()])].filter(
    (range) => keys.get(range) !== there.get(range),
  );
}

async function settleRange(engine: Engine, range: number, now: Date): Promise<number> {
  const keeper = engine.pools.of('keep');
  // Keys are read before rows: whoever comes in between is found, and has a key that is young.
  const keyed = await engine.keys.inRange(range);
  const { rows } = await keeper.query<{ person: string }>(
    'select person from vault.person where get_byte(uuid_send(person), 0) = $1',
    [range],
  );
  const there = new Set(rows.map(({ person }) => person));
  const old = now.getTime() - HOUR;
  await engine.keys.destroy(
    [...keyed]
      .filter(([person, made]) => !there.has(person) && made.getTime() < old)
      .map(([person]) => person),
  );
  // Somebody may have signed up since the keys were read.
  const missing = [...there].filter((person) => !keyed.has(person));
  const late = await engine.keys.held(missing);
  const keyless = missing.filter((person) => !late.has(person));
  await releaseKeyless(engine, keyless, now);
  await decide(
    keeper,
    keyless.map((person) => ({ person, askedBy: 'keep' as const, ground: 'r.rectify-erase', at: now })),
  );
  return keyless.length === 0 ? 0 : finishErasures(engine, now);
}
