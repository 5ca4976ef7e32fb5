import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { codeOf, ident, tableIdent } from '../database.ts';
import { Fault } from '../fault.ts';
import { inTransaction, LEDGER, MIGRATION_LOCK, type Migration } from '../migrate.ts';
import { type BackedTable, PLAINLY, readContents } from './contents.ts';
import { copyIn } from './copy.ts';
import type { Progress } from './dump.ts';
import type { ManifestBody } from './manifest.ts';
import { BackupRefused } from './refused.ts';

export interface LoadOptions {
  /** Every migration that this program has for the database. */
  readonly migrations: readonly Migration[];
  /** Take what is in the database away first. */
  readonly replace: boolean;
  readonly progress?: (progress: Progress) => void;
  /** Runs in the same transaction, when everything is in its place: what it throws undoes the whole. */
  readonly within: (client: ClientBase) => Promise<void>;
}

/**
 * Puts a backup's rows into a database, in one transaction: the tables as the backup's own migrations made them, then
 * every row, then the values of sequences. Killed anywhere, what was in the database is still there and nothing else. The
 * files are taken for whole, which {@link checkFiles} has shown. Later migrations run at the next start.
 *
 * Refuses a backup of a newer program, and a database that is not empty unless `replace`.
 */
export async function load(
  client: ClientBase,
  folder: string,
  body: ManifestBody,
  { migrations, replace, progress, within }: LoadOptions,
): Promise<void> {
  const theirs = ownMigrations(body, migrations);
  // Whoever starts meanwhile waits here, and finds all of it or nothing.
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await inTransaction(client, async () => {
      if (!replace) await demandEmpty(client);
      await takeAway(client);
      await client.query(LEDGER);
      for (const { sql } of theirs) await client.query(sql);
      await client.query(PLAINLY);
      const tables = await settleTables(client, body);
      let rows = 0;
      for (const [done, saved] of body.tables.entries()) {
        rows += await fill(client, folder, saved, tables.get(saved.name)!);
        progress?.({ table: saved.name, done: done + 1, of: body.tables.length, rows });
      }
      for (const { name, last, called } of body.sequences)
        await client.query('select setval($1::regclass, $2::bigint, $3)', [tableIdent(name), last, called]);
      await within(client);
    });
    await client.query('analyze');
  } catch (error) {
    // Every day of a table kept in days is a lock of its own, twice over when it takes another's place.
    if (codeOf(error) !== '53200') throw error;
    throw new Fault(
      'PostgreSQL ran out of locks or memory for a restore in one piece: raise max_locks_per_transaction there, start it again, and run this again.',
    );
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
  }
}

/** The migrations that made the backup's tables; refuses when this program lacks one or has another text of it. */
function ownMigrations({ migrations }: ManifestBody, known: readonly Migration[]): Migration[] {
  const ran = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  const ours = known.filter(({ name, sha256 }) => ran.get(name) === sha256);
  const foreign = migrations.find(({ name }) => !ours.some((one) => one.name === name));
  if (foreign !== undefined)
    throw new BackupRefused(
      `The backup was taken by a newer release, or another one (${foreign.name}): restore it with the release that took it.`,
    );
  return ours;
}

const SCHEMAS = `select nspname as name from pg_namespace
 where nspname not in ('pg_catalog', 'information_schema', 'public') and nspname not like 'pg\\_%'
   and pg_has_role(current_user, nspowner, 'usage')`;

async function demandEmpty(client: ClientBase): Promise<void> {
  const { tables } = await readContents(client);
  if (tables.length > 0)
    throw new BackupRefused(
      'The database is not empty: add --replace to put the backup in the place of what is there.',
    );
}

async function takeAway(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(SCHEMAS);
  if (rows.length > 0)
    await client.query(`drop schema ${rows.map(({ name }) => ident(name)).join(', ')} cascade`);
}

/** Makes the partitions that were made while the product ran, and answers with the tables as they stand. */
async function settleTables(client: ClientBase, body: ManifestBody): Promise<Map<string, BackedTable>> {
  const made = await readContents(client);
  const there = new Set(made.partitions.map(({ name }) => name));
  for (const { name, parent, bound, key } of body.partitions) {
    if (there.has(name)) continue;
    const divided = key === undefined ? '' : ` partition by ${key}`;
    await client.query(
      `create table ${tableIdent(name)} partition of ${tableIdent(parent)} ${bound}${divided}`,
    );
  }
  const tables = new Map(made.tables.map((table) => [table.name, table]));
  for (const { name, columns } of body.tables) {
    const has = new Set(tables.get(name)?.columns);
    const missing = columns.find((column) => !has.has(column));
    if (!tables.has(name) || missing !== undefined)
      throw new BackupRefused(
        `The backup holds ${missing === undefined ? name : `${name}.${missing}`}, which no migration makes: it was taken of a database that somebody changed by hand.`,
      );
  }
  return tables;
}

/** One table: what its migration put there gives way to what the backup holds. Its triggers rest: they judge what comes in. */
async function fill(
  client: ClientBase,
  folder: string,
  { name, columns, rows, file }: ManifestBody['tables'][number],
  { hasTriggers, isPartitioned }: BackedTable,
): Promise<number> {
  const table = tableIdent(name);
  if (hasTriggers) await client.query(`alter table ${table} disable trigger user`);
  await client.query(`delete from ${table}`);
  let came = 0;
  if (columns.length > 0 && rows > 0) {
    // Made in this very transaction, so that nobody can see them too early and no later vacuum need freeze them.
    const freeze = isPartitioned ? '' : ' with (freeze)';
    came = await copyIn(
      client,
      `copy ${table} (${columns.map(ident).join(', ')}) from stdin${freeze}`,
      // What fails on the way is thrown where the rows are read; there is nothing to say of it here.
      pipeline(createReadStream(join(folder, file)), createGunzip(), () => {}),
    );
  }
  if (came !== rows)
    throw new BackupRefused(`${join(folder, file)} holds ${came} rows and not ${rows}; take another backup.`);
  if (hasTriggers) await client.query(`alter table ${table} enable trigger user`);
  return came;
}
