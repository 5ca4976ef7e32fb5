/** Goes through the whole journal, or the rest of it, and says whether it is as it was sealed. */
import { ChainCheck, type Standing } from '#platform/chain/chain.ts';
import { ENTRY_COLUMNS, type EntryRow, entryLeaf } from '#platform/chain/entry-form.ts';
import type { JournalKey } from '#platform/secrets.ts';
import { BLOCK_COLUMNS, type BlockRow, blockForm, type Queryable } from './journal.ts';

/** How far the journal holds: blocks and entries checked now, entries not sealed yet, and the first thing wrong. */
export interface JournalVerdict {
  readonly blocks: number;
  readonly entries: number;
  readonly unsealed: number;
  /** The last block that held; a later check can go on from here. */
  readonly standing: Standing;
  readonly problem?: string;
}

const BLOCKS_A_PAGE = 64;

/**
 * Recomputes every root, link and signature from the rows themselves. Reads block by block, so memory stays flat
 * however long the journal is. It cannot see that the newest blocks were cut off together with their entries: compare
 * `standing` with one noted elsewhere, or with a receipt that was given out.
 */
export async function verifyJournal(
  client: Queryable,
  key: Pick<JournalKey, 'id' | 'publicKey'>,
  from?: Standing,
): Promise<JournalVerdict> {
  const check = new ChainCheck(key, from);
  let blocks = 0;
  let entries = 0;
  const verdict = async (problem?: string): Promise<JournalVerdict> => {
    const rest = await client.query<{ n: string | number }>(
      'select count(*) as n from journal.entry where id > $1',
      [check.standing.last],
    );
    const told = { blocks, entries, unsealed: Number(rest.rows[0]?.n ?? 0), standing: check.standing };
    return problem === undefined ? told : { ...told, problem };
  };
  for (;;) {
    const page = await client.query<BlockRow>(
      `select ${BLOCK_COLUMNS} from journal.block where number > $1 order by number limit ${BLOCKS_A_PAGE}`,
      [check.standing.number],
    );
    if (page.rows.length === 0) return verdict();
    for (const row of page.rows) {
      const { rows } = await client.query<EntryRow>(
        `select ${ENTRY_COLUMNS} from journal.entry where id > $1 and id <= $2 order by id`,
        [check.standing.last, row.last_id],
      );
      const leaves = rows.map((entry) => ({ id: Number(entry.id), hash: entryLeaf(entry) }));
      const problem = check.next(blockForm(row), row.signature, leaves);
      if (problem !== undefined) return verdict(problem);
      blocks += 1;
      entries += rows.length;
    }
  }
}
