import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { ident, tableIdent } from '#platform/database.ts';
import type { Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { ClauseId } from '#statement/grammar.ts';
import { writeReceipts } from '../answer/erase.ts';
import { goesOf, staysOf, told } from '../answer/erased-rows.ts';
import type { Engine } from '../engine.ts';
import { entryRecord } from '../journal.ts';
import { digestOf } from '../receipt.ts';
import { archives, SHELVES, shelvedOf } from './shelf.ts';

/** People whose records leave in one transaction, each with a receipt. */
const PEOPLE = 500;

/** Archived records that are due: their table, the clause that lets them go, and the condition over `t` (`$1`: now). */
export interface DueRecords {
  readonly table: Table & { readonly subject: string };
  readonly clause: ClauseId;
  readonly where: string;
}

/**
 * Lets go of archived records whose date has come, of some people at a time, and says how many there were; fewer than
 * are due means that there are more. Each person gets a receipt that says so, people erased long ago among them: theirs
 * names the receipt of the erasure, whose number leads to it (clause `k.bookkeeping`). In the caller's transaction, so
 * that no record goes without its receipt.
 */
export async function takeRecords(
  engine: Engine,
  client: PoolClient,
  { table, clause, where }: DueRecords,
  now: Date,
): Promise<number> {
  const [name, person] = [tableIdent(table.name), ident(table.subject)];
  const { rows } = await client.query<{ person: string; count: number; told: string | null }>(
    `with due as (select distinct t.${person} as person from ${name} t where ${where} limit ${PEOPLE}),
          gone as (delete from ${name} t using due where t.${person} = due.person and ${where} returning t.${person} as person, t.told)
     select person, count(*)::int as count, max(told::text) as told from gone group by person order by person`,
    [now],
  );
  if (rows.length === 0) return 0;
  const left = await shelvedOf(
    engine,
    client,
    rows.map((row) => row.person),
  );
  const receipts: Record<string, unknown>[] = [];
  const entries: Record<string, unknown>[] = [];
  const [category] = told(table)[0]!;
  const { statement } = engine;
  for (const { person: whose, count, told: earlier } of rows) {
    const id = randomUUID();
    const body = {
      kind: 'erasure' as const,
      id,
      person: whose,
      at: now.toISOString(),
      statement: statement.version,
      operator: statement.operator.name,
      ground: clause,
      ...(earlier !== null && { earlier }),
      goes: goesOf(engine, new Map([[category, count]])).map((one) => ({
        category: one.category,
        count: one.count,
      })),
      stays: staysOf(engine, { shelved: left.get(whose) ?? [], hashes: [] }, undefined, now),
    };
    receipts.push({ person: whose, id, kind: 'erasure', body: canonicalJson(body), at: now, earlier });
    entries.push(
      entryRecord({
        gate: 'keep',
        act: 'archive-end',
        person: whose,
        actor: 'system',
        purpose: table.purpose,
        statement: statement.version,
        at: now,
        digest: digestOf(body),
      }),
    );
  }
  await writeReceipts(client, receipts, entries);
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** Later than the making of any key. */
const EVER = new Date('9999-12-31T00:00:00Z');
const KEYS = 1000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Destroys the keys of shelves on which nothing is left, so that the records are gone from every backup too; also those
 * of shelves that a crash left empty. Whoever is putting a record on one is waited for, and whoever comes after makes a
 * new key. Answers with how many went.
 */
export async function clearShelves(engine: Engine): Promise<number> {
  const inUse = archives(engine.map, engine.statement)
    .map(({ table }) => `select shelf from ${tableIdent(table.name)} where shelf = any($1)`)
    .join(' union ');
  if (inUse === '') return 0;
  const client = await engine.pools.of('keep').connect();
  let cleared = 0;
  try {
    for (let after: string | undefined = FIRST; after !== undefined; )
      after = await inTransaction(client, async () => {
        await client.query('select pg_advisory_xact_lock($1)', [SHELVES]);
        const shelves = await engine.keys.shelves.madeBefore(EVER, after!, KEYS);
        const { rows } = await client.query<{ shelf: string }>(inUse, [shelves]);
        const used = new Set(rows.map(({ shelf }) => shelf));
        cleared += await engine.keys.shelves.destroy(shelves.filter((shelf) => !used.has(shelf)));
        return shelves.at(-1);
      });
  } finally {
    client.release();
  }
  return cleared;
}
