import { randomUUID } from 'node:crypto';
import type { ClientBase, PoolClient } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Language } from '#statement/grammar.ts';
import { type Actor, demandPerson } from '../actor.ts';
import type { LeaveAnswer } from '../answers.ts';
import { consentPoint, wordingHash } from '../consent.ts';
import type { Engine } from '../engine.ts';
import { isHeld } from '../held.ts';
import { entryRecord } from '../journal.ts';
import { digestOf } from '../receipt.ts';
import { Refusal } from '../refusal.ts';
import { decide, finish, writeReceipts } from './erase.ts';
import { settle } from './settle.ts';

/** Where and how a wish was made, for the consent history. */
export interface Manner {
  readonly surface: string;
  readonly method: string;
}

/**
 * Withdraws a consent (art. 7(3), clauses `r.withdraw`, `k.opt-out`), in one step and at once: the standing consent,
 * the purpose's rows and its claim on the vault go in one commit; where the statement keeps a hash to hold the address
 * off, that stays. When nothing else is kept on the person, all of them goes. While a hold stands on them nothing is
 * deleted: the use ends at once, and the rows leave when it is over.
 */
export async function withdraw(
  engine: Engine,
  person: string,
  purpose: string,
  actor: Actor,
  manner: Manner,
  at: Date,
): Promise<LeaveAnswer> {
  if (!Object.hasOwn(engine.statement.purposes, purpose)) throw new Refusal('answer.no-consent');
  return sayNo(engine, { person, actor, manner, at, act: 'withdraw', ends: purpose }, async (client) => {
    const { rows } = await client.query<{ words: string; language: Language }>(
      `with gone as (delete from consent.active where person = $1 and purpose = $2 returning event)
       select w.words, e.language from gone join consent.event e on e.person = $1 and e.id = gone.event
         join consent.wording w on w.hash = e.wording
        where not exists (select from gate.erasure x where x.person = $1)`,
      [person, purpose],
    );
    if (rows[0] === undefined) throw new Refusal('answer.no-consent');
    await keepOff(engine, client, person, purpose, at);
    return { purpose, state: 'withdrawn', ...rows[0] };
  });
}

/** Says no to a consent that was asked for and not given: what was given so that it could be asked goes at once. */
export async function decline(
  engine: Engine,
  person: string,
  asked: { point: string; language: Language },
  actor: Actor,
  manner: Manner,
  at: Date,
): Promise<LeaveAnswer> {
  const ends = engine.statement.points[asked.point]?.purpose;
  if (ends === undefined) throw new Refusal('collect.unknown-point');
  const { words, purpose } = consentPoint(engine, asked.point);
  return sayNo(engine, { person, actor, manner, at, act: 'decline', ends }, async () => ({
    purpose,
    state: 'refused',
    words: words[asked.language],
    language: asked.language,
  }));
}

interface No {
  readonly person: string;
  readonly actor: Actor;
  readonly manner: Manner;
  readonly at: Date;
  readonly act: 'withdraw' | 'decline';
  /** The purpose that ends with it. */
  readonly ends: string;
}

interface Said {
  readonly purpose: string;
  readonly state: 'withdrawn' | 'refused';
  readonly words: string;
  readonly language: Language;
}

/** What withdrawal and refusal share: the event, the end of a purpose, a receipt, and the erasure of whoever is left bare. */
async function sayNo(
  engine: Engine,
  no: No,
  saying: (client: PoolClient) => Promise<Said>,
): Promise<LeaveAnswer> {
  const { person, actor, manner, at } = no;
  demandPerson(actor, person);
  await engine.keys.wishes.note([{ person, act: no.act, purpose: no.ends, what: '', at }]);
  const id = randomUUID();
  const client = await engine.pools.of('answer').connect();
  let left: string[];
  try {
    left = await inTransaction(client, async () => {
      // Against a hold placed meanwhile: whoever places one has the person's row locked.
      await client.query('select from vault.person where person = $1 for key share', [person]);
      const said = await saying(client);
      const wording = wordingHash(said.language, said.words);
      await client.query(
        'insert into consent.wording (hash, language, words) values ($1, $2, $3) on conflict do nothing',
        [wording, said.language, said.words],
      );
      await client.query(
        `insert into consent.event (person, id, purpose, state, wording, language, statement, surface, method, actor, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          person,
          randomUUID(),
          said.purpose,
          said.state,
          wording,
          said.language,
          engine.statement.version,
          manner.surface,
          manner.method,
          actor.kind === 'staff' || actor.kind === 'system' ? actor.kind : 'person',
          at,
        ],
      );
      // The no works at once. Rows that a hold keeps are of no use to anyone without the yes, and leave when it is over.
      const kept = await isHeld(client, person, at);
      if (!kept) await endPurpose(engine, client, [person], no.ends);
      const body = {
        kind: 'consent' as const,
        id,
        person,
        at: at.toISOString(),
        statement: engine.statement.version,
        operator: engine.statement.operator.name,
        consent: { ...said, ...manner },
      };
      const entry = entryRecord({
        gate: 'answer',
        act: no.act,
        person,
        actor: actor.kind,
        actorId: actor.id,
        purpose: said.purpose,
        statement: engine.statement.version,
        at,
        digest: digestOf(body),
      });
      await writeReceipts(client, [{ person, id, kind: 'consent', body: canonicalJson(body), at }], [entry]);
      if (kept) return [];
      const nobody = await settle(engine, client, [person]);
      await decide(
        client,
        nobody.map((one) => ({ person: one, askedBy: 'person' as const, ground: 'r.withdraw', at })),
      );
      return nobody;
    });
  } finally {
    client.release();
  }
  if (left.length > 0) await finish(engine, new Map(left.map((one) => [one, { actor, at }])));
  return { receipt: id, erased: left.length > 0 };
}

/** Takes an address off the list that is kept off, because its owner has just said yes again. */
export async function liftKeepOff(engine: Engine, person: string, purpose: string): Promise<void> {
  for (const table of engine.map.tables) {
    if (!table.subject?.startsWith('hash:') || table.purpose !== purpose) continue;
    const hash = ident(table.subject.slice('hash:'.length));
    await engine.pools
      .of('answer')
      .query(
        `delete from ${tableIdent(table.name)} where ${hash} in (select hash from vault.lookup where person = $1)`,
        [person],
      );
  }
}

/** Ends a purpose for people: its rows in every table that the map gives it, and its claim on what is in the vault. */
export async function endPurpose(
  engine: Engine,
  client: PoolClient,
  people: readonly string[],
  purpose: string,
): Promise<void> {
  for (const table of personTables(engine.map))
    if (table.purpose === purpose && table.end === 'delete')
      await client.query(`delete from ${tableIdent(table.name)} where ${ident(table.subject)} = any($1)`, [
        people,
      ]);
  await client.query('delete from gate.collection where person = any($1) and purpose = $2', [
    people,
    purpose,
  ]);
  await client.query('delete from mail.letter where person = any($1) and purpose = $2 and sent_at is null', [
    people,
    purpose,
  ]);
}

/** Leaves the keyed hash that holds an opted-out address off, where a table of the purpose is kept for that. */
export async function keepOff(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  person: string,
  purpose: string,
  at: Date,
): Promise<void> {
  for (const table of engine.map.tables) {
    if (!table.subject?.startsWith('hash:') || table.purpose !== purpose) continue;
    const hash = ident(table.subject.slice('hash:'.length));
    const clock = table.clocks.recorded;
    if (clock === undefined) continue;
    await client.query(
      `insert into ${tableIdent(table.name)} (${hash}, ${ident(clock)})
       select hash, $2 from vault.lookup where person = $1 and kind = 'email' on conflict do nothing`,
      [person, at],
    );
  }
}
