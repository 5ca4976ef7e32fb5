import { blockHash } from '#platform/chain/chain.ts';
import type { JournalHead } from '#platform/wishes.ts';
import { ruleFor } from '#statement/rules.ts';
import type { Engine } from '../engine.ts';
import { BLOCK_COLUMNS, type BlockRow, blockForm, type Queryable } from '../journal.ts';
import { noteVersions } from './versions.ts';

/** The newest sealed block of the journal; undefined while there is none. Reads journal.block. */
export async function headOf(client: Queryable): Promise<JournalHead | undefined> {
  const { rows } = await client.query<BlockRow>(
    `select ${BLOCK_COLUMNS} from journal.block order by number desc limit 1`,
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const block = blockForm(row);
  return { number: block.number, hash: blockHash(block, row.signature), sealedAt: new Date(block.sealedAt) };
}

/** Whether a block that was noted is in the journal as it was. */
export async function isInJournal(client: Queryable, noted: JournalHead): Promise<boolean> {
  const { rows } = await client.query<BlockRow>(
    `select ${BLOCK_COLUMNS} from journal.block where number = $1`,
    [noted.number],
  );
  const row = rows[0];
  return row !== undefined && blockHash(blockForm(row), row.signature) === noted.hash;
}

/**
 * What is kept beside the keys, each round of keeping: the journal's newest block and the versions that were applied are
 * noted there, and wishes go when the duty to show them is over, as the records in the rows do.
 */
export async function tendLedger(engine: Engine, now: Date): Promise<void> {
  const { pools, keys, statement } = engine;
  await noteVersions(engine);
  const head = await headOf(pools.of('seal'));
  if (head !== undefined) await keys.wishes.noteHead(head);
  const period = ruleFor(statement, 'accountability', 'record.request')?.rule.period;
  if (period !== undefined) await keys.wishes.forget(period, now);
}
