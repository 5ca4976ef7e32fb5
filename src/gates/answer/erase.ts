import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { codeOf, ident, tableIdent, uuidArray } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { type Actor, demandPerson } from '../actor.ts';
import type { ErasureAnswer, ErasurePreview } from '../answers.ts';
import { archivePeople, withMoving } from '../archive/move.ts';
import { archives, shelvedOf } from '../archive/shelf.ts';
import type { Engine } from '../engine.ts';
import { HELD, held } from '../held.ts';
import { ADDED_COLUMNS } from '../journal.ts';
import { Refusal } from '../refusal.ts';
import { together } from '../together.ts';
import { openPerson } from './access.ts';
import { deleteAll, ended, goesOf, hashesKept, staysOf } from './erased-rows.ts';
import { writeErasures } from './erasure-receipts.ts';
import { standingHolds } from './shown-holds.ts';

/** What an erasure would take and leave, and why, without doing it (art. 17). */
export async function preview(
  engine: Engine,
  person: string,
  actor: Actor,
  at: Date,
): Promise<ErasurePreview> {
  demandPerson(actor, person);
  const { records, days } = await openPerson(engine, person);
  const counts = new Map<string, number>();
  for (const { column, count } of days)
    counts.set(column.category!, (counts.get(column.category!) ?? 0) + count);
  for (const table of personTables(engine.map).filter(({ end }) => end !== 'stays'))
    for (const row of records[table.name] ?? [])
      for (const [category, columns] of ended(engine, table))
        if (columns.some((column) => row[column] !== null))
          counts.set(category, (counts.get(category) ?? 0) + 1);
  const pool = engine.pools.of('answer');
  const hashes = await hashesKept(engine, pool, [person]);
  const shelved = (await shelvedOf(engine, pool, [person])).get(person) ?? [];
  return {
    goes: goesOf(engine, counts),
    stays: staysOf(
      engine,
      { hashes: hashes.get(person) ?? [], shelved: withMoving(engine, shelved, records, at) },
      records,
      at,
    ),
    // Said as the erasure itself would say it, of a hold that may not be told of too: one click more would tell as much.
    ...(standingHolds(records, at).length > 0 ? { held: true } : {}),
  };
}

/** Refuses, as {@link erase} would, an actor who may not, somebody who is nobody here, and one on whom a hold stands. */
export async function demandErasable(engine: Engine, person: string, actor: Actor, at: Date): Promise<void> {
  demandPerson(actor, person);
  const is = (await whoIsThere(engine, [{ person, at }])).get(person);
  if (is === undefined) throw new Refusal('answer.unknown-person');
  if (is === 'held') throw new Refusal('answer.held');
}

/** Who has an erasure done, and when. */
export interface By {
  readonly actor: Actor;
  readonly at: Date;
}

/**
 * Erases a person (art. 17, clause `r.rectify-erase`): the decision is written first, then what a law holds is moved to
 * the archive, then the key is destroyed, then every row goes in one transaction with the receipt. A crash anywhere leaves a decision that {@link finishErasures}
 * completes; from the decision on, nobody reads the person. Erasures asked for at the same time share each step.
 */
export async function erase(
  engine: Engine,
  person: string,
  actor: Actor,
  ground: string,
  at: Date,
): Promise<ErasureAnswer> {
  demandPerson(actor, person);
  const answer = await eraseTogether(engine, { person, actor, ground, at });
  if (answer === 'nobody') throw new Refusal('answer.unknown-person');
  if (answer === 'held') throw new Refusal('answer.held');
  if (answer === 'owner') throw new Refusal('customers.last-owner');
  // Another process may have finished it meanwhile; its receipt is the one.
  return answer ?? finishedElsewhere(engine, person);
}

type Asked = By & { person: string; ground: string };
type Answered = ErasureAnswer | 'nobody' | 'held' | 'owner' | undefined;

const eraseTogether = together(async (engine: Engine, asked: readonly Asked[]) => {
  try {
    return await eraseAll(engine, asked);
  } catch (error) {
    // Nothing was decided for any of them. Asked once more, whoever is held now is told apart from the others.
    if (codeOf(error) === HELD) return eraseAll(engine, asked);
    // Whom the database keeps for another reason, only it knows: each is asked for alone.
    if (codeOf(error) !== OWNERLESS) throw error;
    const each: Answered[] = [];
    for (const one of asked)
      each.push(
        ...(await eraseAll(engine, [one]).catch((alone: unknown): Answered[] => {
          if (codeOf(alone) !== OWNERLESS) throw alone;
          return ['owner'];
        })),
      );
    return each;
  }
});

/** What PostgreSQL says when the erasure of an owner would leave a client's other users without one. */
const OWNERLESS = 'HJ003';

async function eraseAll(engine: Engine, asked: readonly Asked[]): Promise<Answered[]> {
  const there = await whoIsThere(engine, asked);
  const ours = asked.filter(({ person }) => there.get(person) === 'free');
  await decide(
    engine.pools.of('answer'),
    ours.map(({ person, actor, ground, at }) => ({
      person,
      askedBy: actor.kind === 'person' ? ('person' as const) : ('staff' as const),
      ground,
      at,
    })),
  );
  const done = await finish(engine, new Map(ours.map(({ person, ...by }) => [person, by])));
  return asked.map(({ person }) => {
    const is = there.get(person) ?? 'nobody';
    return is === 'free' ? done.get(person) : is;
  });
}

/** Of these, who is a person here, with a row and a key and not being erased, and whether a hold stands on them. */
async function whoIsThere(
  engine: Engine,
  asked: readonly Pick<Asked, 'person' | 'at'>[],
): Promise<Map<string, 'free' | 'held'>> {
  const people = [...new Map(asked.map(({ person, at }) => [person, at]))];
  const ids = people.map(([person]) => person);
  const [{ rows }, keys] = await Promise.all([
    engine.pools.of('answer').query<{ person: string; held: boolean }>({
      name: 'erase.there',
      text: `select p.person, ${held('p.person', 'a.at')} as held
               from unnest($1::uuid[], $2::timestamptz[]) a(person, at) join vault.person p on p.person = a.person
              where not exists (select from gate.erasure e where e.person = p.person)`,
      values: [ids, people.map(([, at]) => at)],
    }),
    engine.keys.of(ids),
  ]);
  return new Map(
    rows
      .filter(({ person }) => keys.has(person))
      .map(({ person, held: is }) => [person, is ? 'held' : 'free']),
  );
}

export interface Decision {
  readonly person: string;
  readonly askedBy: 'person' | 'staff' | 'keep';
  /** The clause it rests on. */
  readonly ground: string;
  readonly at: Date;
}

/**
 * Writes the decision to erase; from its commit on the person is nobody to every gate. PostgreSQL refuses it for somebody
 * on whom a hold stands (HJ002).
 */
export async function decide(
  client: Pick<ClientBase | Pool, 'query'>,
  decisions: readonly Decision[],
): Promise<void> {
  if (decisions.length === 0) return;
  // In one order everywhere, so that two who decide on the same people do not wait for each other.
  const sorted = [...decisions].sort((a, b) => (a.person < b.person ? -1 : 1));
  await client.query(
    `insert into gate.erasure (person, id, asked_by, ground, decided_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) on conflict (person) do nothing`,
    [
      uuidArray(sorted.map(({ person }) => person)),
      uuidArray(sorted.map(() => randomUUID())),
      sorted.map(({ askedBy }) => askedBy),
      sorted.map(({ ground }) => ground),
      sorted.map(({ at }) => at),
    ],
  );
}

/** People erased in one transaction, and how many such are under way at once: one waits for keys while another has rows. */
const TOGETHER = 2000;
const ABREAST = 2;

/** Completes every erasure that was decided and not done, such as after a crash; answers with how many. */
export async function finishErasures(engine: Engine, at: Date): Promise<number> {
  let finished = 0;
  for (;;) {
    const { rows } = await engine.pools
      .of('answer')
      .query<{ person: string }>(
        'select person from gate.erasure where done_at is null order by decided_at limit $1',
        [TOGETHER * ABREAST],
      );
    if (rows.length === 0) return finished;
    const by: By = { actor: { kind: 'system' }, at };
    const share = Math.ceil(rows.length / ABREAST);
    const shares = [rows.slice(0, share), rows.slice(share)].map(
      (some) => new Map(some.map(({ person }) => [person, by])),
    );
    // What fails is told when neither is under way any more.
    const begun = await Promise.allSettled(shares.map((acts) => finish(engine, acts)));
    for (const one of begun) {
      if (one.status === 'rejected') throw one.reason;
      finished += one.value.size;
    }
  }
}

/**
 * Moves what must be kept to the archive, destroys the keys, then takes all rows of these people, each with a receipt, in
 * one transaction. Begun again after a crash, it does what is left: nothing that must be kept is lost with a key.
 */
export async function finish(
  engine: Engine,
  acts: ReadonlyMap<string, By>,
): Promise<Map<string, ErasureAnswer>> {
  if (acts.size === 0) return new Map();
  const people = [...acts.keys()];
  for (const [at, together] of Map.groupBy(people, (person) => acts.get(person)!.at.getTime()))
    await archivePeople(engine, together, new Date(at));
  await engine.keys.destroy(people);
  const client = await engine.pools.of('answer').connect();
  try {
    return await inTransaction(client, () => takeRows(engine, client, acts));
  } finally {
    client.release();
  }
}

async function takeRows(
  engine: Engine,
  client: PoolClient,
  acts: ReadonlyMap<string, By>,
): Promise<Map<string, ErasureAnswer>> {
  // The statement that takes the rows names every table and every day; planning it anew for each batch would cost as much as
  // running it.
  await client.query('set local plan_cache_mode = force_generic_plan');
  // The row lock lets one of two processes do it; the other finds nothing left to do.
  const { rows: open } = await client.query<{ person: string; id: string; ground: string }>(
    'select person, id, ground from gate.erasure where person = any($1) and done_at is null order by person for update',
    [uuidArray([...acts.keys()])],
  );
  if (open.length === 0) return new Map();
  const ours = open.map(({ person }) => person);
  const hashes = await hashesKept(engine, client, ours);
  const gone = await deleteAll(engine, client, ours);
  // Counted once the person's row is ours: a record that was booked up to then is among them.
  const shelved = await shelvedOf(engine, client, ours);
  for (const { table } of shelved.size === 0 ? [] : archives(engine.map, engine.statement))
    await client.query(
      `update ${tableIdent(table.name)} a set told = e.id from gate.erasure e
        where e.person = a.${ident(table.subject)} and e.person = any($1) and a.told is null`,
      [ours],
    );
  const erased = open.map(({ person, ...row }) => {
    const outlasts = hashes.has(person) || shelved.has(person);
    const outlasting = { hashes: hashes.get(person) ?? [], shelved: shelved.get(person) ?? [] };
    return { person, ...row, ...acts.get(person)!, outlasting: outlasts ? outlasting : undefined };
  });
  return writeErasures(engine, client, gone, new Map(erased.map((one) => [one.person, one])));
}

/** Adds receipts and their journal entries in the caller's transaction. */
export async function writeReceipts(
  client: Pick<ClientBase, 'query'>,
  receipts: readonly Record<string, unknown>[],
  entries: readonly Record<string, unknown>[],
): Promise<void> {
  await client.query(
    `with r as (insert into gate.receipt select * from json_populate_recordset(null::gate.receipt, $1::json))
     insert into journal.entry (${ADDED_COLUMNS}) select ${ADDED_COLUMNS} from json_populate_recordset(null::journal.entry, $2::json)`,
    [JSON.stringify(receipts), JSON.stringify(entries)],
  );
}

async function finishedElsewhere(engine: Engine, person: string): Promise<ErasureAnswer> {
  const { rows } = await engine.pools
    .of('answer')
    .query<{ id: string; body: string }>(
      `select r.id, r.body from gate.receipt r join gate.erasure e on e.id = r.id where e.person = $1`,
      [person],
    );
  const receipt = rows[0];
  if (receipt === undefined) throw new Refusal('answer.unknown-person');
  const body = JSON.parse(receipt.body) as {
    goes: { category: string; count: number }[];
    stays: ErasurePreview['stays'];
  };
  const counts = new Map(body.goes.map(({ category, count }) => [category, count]));
  return { receipt: receipt.id, goes: goesOf(engine, counts), stays: body.stays };
}
