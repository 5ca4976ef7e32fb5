import type { ClientBase } from 'pg';
import type { BackupKind } from './backup/manifest.ts';

/** A backup that was put back here; `replayedAt` is null until what came after it is so again. */
export interface Restoration {
  readonly id: string;
  readonly kind: BackupKind;
  /** SHA-256 of the backup's manifest, in hexadecimal; empty for rows that came back in another way. */
  readonly backup: string;
  readonly takenAt: Date;
  readonly restoredAt: Date;
  readonly tables: number;
  readonly rows: number;
  /** The newest block of the journal that was noted apart from it; null when none was. */
  readonly knownBlock: number | null;
  readonly knownHash: string | null;
  readonly replayedAt: Date | null;
  /** Counts as JSON, once it was replayed. */
  readonly replayed: string | null;
}

/** Two processes never replay at once: the second waits, and finds it done. */
export const REPLAY_LOCK = 7254040;

const COLUMNS = `id, kind, backup, taken_at as "takenAt", restored_at as "restoredAt", table_count as tables,
  row_count as rows, known_block as "knownBlock", encode(known_hash, 'hex') as "knownHash", replayed_at as "replayedAt", replayed`;

/** Writes down that a backup was put back, in the transaction that does it. */
export async function noteRestoration(
  client: Pick<ClientBase, 'query'>,
  given: Pick<Restoration, 'kind' | 'backup' | 'takenAt' | 'restoredAt' | 'tables' | 'rows'>,
): Promise<void> {
  await client.query(
    `insert into platform.restoration (kind, backup, taken_at, restored_at, table_count, row_count) values ($1, $2, $3, $4, $5, $6)`,
    [given.kind, given.backup, given.takenAt, given.restoredAt, given.tables, given.rows],
  );
}

/** Restorations that wait for their replay, oldest first. */
export async function waitingRestorations(client: Pick<ClientBase, 'query'>): Promise<Restoration[]> {
  const { rows } = await client.query<Restoration>(
    `select ${COLUMNS} from platform.restoration where replayed_at is null order by restored_at, id`,
  );
  return rows;
}

/** Writes down how far the journal was known to have come, before the replay adds to it; a second time changes nothing. */
export async function noteKnownHead(
  client: Pick<ClientBase, 'query'>,
  head: { readonly number: number; readonly hash: string } | undefined,
): Promise<void> {
  if (head === undefined) return;
  await client.query(
    'update platform.restoration set known_block = $1, known_hash = $2 where replayed_at is null and known_block is null',
    [head.number, Buffer.from(head.hash, 'hex')],
  );
}

/** Marks a restoration as replayed. */
export async function noteReplayed(
  client: Pick<ClientBase, 'query'>,
  { id, at, replayed }: { id: string; at: Date; replayed: string },
): Promise<void> {
  await client.query('update platform.restoration set replayed_at = $2, replayed = $3 where id = $1', [
    id,
    at,
    replayed,
  ]);
}

/** The last restoration of a backup; undefined when it was never put back here. */
export async function restorationOf(
  client: Pick<ClientBase, 'query'>,
  backup: string,
): Promise<Restoration | undefined> {
  const { rows: there } = await client.query<{ it: string | null }>(
    `select to_regclass('platform.restoration') as it`,
  );
  if (there[0]?.it == null) return undefined;
  const { rows } = await client.query<Restoration>(
    `select ${COLUMNS} from platform.restoration where backup = $1 order by restored_at desc, id limit 1`,
    [backup],
  );
  return rows[0];
}
