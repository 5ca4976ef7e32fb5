import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { WishAct } from '#platform/wishes.ts';
import { objectable } from '#statement/rules.ts';
import { type Actor, demandPerson } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { isHeld } from '../held.ts';
import { ADDED_COLUMNS, entryRecord } from '../journal.ts';
import { Refusal } from '../refusal.ts';
import { decide, finish } from './erase.ts';
import { settle } from './settle.ts';
import { endPurpose } from './withdraw.ts';

/**
 * Runs `work` as the answer gate on one person, and journals the act in the same transaction. A wish that must survive a
 * restore of the rows is noted apart first, so that none is answered and forgotten.
 */
export async function act<T>(
  engine: Engine,
  {
    person,
    actor,
    at,
    name,
    wishes = [],
  }: { person: string; actor: Actor; at: Date; name: string; wishes?: readonly Wished[] },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  demandPerson(actor, person);
  await engine.keys.wishes.note(wishes.map((wish) => ({ what: '', ...wish, person, at })));
  const client = await engine.pools.of('answer').connect();
  try {
    return await inTransaction(client, async () => {
      const { rowCount } = await client.query(
        `select from vault.person p where person = $1 and not exists (select from gate.erasure e where e.person = p.person) for update`,
        [person],
      );
      if (rowCount === 0) throw new Refusal('answer.unknown-person');
      const result = await work(client);
      await journal(engine, client, { person, actor, at, name });
      return result;
    });
  } finally {
    client.release();
  }
}

async function journal(
  engine: Engine,
  client: PoolClient,
  {
    person,
    actor,
    at,
    name,
    digest,
    purpose,
  }: { person: string; actor: Actor; at: Date; name: string; digest?: Buffer; purpose?: string },
): Promise<void> {
  const entry = entryRecord({
    gate: 'answer',
    act: name,
    person,
    actor: actor.kind,
    actorId: actor.id,
    purpose: purpose ?? 'rights',
    statement: engine.statement.version,
    at,
    digest,
  });
  await client.query(
    `insert into journal.entry (${ADDED_COLUMNS}) select ${ADDED_COLUMNS} from json_populate_recordset(null::journal.entry, $1::json)`,
    [JSON.stringify([entry])],
  );
}

interface Wished {
  readonly act: WishAct;
  readonly purpose: string;
  readonly what?: string;
}

/**
 * Objects to a purpose (art. 21): from the commit on its role no longer sees the person. Absolute for marketing. Where
 * the statement has a period end on objection, what was kept for the purpose goes in the same commit; when nothing else
 * was kept on the person, all of them goes, and the number of the erasure's receipt is the answer.
 */
export async function object(
  engine: Engine,
  person: string,
  purpose: string,
  actor: Actor,
  at: Date,
): Promise<string | undefined> {
  const { statement } = engine;
  if (!Object.hasOwn(statement.purposes, purpose) || !objectable(statement, purpose))
    throw new Refusal('answer.not-objectable');
  const ending = Object.values(statement.storage).find(
    ({ purposes, endsOnObjection }) => endsOnObjection === true && purposes.includes(purpose),
  );
  const author = actor.kind === 'person' ? 'person' : 'staff';
  const wishes = [{ act: 'object', purpose }] as const;
  const left = await act(engine, { person, actor, at, name: 'object', wishes }, async (client) => {
    await client.query(
      'insert into gate.objection (person, purpose, author, at) values ($1, $2, $3, $4) on conflict do nothing',
      [person, purpose, author, at],
    );
    // Kept by a hold, it is out of use from now on, and leaves with the round of keeping after the hold.
    if (ending === undefined || (await isHeld(client, person, at))) return [];
    await endPurpose(engine, client, [person], purpose);
    const nobody = await settle(engine, client, [person]);
    await decide(
      client,
      nobody.map((one) => ({ person: one, askedBy: author, ground: ending.clause, at })),
    );
    return nobody;
  });
  const gone = await finish(engine, new Map(left.map((one) => [one, { actor, at }])));
  return gone.get(person)?.receipt;
}

/** Takes an objection back. Refuses a purpose that the statement lacks. */
export async function liftObjection(
  engine: Engine,
  person: string,
  purpose: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  if (!Object.hasOwn(engine.statement.purposes, purpose)) throw new Refusal('answer.not-objectable');
  const wishes = [{ act: 'lift-objection', purpose }] as const;
  await act(engine, { person, actor, at, name: 'lift-objection', wishes }, (client) =>
    client.query('delete from gate.objection where person = $1 and purpose = $2', [person, purpose]),
  );
}

export type RestrictionReason = 'accuracy' | 'unlawful' | 'claims' | 'objection';

/** Restricts a person (art. 18): stored, and used for nothing that the statement does not except. */
export async function restrict(
  engine: Engine,
  person: string,
  reason: RestrictionReason,
  actor: Actor,
  at: Date,
): Promise<void> {
  const wishes = [{ act: 'restrict', purpose: 'rights', what: reason }] as const;
  await act(engine, { person, actor, at, name: 'restrict', wishes }, (client) =>
    client.query(
      'insert into gate.restriction (person, reason, author, at) values ($1, $2, $3, $4) on conflict do nothing',
      [person, reason, actor.kind === 'person' ? 'person' : 'staff', at],
    ),
  );
}

/** Lifts a restriction at the person's own wish. */
export async function liftRestriction(engine: Engine, person: string, actor: Actor, at: Date): Promise<void> {
  const wishes = [{ act: 'lift-restriction', purpose: 'rights' }] as const;
  await act(engine, { person, actor, at, name: 'lift-restriction', wishes }, (client) =>
    client.query('delete from gate.restriction where person = $1', [person]),
  );
}

/** Ends single rows of a module's table at the person's wish, by exact values of one column, such as some topics. */
export async function endRows(
  engine: Engine,
  person: string,
  name: string,
  which: Readonly<Record<string, readonly string[]>>,
  actor: Actor,
  at: Date,
): Promise<void> {
  const table = personTables(engine.map).find((one) => one.name === name);
  const [column, values] = Object.entries(which)[0] ?? [];
  if (table?.end !== 'delete' || column === undefined || !table.columns.some((one) => one.name === column))
    throw new Refusal('answer.unknown-item', [name]);
  const wishes = values!.map((value) => ({
    act: 'end-rows' as const,
    purpose: table.purpose ?? 'rights',
    what: `${name} ${column}=${value}`,
  }));
  await act(engine, { person, actor, at, name: 'end-rows', wishes }, (client) =>
    client.query(
      `delete from ${tableIdent(name)} where ${ident(table.subject)} = $1 and ${ident(column)} = any($2)`,
      [person, values],
    ),
  );
}
