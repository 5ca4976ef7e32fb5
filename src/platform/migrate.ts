import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { Fault } from './fault.ts';

/** One forward migration; `name` starts with its time, which is the global order. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly sha256: string;
}

/** Reads `*.sql` of the folders given, in order of file name over all of them. Folders that do not exist count as empty. */
export async function readMigrations(folders: readonly string[]): Promise<Migration[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql'));
      return Promise.all(
        names.map(async (name) => {
          const sql = await readFile(join(folder, name), 'utf8');
          return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
        }),
      );
    }),
  );
  return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Advisory lock of whoever makes or changes tables. */
export const MIGRATION_LOCK = 7254002;

/** Makes the table of migrations that have run, where it is not there. */
export const LEDGER = `
create schema if not exists platform;
create table if not exists platform.migration (
  name text primary key, sha256 text not null, applied_at timestamptz not null default now()
);
comment on table platform.migration is 'Migrations that have run [subject=none]';
comment on column platform.migration.name is 'none: file name';
comment on column platform.migration.sha256 is 'none: SHA-256 of the file as it ran';
comment on column platform.migration.applied_at is 'none: when';`;

/**
 * Brings a database up to the migrations given, each in a transaction of its own, and answers with the names that ran.
 *
 * Several processes may start at once: an advisory lock lets one of them work while the others wait. A migration that
 * was edited after it ran is a Fault: we would rather not start than guess which of the two the data follows.
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await client.query(LEDGER);
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from platform.migration',
    );
    const done = new Map(rows.map((row) => [row.name, row.sha256]));
    const ran: string[] = [];
    for (const { name, sql, sha256 } of migrations) {
      const before = done.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new Fault(
          `The migration ${name} was changed after it ran; restore the file and put the change in a new one.`,
        );
      await inTransaction(client, async () => {
        await client.query(sql);
        await client.query('insert into platform.migration (name, sha256) values ($1, $2)', [name, sha256]);
      });
      ran.push(name);
    }
    return ran;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

/** Runs `work` between begin and commit on one connection; anything thrown rolls it back. */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // The connection may be what failed; the error worth telling is the first one.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
