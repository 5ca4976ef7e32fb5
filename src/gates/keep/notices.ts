import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Engine } from '../engine.ts';
import { concerns, type Due, dues, endsAt, isOver, mayBeOver } from './dues.ts';

/** People told in one transaction. */
const BATCH = 2000;

/** The kind of the letter that tells of a rule's end; the module whose rows they are writes it. */
export const endLetter = (rule: string) => `keep.${rule}`;

/**
 * Queues the letter that a storage rule promises before the end of its period, once for each end (clause
 * `k.active-12-months`). Told late is told all the same; the end itself is never put off, because the promise to
 * delete is the stronger one. Answers with how many people were told.
 */
export async function announceEnds(engine: Engine, client: PoolClient, now: Date): Promise<number> {
  let told = 0;
  for (const due of dues(engine.statement, engine.map)) {
    const { notice } = engine.statement.storage[due.rule]!;
    if (notice === undefined || due.subject === undefined || due.table.name === 'gate.collection') continue;
    for (;;) {
      const n = await inTransaction(client, () => announce(client, due, { notice, now }));
      told += n;
      if (n < BATCH) break;
    }
  }
  return told;
}

/** A client of whose rows the letter tells, over `u.p`: where a purpose is used for one at a time, it is sent for that one. */
function clientOf({ table, subject }: Due): string {
  if (table.client === undefined) return 'null::uuid';
  return `(select t.${ident(table.client)} from ${tableIdent(table.name)} t where t.${ident(subject!)} = u.p limit 1)`;
}

async function announce(
  client: PoolClient,
  due: Due,
  { notice, now }: { notice: string; now: Date },
): Promise<number> {
  const person = `t.${ident(due.subject!)}`;
  const { rows } = await client.query<{ person: string }>(
    `insert into mail.end_notice (person, rule, ends_at, at)
     select ${person}, $2, min(e.at), $1 from ${tableIdent(due.table.name)} t cross join lateral (select ${endsAt(due)} as at) e
      where ${concerns(due)} and ${mayBeOver(due, '($1::timestamptz + $3::interval)')} and not (${isOver(due)})
        and (e.at at time zone 'Europe/Oslo' - $3::interval) at time zone 'Europe/Oslo' <= $1
        and not exists (select from mail.end_notice n where n.person = ${person} and n.rule = $2 and n.ends_at = e.at)
        and not exists (select from gate.erasure x where x.person = ${person})
      group by 1 limit ${BATCH} on conflict do nothing returning person`,
    [now, due.rule, notice],
  );
  await client.query(
    `insert into mail.letter (person, id, kind, purpose, client, queued_at, attempts, next_at)
     select p, i, $3, $4, ${clientOf(due)}, $5, 0, $5 from unnest($1::uuid[], $2::uuid[]) as u(p, i)`,
    [
      rows.map((row) => row.person),
      rows.map(() => randomUUID()),
      endLetter(due.rule),
      due.table.purpose,
      now,
    ],
  );
  return rows.length;
}
