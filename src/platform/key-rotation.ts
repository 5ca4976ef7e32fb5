/**
 * A new master key, without stopping anything: what the old one wrapped is wrapped again under the new, batch by
 * batch, while both open. The keys of people and shelves and everything sealed with them stay as they are.
 */
import type { ClientBase } from 'pg';
import { openBytes, SealError, sealBytes } from './aead.ts';
import { KEY_TABLES } from './keys.ts';
import { addMasterKey, type MasterKeys, readMasterKeys } from './master-key.ts';
import { inTransaction } from './migrate.ts';
import { mastersInUse, refuseUnknownMasters, secretContext } from './secrets.ts';

/** How to rotate: the key file, rows a batch (default 1000), and who hears of each batch. */
export interface RotationOptions {
  readonly file: string;
  readonly batch?: number;
  /** Hears how many are rewrapped so far and how many are left, once a batch. What it throws ends the run. */
  readonly progress?: (done: number, left: number) => void;
}

/** What a rotation did: the current key's id, how many were rewrapped, and which ids nothing needs any more. */
export interface Rotation {
  readonly current: string;
  readonly rewrapped: number;
  readonly removable: readonly string[];
}

type Row = { readonly id: string; readonly wrapped: Buffer; readonly master: string };

/** The tables that hold wrapped things: which column names a row, and what its wrapping is tied to. */
const STORES = [
  { table: 'keys.secret', column: 'name', type: 'text', context: secretContext },
  ...KEY_TABLES.map(({ table, owner, context }) => ({ table, column: owner, type: 'uuid', context })),
] as const;

/**
 * Rotates the master key as the owner of the keys database, which alone may change wrapped secrets.
 *
 * Broken off at any moment, it is finished by being run again: while something is still wrapped by an older key, no
 * further key is added. Keys made meanwhile by other processes under the old one are taken along, since it goes on
 * until none is left. An old key should stay in the file until every machine has the new file.
 */
export async function rotateMasterKey(client: ClientBase, options: RotationOptions): Promise<Rotation> {
  let masters = readMasterKeys(options.file);
  await refuseUnknownMasters(client, masters);
  const before = await mastersInUse(client);
  if (before.every((id) => id === masters.current.id)) {
    addMasterKey(options.file);
    masters = readMasterKeys(options.file);
  }
  const current = masters.current.id;
  const old = masters.ids.filter((id) => id !== current);
  let left = await countUnder(client, old);
  let rewrapped = 0;
  for (const store of STORES) {
    for (let waiting = false; ; ) {
      const moved = await rewrapBatch(client, store, masters, old, options.batch ?? 1000, waiting);
      if (moved === 0 && waiting) break;
      // A batch that found only rows someone else holds is tried again, waiting for them: they may be deletions.
      waiting = moved === 0;
      if (moved === 0) continue;
      rewrapped += moved;
      left = Math.max(0, left - moved);
      options.progress?.(rewrapped, left);
    }
  }
  const used = await mastersInUse(client);
  return { current, rewrapped, removable: old.filter((id) => !used.includes(id)) };
}

async function rewrapBatch(
  client: ClientBase,
  store: (typeof STORES)[number],
  masters: MasterKeys,
  old: readonly string[],
  batch: number,
  waiting: boolean,
): Promise<number> {
  const { table, column, type, context } = store;
  const { id: current, key } = masters.current;
  return inTransaction(client, async () => {
    const found = await client.query<Row>(
      `select ${column} as id, wrapped, master from ${table} where master = any($1)
        limit $2 for update ${waiting ? '' : 'skip locked'}`,
      [old, batch],
    );
    const rewrapped = found.rows.map(({ id, wrapped, master }) => {
      const known = masters.find(master);
      const plain = known && openBytes(known.key, wrapped, context(id));
      if (plain === undefined) throw new SealError(`a row of ${table} does not open under ${master}`);
      const again = sealBytes(key, plain, context(id));
      plain.fill(0);
      return again;
    });
    await client.query(
      `update ${table} t set wrapped = u.w, master = $3
         from unnest($1::${type}[], $2::bytea[]) as u(i, w) where t.${column} = u.i`,
      [found.rows.map((row) => row.id), rewrapped, current],
    );
    return found.rows.length;
  });
}

async function countUnder(client: ClientBase, masters: readonly string[]): Promise<number> {
  const found = await client.query<{ n: string }>(
    `select ${STORES.map(({ table }) => `(select count(*) from ${table} where master = any($1))`).join(' + ')} as n`,
    [masters],
  );
  return Number(found.rows[0]?.n);
}
