import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import type { Actor } from '../actor.ts';
import { endOfRow, noteOf, rowSet } from '../client-wishes.ts';
import type { Engine } from '../engine.ts';
import { isHeld } from '../held.ts';
import { Refusal } from '../refusal.ts';
import { decide, finish } from './erase.ts';
import { settle } from './settle.ts';
import { act } from './wishes.ts';

/** What has served: rows of a table or more, of one client where that is said, and what their collection point took in. */
export interface Served {
  readonly point: string;
  readonly tables: readonly string[];
  readonly client?: string;
}

/**
 * Ends what one collection point took in, once it has served: a sign-up that was confirmed is no reason to keep an
 * address any longer, so whoever leaves the same day leaves nothing behind (clauses `1.1.newsletter`, `k.opt-out`). Its
 * rows in `tables` go, and when none of them is left its claim on what is in the vault; what another purpose keeps stays,
 * and whoever nothing is left of is erased.
 */
export async function fulfil(
  engine: Engine,
  person: string,
  { point, tables: names, client: which }: Served,
  actor: Actor,
  at: Date,
): Promise<void> {
  const served = engine.statement.points[point];
  const tables = personTables(engine.map).filter(
    ({ name, purpose, end }) => names.includes(name) && purpose === served?.purpose && end === 'delete',
  );
  if (served === undefined || tables.length !== names.length) throw new Refusal('collect.unknown-point');
  const rowsOf = ({ name, subject }: (typeof tables)[number]) =>
    `from ${tableIdent(name)} t where t.${ident(subject)} = $1`;
  const left = await act(engine, { person, actor, at, name: 'fulfil' }, async (client) => {
    // Kept by a hold, it leaves with the round of keeping that comes after, and serves nobody until then.
    if (await isHeld(client, person, at)) {
      for (const table of tables) await closeRows(engine, client, { table, person, which, at });
      return [];
    }
    for (const table of tables) {
      if (which === undefined || table.client === undefined) {
        await client.query(`delete ${rowsOf(table)}`, [person]);
        continue;
      }
      const { rows } = await client.query<{ id: string }>(
        `delete ${rowsOf(table)} and t.${ident(table.client)} = $2 returning t.id`,
        [person, which],
      );
      // What lets somebody in, such as an invitation, must not let them in again with rows from a backup.
      const ended = rows.map(({ id }) => endOfRow({ table: table.name, id, by: 'fulfil', point }));
      await engine.keys.wishes.note(ended.map((note) => noteOf(note, { person, client: which, at })));
    }
    const none = tables.map((table) => `not exists (select ${rowsOf(table)})`).join(' and ');
    await client.query(`delete from gate.collection where person = $1 and point = $2 and ${none}`, [
      person,
      point,
    ]);
    const nobody = await settle(engine, client, [person]);
    await decide(
      client,
      nobody.map((one) => ({ person: one, askedBy: 'keep' as const, ground: served.clause, at })),
    );
    return nobody;
  });
  await finish(engine, new Map(left.map((one) => [one, { actor, at }])));
}

/** The column that says since when a row has served, in tables that have one. */
const SERVED_AT = 'served_at';

/**
 * Notes of rows that stay that they have served, in tables that say so: what lets somebody in must not go on doing that. A
 * backup that is restored is held to it as to a row that went.
 */
async function closeRows(
  engine: Engine,
  connection: PoolClient,
  {
    table,
    person,
    which,
    at,
  }: { table: Table & { subject: string }; person: string; which?: string; at: Date },
): Promise<void> {
  const { name, subject, client } = table;
  if (client === undefined || !table.columns.some((column) => column.name === SERVED_AT)) return;
  const { rows } = await connection.query<{ id: string; client: string }>(
    `update ${tableIdent(name)} set ${SERVED_AT} = $3
      where ${ident(subject)} = $1 and ${ident(client)} = coalesce($2, ${ident(client)}) and ${SERVED_AT} is null
    returning id, ${ident(client)} as client`,
    [person, which ?? null, at],
  );
  await engine.keys.wishes.note(
    rows.map((row, turn) => {
      const set = { table: name, id: row.id, column: SERVED_AT, value: at, by: 'fulfil', turn };
      return noteOf(rowSet(set), { person, client: row.client, at });
    }),
  );
}
