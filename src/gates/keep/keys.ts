import { decide, finishErasures } from '../answer/erase.ts';
import type { Engine } from '../engine.ts';

const HOUR = 3_600_000;
/** Keys looked at in one step. */
const KEYS = 5000;
/** Before every person's number. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Erases people whose rows are there and whose key is not: a backup of the rows, restored after their erasure. Nothing
 * of them can be read, and even so nothing of them is to be there. The two databases are known to belong together
 * before anything is opened, so that a missing key means an erasure and not a mistake.
 */
export async function eraseKeyless(engine: Engine, now: Date): Promise<number> {
  const keeper = engine.pools.of('keep');
  let after = NOBODY;
  let erased = 0;
  for (;;) {
    const { rows } = await keeper.query<{ person: string }>(
      'select person from vault.person where person > $1 order by person limit $2',
      [after, KEYS],
    );
    if (rows.length === 0) return erased;
    const people = rows.map(({ person }) => person);
    after = people.at(-1)!;
    const keyed = await engine.keys.held(people);
    const keyless = people.filter((person) => !keyed.has(person));
    if (keyless.length === 0) continue;
    await decide(
      keeper,
      keyless.map((person) => ({ person, askedBy: 'keep' as const, ground: 'r.rectify-erase', at: now })),
    );
    erased += await finishErasures(engine, now);
  }
}

/**
 * Destroys keys without a person: a sign-up that a crash cut short after its key and before its rows. Younger than an
 * hour they may belong to one that is under way, so they are left. Keys are read before rows: a person who comes in
 * between is found.
 */
export async function destroyStrayKeys({ keys, pools }: Engine, now: Date): Promise<void> {
  const before = new Date(now.getTime() - HOUR);
  let after = NOBODY;
  for (;;) {
    const people = await keys.madeBefore(before, after, KEYS);
    const last = people.at(-1);
    if (last === undefined) return;
    const { rows } = await pools
      .of('keep')
      .query<{ person: string }>('select person from vault.person where person = any($1)', [people]);
    const there = new Set(rows.map(({ person }) => person));
    await keys.destroy(people.filter((person) => !there.has(person)));
    after = last;
  }
}
