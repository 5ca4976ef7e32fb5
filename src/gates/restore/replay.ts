import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { tableIdent } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import {
  noteKnownHead,
  noteReplayed,
  noteRestoration,
  REPLAY_LOCK,
  type Restoration,
  waitingRestorations,
} from '#platform/restoration.ts';
import type { Engine } from '../engine.ts';
import { append, type Sealer } from '../journal.ts';
import type { Kept } from '../keep/keep.ts';
import { type Again, carryOutOfClients } from './clients.ts';
import { headOf, isInJournal } from './ledger.ts';
import { refillWishes } from './refill.ts';
import { carryOutWishes } from './wishes.ts';

/** What had happened since a backup was taken, and is so again. People, except where it says otherwise. */
export interface Replayed {
  /** Erased since: no key is left. */
  readonly erased: number;
  /** Consents withdrawn, and those asked for and refused. */
  readonly withdrawn: number;
  readonly objected: number;
  readonly restricted: number;
  /** Objections and restrictions taken back. */
  readonly lifted: number;
  /** Single values and rows taken away. */
  readonly ended: number;
  /** Holds placed since, and released since. */
  readonly held: number;
  /** Clients of which users, access levels, invitations or the subscription had ended or changed. */
  readonly clients: number;
  /** Versions of the statement applied since, which are in force or wait again. */
  readonly versions: number;
  /** Rows past their date. */
  readonly expired: number;
  /** Keys destroyed that a restored backup of the keys had brought back. */
  readonly keys: number;
  /** Letters that waited and are not sent again. */
  readonly letters: number;
}

export interface ReplayOptions {
  /** Lends a connection of the owner, for the lock and the row that says what is done. */
  readonly owner: <T>(work: (client: ClientBase) => Promise<T>) => Promise<T>;
  readonly keep: (now: Date) => Promise<Kept>;
  readonly sealer: Sealer;
  /** Tables whose rows do not outlive a restore. */
  readonly passing: readonly string[];
  readonly again: Again;
  readonly now: Date;
  readonly progress?: (message: string) => void;
}

/**
 * After a restore and before anything is served: makes true again what people had asked for since the backup was taken
 * (clauses `r.withdraw`, `r.object-restrict`, `r.rectify-erase`, `k.*`). Erasures are known by the missing key, wishes by the ledger beside
 * the keys, dates by the clock. Sessions and one-time links end, and letters that waited are not sent: they may have gone
 * out meanwhile, and we would rather write once too seldom. Does nothing where nothing was restored; killed anywhere, the
 * next start does the rest.
 *
 * Rows that came back by other means than `hjemmel restore`, such as a copy of the server's disk, are known by their
 * journal: its newest block is noted beside the keys within a second, and is missing then.
 */
export async function replay(engine: Engine, options: ReplayOptions): Promise<Replayed | undefined> {
  return options.owner(async (client) => {
    if (!(await isDue(engine, client, options.now))) return undefined;
    await client.query('select pg_advisory_lock($1)', [REPLAY_LOCK]);
    try {
      // Another process may have been first.
      if (!(await isDue(engine, client, options.now))) return undefined;
      options.progress?.('Replaying what came after the backup.');
      await noteKnownHead(client, await engine.keys.wishes.head());
      const waiting = await waitingRestorations(client);
      const replayed = await replayAll(engine, waiting, options);
      await finish(engine, client, waiting, replayed, options.now);
      // The acts carry their own time, which is past: their block is not to wait.
      await options.sealer.seal(options.now);
      await engine.keys.wishes.resetHead(await headOf(client));
      return replayed;
    } finally {
      await client.query('select pg_advisory_unlock($1)', [REPLAY_LOCK]).catch(() => {});
    }
  });
}

/** True when a restore waits for its replay. Rows that are older than the keys know them to be are one as well. */
async function isDue(engine: Engine, client: ClientBase, now: Date): Promise<boolean> {
  const waiting = await waitingRestorations(client);
  if (waiting.length > 0) return true;
  // Read in this order: a block is noted after it is in its journal.
  const noted = await engine.keys.wishes.head();
  if (noted === undefined || (await isInJournal(client, noted))) return false;
  const head = await headOf(client);
  const takenAt = head?.sealedAt ?? new Date(0);
  await noteRestoration(client, { kind: 'main', backup: '', takenAt, restoredAt: now, tables: 0, rows: 0 });
  return true;
}

async function replayAll(
  engine: Engine,
  waiting: readonly Restoration[],
  { keep, passing, again, now }: ReplayOptions,
): Promise<Replayed> {
  const rowsCameBack = waiting.some(({ kind }) => kind === 'main');
  const keys = await destroyKeysOfErased(engine);
  const restoredAt = new Date(Math.max(...waiting.map((one) => one.restoredAt.getTime())));
  const letters = rowsCameBack ? await endWhatPasses(engine, passing, restoredAt) : 0;
  if (!rowsCameBack) await refillWishes(engine);
  // Before what people wished: a hold that is placed anew keeps nothing from ending that had ended before it.
  const clients = rowsCameBack ? await carryOutOfClients(engine, again, now) : 0;
  const wishes = rowsCameBack
    ? await carryOutWishes(engine)
    : { withdrawn: 0, objected: 0, restricted: 0, lifted: 0, ended: 0, held: 0 };
  const versions = rowsCameBack ? await appliedAgain(engine, restoredAt) : 0;
  const erased = await countKeyless(engine);
  const kept = await keep(now);
  return {
    erased,
    ...wishes,
    clients,
    versions,
    expired: kept.due.reduce((sum, { rows }) => sum + rows, 0),
    keys,
    letters,
  };
}

/** How many versions of the statement were applied again, by whoever opened the product on the rows first. */
async function appliedAgain({ pools }: Engine, restoredAt: Date): Promise<number> {
  const { rows } = await pools.of('keep').query<{ n: number }>(
    `select count(distinct statement)::int as n from journal.entry
      where gate = 'statement' and act = 'apply' and actor = 'system' and at >= $1`,
    [restoredAt],
  );
  return rows[0]!.n;
}

/** People looked at in one step. */
const PAGE = 5000;
/** One-time links of the engine's own. */
const LINKS = ['vault.new_address'];
/** Before every person's number. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The register of erasures, applied to keys: a restored backup of the keys brings back what was destroyed after it. */
async function destroyKeysOfErased({ pools, keys }: Engine): Promise<number> {
  let destroyed = 0;
  for (let after = NOBODY; ; ) {
    const { rows } = await pools
      .of('keep')
      .query<{ person: string }>(
        'select person from gate.erasure where done_at is not null and person > $1 order by person limit $2',
        [after, PAGE],
      );
    if (rows.length === 0) return destroyed;
    const people = rows.map(({ person }) => person);
    destroyed += await keys.destroy(people);
    after = people.at(-1)!;
  }
}

/** How many people have rows and no key: erased after the backup was taken, and to be erased by the round of keeping. */
async function countKeyless({ pools, keys }: Engine): Promise<number> {
  let keyless = 0;
  for (let after = NOBODY; ; ) {
    const { rows } = await pools.of('keep').query<{ person: string }>(
      `select person from vault.person p where person > $1
          and not exists (select from gate.erasure e where e.person = p.person) order by person limit $2`,
      [after, PAGE],
    );
    if (rows.length === 0) return keyless;
    const people = rows.map(({ person }) => person);
    keyless += people.length - (await keys.held(people)).size;
    after = people.at(-1)!;
  }
}

/**
 * Ends sessions and one-time links, and gives up the letters that waited; answers with how many those were. What a replay
 * that was broken off has to tell came later, and goes out.
 */
async function endWhatPasses(
  { pools }: Engine,
  passing: readonly string[],
  restoredAt: Date,
): Promise<number> {
  const client = await pools.of('keep').connect();
  try {
    return await inTransaction(client, async () => {
      for (const table of [...LINKS, ...passing]) await client.query(`delete from ${tableIdent(table)}`);
      const { rowCount } = await client.query(
        `update mail.letter set next_at = 'infinity', failure = 'restored'
          where sent_at is null and next_at < 'infinity' and queued_at <= $1`,
        [restoredAt],
      );
      return rowCount ?? 0;
    });
  } finally {
    client.release();
  }
}

/**
 * Writes to the journal which backup it goes on from, and how far it was known to have come before: entries between the
 * two are lost, and the digest binds this entry to the row that says so.
 */
async function finish(
  { statement }: Engine,
  client: ClientBase,
  waiting: readonly Restoration[],
  replayed: Replayed,
  now: Date,
): Promise<void> {
  await inTransaction(client, async () => {
    for (const { id, backup, takenAt, kind, knownBlock, knownHash } of waiting) {
      const told = { kind, backup, takenAt: takenAt.toISOString(), knownBlock, knownHash };
      await append(client, [
        {
          gate: 'keep',
          act: 'restore',
          actor: 'system',
          purpose: 'accountability',
          statement: statement.version,
          at: now,
          digest: createHash('sha256').update(canonicalJson(told)).digest(),
        },
      ]);
      await noteReplayed(client, { id, at: now, replayed: JSON.stringify(replayed) });
    }
  });
}
