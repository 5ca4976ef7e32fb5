import { inTransaction } from '#platform/migrate.ts';
import { decide, finishErasures } from '../answer/erase.ts';
import { settle } from '../answer/settle.ts';
import { endPurpose } from '../answer/withdraw.ts';
import type { Engine } from '../engine.ts';
import { held } from '../held.ts';
import type { Kept } from '../keep/keep.ts';
import type { Coming } from './applications.ts';
import { tell } from './tell.ts';

/** People whose purposes end in one transaction. */
const BATCH = 200;

/**
 * One round of keeping, with what applied versions still wait for around it: whoever was not told yet is told before, what
 * rested on a consent that stopped counting goes, and a version that is in force is done when the round is. Cut short
 * anywhere, the next round takes up what is left (clauses `v.changes`, `v.notice`).
 */
export async function keepUp(engine: Engine, now: Date, keep: () => Promise<Kept>): Promise<Kept> {
  const open = (engine.comings ?? []).filter(
    ({ application }) => application.doneAt === null && !application.withdrawn,
  );
  for (const coming of open) {
    await tell(engine, coming, now);
    await mark(engine, coming, 'told_at', now);
  }
  const begun = open.filter(({ application }) => application.effectiveAt <= now);
  let erased = 0;
  for (const coming of begun) erased += await endUncovered(engine, coming, now);
  const kept = await keep();
  for (const coming of begun) if (isServed(engine, coming)) await mark(engine, coming, 'done_at', now);
  return { ...kept, erased: kept.erased + erased };
}

/** A process that has not opened the new version yet keeps by the old one: its round is not the one that counts. */
function isServed(engine: Engine, { application }: Coming): boolean {
  return application.settledAt !== null || application.version === engine.statement.version;
}

/**
 * Ends what was kept for a consent that a version does not rest on. Whoever is restricted keeps what they have until they
 * lift it: it is not used meanwhile, and they may need it (art. 18(1)(c)). What a hold keeps ends after the hold.
 */
async function endUncovered(engine: Engine, { application }: Coming, now: Date): Promise<number> {
  let erased = 0;
  const client = await engine.pools.of('keep').connect();
  try {
    for (const { purpose } of application.decision.consents)
      for (;;) {
        const { people, nobody } = await inTransaction(client, async () => {
          const { rows } = await client.query<{ person: string }>(
            `select distinct e.person from consent.event e
              where e.purpose = $1 and e.state = 'invalidated' and e.statement = $2
                and exists (select from gate.collection c where c.person = e.person and c.purpose = $1)
                and not exists (select from consent.active a where a.person = e.person and a.purpose = $1)
                and not exists (select from gate.restriction r where r.person = e.person)
                and not ${held('e.person', '$3')}
                and not exists (select from gate.erasure x where x.person = e.person)
              limit ${BATCH}`,
            [purpose, application.version, now],
          );
          const bare = rows.map(({ person }) => person);
          if (bare.length === 0) return { people: 0, nobody: 0 };
          await endPurpose(engine, client, bare, purpose);
          const left = await settle(engine, client, bare);
          await decide(
            client,
            left.map((person) => ({ person, askedBy: 'keep' as const, ground: 'v.notice', at: now })),
          );
          return { people: bare.length, nobody: left.length };
        });
        if (nobody > 0) erased += await finishErasures(engine, now);
        if (people === 0) break;
      }
    return erased;
  } finally {
    client.release();
  }
}

async function mark(
  engine: Engine,
  { application }: Coming,
  what: 'told_at' | 'done_at',
  now: Date,
): Promise<void> {
  await engine.pools
    .of('keep')
    .query(`update statement.application set ${what} = $2 where version = $1 and ${what} is null`, [
      application.version,
      now,
    ]);
}
