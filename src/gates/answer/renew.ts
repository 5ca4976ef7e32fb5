import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Language } from '#statement/grammar.ts';
import { type Actor, demandPerson } from '../actor.ts';
import { wordingHash } from '../consent.ts';
import type { Engine } from '../engine.ts';
import { entryRecord } from '../journal.ts';
import { digestOf } from '../receipt.ts';
import { Refusal } from '../refusal.ts';
import { writeReceipts } from './erase.ts';
import { renewals } from './renewals.ts';
import type { Manner } from './withdraw.ts';

/**
 * Says yes to a version before it takes effect, so that the consent goes on under it (clause `v.notice`). The consent that
 * stands is the same, resting from now on the new words. Refuses: nothing is asked anew for the purpose, or no consent
 * stands.
 */
export async function renew(
  engine: Engine,
  person: string,
  asked: { purpose: string; language: Language },
  actor: Actor,
  manner: Manner,
  at: Date,
): Promise<{ receipt: string }> {
  demandPerson(actor, person);
  const { purpose, language } = asked;
  const renewal = renewals(engine, at).find((one) => one.purpose === purpose);
  if (renewal === undefined) throw new Refusal('answer.nothing-to-renew');
  const words = renewal.words[language];
  const wording = wordingHash(language, words);
  const [id, event] = [randomUUID(), randomUUID()];
  const client = await engine.pools.of('answer').connect();
  try {
    await inTransaction(client, async () => {
      const { rowCount } = await client.query(
        `update consent.active set event = $3 where person = $1 and purpose = $2
            and not exists (select from gate.erasure x where x.person = $1)`,
        [person, purpose, event],
      );
      if (rowCount === 0) throw new Refusal('answer.no-consent');
      await client.query(
        'insert into consent.wording (hash, language, words) values ($1, $2, $3) on conflict do nothing',
        [wording, language, words],
      );
      await client.query(
        `insert into consent.event (person, id, purpose, state, wording, language, statement, surface, method, actor, at)
         values ($1, $2, $3, 'given', $4, $5, $6, $7, $8, $9, $10)`,
        [
          person,
          event,
          purpose,
          wording,
          language,
          renewal.version,
          manner.surface,
          manner.method,
          actor.kind === 'staff' || actor.kind === 'system' ? actor.kind : 'person',
          at,
        ],
      );
      const body = {
        kind: 'consent' as const,
        id,
        person,
        at: at.toISOString(),
        statement: renewal.version,
        operator: engine.statement.operator.name,
        consent: { purpose, words, state: 'given' as const, language, ...manner },
      };
      const entry = entryRecord({
        gate: 'answer',
        act: 'renew',
        person,
        actor: actor.kind,
        actorId: actor.id,
        purpose,
        statement: engine.statement.version,
        at,
        digest: digestOf(body),
      });
      await writeReceipts(client, [{ person, id, kind: 'consent', body: canonicalJson(body), at }], [entry]);
    });
  } finally {
    client.release();
  }
  return { receipt: id };
}
