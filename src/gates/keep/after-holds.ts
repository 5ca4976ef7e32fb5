import type { PoolClient } from 'pg';
import { inTransaction } from '#platform/migrate.ts';
import { consentPurposes } from '#statement/rules.ts';
import { decide } from '../answer/erase.ts';
import { settle } from '../answer/settle.ts';
import { endPurpose } from '../answer/withdraw.ts';
import type { Engine } from '../engine.ts';
import { held } from '../held.ts';

/**
 * Carries out what a hold kept back when its person took a consent back, or when a new version of the statement ended it
 * (clauses `r.withdraw`, `k.opt-out`, `v.notice`): once no hold stands, the purpose's rows go as they would have gone then,
 * whatever period of their own they have.
 */
export async function endAfterHolds(engine: Engine, client: PoolClient, now: Date): Promise<void> {
  const { rows } = await client.query<{ purpose: string; people: string[] }>(
    `select w.purpose, array_agg(distinct w.person) as people from consent.event w
      where w.person in (select person from gate.hold)
        and w.state not in ('requested', 'given') and w.purpose = any($2) and not ${held('w.person', '$1')}
        and not exists (select from consent.active a where a.person = w.person and a.purpose = w.purpose)
        and not exists (select from gate.erasure e where e.person = w.person)
      group by 1 order by 1`,
    [now, consentPurposes(engine.statement)],
  );
  for (const { purpose, people } of rows)
    await inTransaction(client, async () => {
      await endPurpose(engine, client, people, purpose);
      const nobody = await settle(engine, client, people);
      await decide(
        client,
        nobody.map((person) => ({ person, askedBy: 'keep' as const, ground: 'r.withdraw', at: now })),
      );
    });
}
