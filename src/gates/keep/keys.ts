import { decide, finishErasures } from '../answer/erase.ts';
import { releaseKeyless } from '../answer/hold.ts';
import type { Engine } from '../engine.ts';

const HOUR = 3_600_000;

/**
 * Lets the two databases agree on who there is. Whoever has rows and no key is erased: a backup of the rows, restored
 * after their erasure. Nothing of them can be read, and even so nothing of them is to be there. A key without a person
 * is destroyed: a sign-up that a crash cut short after its key and before its rows. Younger than an hour it may belong
 * to one that is under way, and is left. Answers with how many people were erased.
 *
 * The databases are known to belong together before anything is opened, so that a missing key means an erasure and not
 * a mistake. They are compared by sums over ranges of numbers, so that where nothing differs nobody is looked up.
 */
export async function settleKeys(engine: Engine, now: Date): Promise<number> {
  const rows = engine.pools.of('keep');
  // Keys are read before rows: whoever comes in between is found, and has a key that is young.
  const keys = await engine.keys.sums();
  const { rows: people } = await rows.query<{ range: number; sum: string }>(
    `select get_byte(uuid_send(person), 0) as range, count(*) || ' ' || bit_xor(uuid_hash_extended(person, 0)) as sum
       from vault.person group by 1`,
  );
  const there = new Map(people.map(({ range, sum }) => [range, sum]));
  const differ = [...new Set([...keys.keys(), ...there.keys()])].filter(
    (range) => keys.get(range) !== there.get(range),
  );
  let erased = 0;
  for (const range of differ) erased += await settleRange(engine, range, now);
  return erased;
}

async function settleRange(engine: Engine, range: number, now: Date): Promise<number> {
  const keeper = engine.pools.of('keep');
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
