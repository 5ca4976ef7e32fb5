import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import type { Actor } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { isHeld } from '../held.ts';
import { Refusal } from '../refusal.ts';
import { settle } from './settle.ts';
import { act } from './wishes.ts';

/**
 * Ends what one collection point took in, once it has served: a sign-up that was confirmed is no reason to keep an
 * address any longer, so whoever leaves the same day leaves nothing behind (clauses `1.1.newsletter`, `k.opt-out`). Its
 * rows in `table` go, and its claim on what is in the vault; what another purpose keeps stays.
 */
export async function fulfil(
  engine: Engine,
  person: string,
  { point, table: name }: { point: string; table: string },
  actor: Actor,
  at: Date,
): Promise<void> {
  const table = personTables(engine.map).find((one) => one.name === name);
  if (table?.purpose !== engine.statement.points[point]?.purpose || table?.end !== 'delete')
    throw new Refusal('collect.unknown-point');
  await act(engine, { person, actor, at, name: 'fulfil' }, async (client) => {
    // Kept by a hold, it leaves with the round of keeping that comes after.
    if (await isHeld(client, person, at)) return;
    await client.query(`delete from ${tableIdent(name)} where ${ident(table.subject)} = $1`, [person]);
    await client.query('delete from gate.collection where person = $1 and point = $2', [person, point]);
    await settle(engine, client, [person]);
  });
}
