import type { Engine } from '../engine.ts';
import type { Queryable } from '../journal.ts';
import type { Coming } from './applications.ts';
import { concernedSql, purposesOf } from './concerned.ts';

/** People told in one commit: short enough that nobody who signs up or leaves meanwhile waits for it. */
const BATCH = 1000;
/** Before every person's number. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Tells everybody concerned of a version before it takes effect (clause `v.notice`, art. 13(3)): one row of evidence each,
 * and one letter where we have an address, in the same commit. Whoever was told is passed over, so that it may be run again
 * at any time, after a crash or because people have come since; whoever comes after the version took effect met it then.
 * Answers with how many were told now.
 */
export async function tell(engine: Engine, { application }: Coming, now: Date): Promise<number> {
  const { concerns, consents } = application.decision;
  if (concerns === null) return 0;
  const keeper: Queryable = engine.pools.of('keep');
  const bound = concernedSql(engine.map, concerns);
  const asked = consents.map(({ purpose }) => purpose);
  let told = 0;
  let last = NOBODY;
  for (;;) {
    const { rows } = await keeper.query<{ last: string | null; told: number }>(
      `with someone as (
         select p.person, p.email is not null as mailed from vault.person p
          where p.person > $2 and p.recorded_at <= $6 and ${bound}
            and not exists (select from gate.notice n where n.person = p.person and n.statement = $3)
          order by p.person limit ${BATCH}),
       told as (
         insert into gate.notice (person, statement, at, letter)
         select person, $3, $4, case when mailed then gen_random_uuid() end from someone
         on conflict do nothing returning person, letter),
       letters as (
         insert into mail.letter (person, id, kind, purpose, reference, queued_at, next_at)
         select t.person, t.letter,
                case when exists (select from consent.active a where a.person = t.person and a.purpose = any($7))
                     then 'notices.consent' else 'notices.version' end,
                'rights', $5, $4, $4
           from told t where t.letter is not null)
       select (select person from someone order by person desc limit 1) as last, (select count(*)::int from told) as told`,
      [purposesOf(concerns), last, application.version, now, application.id, application.effectiveAt, asked],
    );
    const { last: reached, told: more } = rows[0]!;
    told += more;
    if (reached === null) return told;
    last = reached;
  }
}
