import type { Wish } from '#platform/wishes.ts';
import type { Engine } from '../engine.ts';

const PAGE = 5000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Notes anew what the rows say that people wished, after a backup of the keys was put back: its ledger is as old as it is,
 * and the next backup of the rows is measured by it. Nothing in the rows changes; they are the newer of the two.
 */
export async function refillWishes({ pools, keys }: Engine): Promise<void> {
  for (let after = FIRST; ; ) {
    const { rows: people } = await pools
      .of('keep')
      .query<{ person: string }>(
        'select person from vault.person where person > $1 order by person limit $2',
        [after, PAGE],
      );
    if (people.length === 0) return;
    const numbers = people.map(({ person }) => person);
    after = numbers.at(-1)!;
    const { rows } = await pools.of('keep').query<Wish>(
      `select person, 'withdraw' as act, purpose, '' as what, max(at) as at from consent.event
        where person = any($1) and state = 'withdrawn' group by 1, 3
       union all select person, 'object', purpose, '', at from gate.objection where person = any($1)
       union all select person, 'restrict', 'rights', reason, at from gate.restriction where person = any($1)
       union all select person, 'release-hold', 'accountability', id::text, released_at from gate.hold
                  where person = any($1) and released_at is not null
       union all select person, 'hold', 'accountability',
                        json_build_object('id', id, 'until', until, 'review', review_at, 'author', author, 'untold', untold)::text, at
                   from gate.hold where person = any($1) and released_at is null`,
      [numbers],
    );
    await keys.wishes.note(rows);
  }
}
