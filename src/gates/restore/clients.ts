import { ident, tableIdent } from '#platform/database.ts';
import { SYSTEM } from '../actor.ts';
import { fulfil } from '../answer/fulfil.ts';
import { acting, handOver } from '../client.ts';
import type { HandOver, RowEnd, RowSet } from '../client-wishes.ts';
import type { Engine } from '../engine.ts';
import type { Gates } from '../gates.ts';
import type { Module } from '../module.ts';
import { Refusal } from '../refusal.ts';
import {
  type At,
  contradicted,
  type Due,
  holders,
  membershipsOf,
  tableOf,
  typed,
  usersOf,
} from './contradicted.ts';

/** What the modules do for a client whose rows were put back; see `Restored`. */
export interface Again {
  readonly acts: Readonly<Record<string, (client: string, at: Date) => Promise<void>>>;
  readonly tell: (client: string, owner: string, at: Date) => Promise<void>;
}

export function againOf(gates: Gates, modules: readonly Pick<Module, 'restored'>[]): Again {
  const acts = modules.flatMap(({ restored }) => Object.entries(restored?.again ?? {}));
  return {
    acts: Object.fromEntries(
      acts.map(([act, run]) => [act, (client: string, at: Date) => run(gates, client, at)]),
    ),
    tell: async (client, owner, at) => {
      for (const { restored } of modules) await restored?.tell?.(gates, client, owner, at);
    },
  };
}

/** Clients looked at in one step. */
const PAGE = 1000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Holds the restored rows of clients to what was noted of them since, and makes it so again with the time of then (clause
 * `u.customer`): values have the last that they were set to, rows that were taken away go, ownership is where it was last
 * handed. Where that is not in the rows, access is taken and not given: a user who is in no row is invited again. Answers
 * with how many clients were not as noted; a second time there is none.
 */
export async function carryOutOfClients(engine: Engine, again: Again, now: Date): Promise<number> {
  let done = 0;
  for (let after = FIRST; ; ) {
    const wishes = await engine.keys.wishes.clientPage(after, PAGE);
    if (wishes.length === 0) return done;
    after = wishes.at(-1)!.client;
    for (const [client, due] of await contradicted(engine, wishes)) {
      await carryOut(engine, again, client, due, now);
      done += 1;
    }
  }
}

async function carryOut(
  engine: Engine,
  { acts, tell }: Again,
  client: string,
  { sets, ends, owners }: Due,
  now: Date,
): Promise<void> {
  const owner = owners?.gives ? owners.to : (await holders(engine, client))[0];
  if (owner !== undefined) await unlessRefused(() => tell(client, owner, now));
  if (owners?.letsGo)
    await letGo(engine, client, { person: owners.from, by: 'ownership.taken', at: owners.at });
  if (owners?.gives) await give(engine, client, owners);
  const isMore = ({ by }: RowSet) => Object.hasOwn(acts, by);
  await setRows(
    engine,
    client,
    sets.filter((set) => !isMore(set)),
  );
  for (const end of ends) await endRow(engine, client, end);
  const more = sets.filter(isMore);
  for (const { by, at } of new Map(more.toReversed().map((set) => [set.by, set])).values()) {
    const users = await usersOf(engine, client);
    const keyed = await engine.keys.held(users);
    // Whoever was erased since is no part of it, and nothing was noted of them that says so.
    for (const person of users) if (!keyed.has(person)) await letGo(engine, client, { person, by, at });
    await unlessRefused(() => acts[by]!(client, at));
  }
  // What the act itself has not reached.
  await setRows(engine, client, more);
}

/** The statement in force may allow it no more, or who it concerns is gone: there is nothing left to do. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** Hands a client over anew. That no hold keeps it from being so was asked the first time. */
async function give(engine: Engine, client: string, { from, to, at }: At<HandOver>): Promise<void> {
  await unlessRefused(() =>
    acting(engine, { client, actor: SYSTEM, act: 'ownership.taken', at }, async (connection) => {
      await handOver(engine, connection, client, { from, to }, 'customers.no-offer');
      return [from, to].map((person) => ({ person }));
    }),
  );
}

/** Ends somebody's use of a client. */
async function letGo(
  engine: Engine,
  client: string,
  { person, by, at }: { person: string; by: string; at: Date },
): Promise<void> {
  await acting(engine, { client, actor: SYSTEM, act: by, at }, async (connection) => {
    for (const { table, subject, column, open } of membershipsOf(engine))
      await connection.query(`update ${table} set ${column} = $3 where ${open} and ${subject} = $2`, [
        client,
        person,
        at,
      ]);
    return [{ person }];
  });
}

async function setRows(engine: Engine, client: string, sets: readonly At<RowSet>[]): Promise<void> {
  const together = Map.groupBy(sets, ({ by, at }) => `${by} ${+at}`);
  for (const some of together.values()) {
    const { by, at } = some[0]!;
    await acting(engine, { client, actor: SYSTEM, act: by, at }, async (connection) => {
      const people: { person: string }[] = [];
      for (const { table: name, id, column, value } of some) {
        const table = tableOf(engine, name, column)!;
        const { rows } = await connection.query<{ person: string }>(
          `update ${tableIdent(name)} set ${ident(column)} = ${typed(name, column, '$3::jsonb')}
            where ${ident(table.client)} = $1 and id = $2 and ${ident(column)} is distinct from ${typed(name, column, '$3::jsonb')}
          returning ${ident(table.subject)} as person`,
          [client, id, JSON.stringify(value)],
        );
        people.push(...rows);
      }
      return people;
    });
  }
}

/** Takes a row away anew, and with it what came in by the collection point that it had served. */
async function endRow(engine: Engine, client: string, end: At<RowEnd>): Promise<void> {
  const table = tableOf(engine, end.table)!;
  const { at, by, id, point } = end;
  let people: { person: string }[] = [];
  await acting(engine, { client, actor: SYSTEM, act: by, at }, async (connection) => {
    const { rows } = await connection.query<{ person: string }>(
      `delete from ${tableIdent(table.name)} where ${ident(table.client)} = $1 and id = $2 returning ${ident(table.subject)} as person`,
      [client, id],
    );
    people = rows;
    return rows;
  });
  if (point === undefined) return;
  for (const { person } of people)
    await unlessRefused(() => fulfil(engine, person, { point, tables: [table.name], client }, SYSTEM, at));
}
