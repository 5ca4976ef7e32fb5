import { tableIdent } from '#platform/database.ts';
import { archives } from './archive/shelf.ts';
import type { Engine } from './engine.ts';
import type { Sealer } from './journal.ts';
import { buildReceipt, type Receipt } from './receipt.ts';
import { Refusal } from './refusal.ts';

/** A receipt, and the numbers of those that follow it up. The file is whole without them: they are a way, not a claim. */
export type GivenReceipt = Receipt & { readonly later?: readonly string[] };

/**
 * The receipt of a number, sealed in the journal; the number is what gives access to it. Records that outlast an erasure
 * outlast its receipt as well: once that is gone, its number leads to the receipts that follow it up (clause
 * `k.bookkeeping`). Refuses a number that leads nowhere, and one whose receipt or journal entry has left by its own
 * period.
 */
export async function giveReceipt(
  engine: Engine,
  sealer: Sealer,
  id: string,
  at: Date,
): Promise<GivenReceipt> {
  const pool = engine.pools.of('answer');
  const { rows } = await pool.query<{ id: string; entered: boolean }>({
    name: 'receipt.numbers',
    text: `select r.id, exists (select from journal.entry e where e.person = r.person
                                   and e.digest = sha256(convert_to(r.body, 'UTF8'))) as entered
             from gate.receipt r where r.id = $1 or r.earlier = $1 order by r.id <> $1, r.at, r.id`,
    values: [id],
  });
  const [wanted, ...later] = rows;
  // A number that leads nowhere must not make anyone seal.
  if (wanted === undefined)
    throw new Refusal((await isTold(engine, id)) ? 'answer.past-receipt' : 'answer.unknown-receipt');
  if (!wanted.entered) throw new Refusal('answer.past-receipt');
  const build = () => buildReceipt(pool, wanted.id, engine.secrets.journalKey);
  let made = await build();
  // Not sealed yet: seal now. Another process may hold the seal for a moment, so it is asked a few times.
  for (let tries = 0; made === undefined && tries < 5; tries += 1) {
    await sealer.seal(at);
    made = await build();
  }
  if (made === undefined) throw new Refusal('answer.unknown-receipt');
  return later.length === 0 ? made : { ...made, later: later.map((one) => one.id) };
}

/** Whether records still lie in the archive that an erasure's receipt told of. */
async function isTold({ map, statement, pools }: Engine, id: string): Promise<boolean> {
  const tables = archives(map, statement).map(({ table }) => tableIdent(table.name));
  if (tables.length === 0) return false;
  const { rows } = await pools
    .of('answer')
    .query<{ told: boolean }>(
      `select ${tables.map((name) => `exists (select from ${name} where told = $1)`).join(' or ')} as told`,
      [id],
    );
  return rows[0]!.told;
}
