import { createHash } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { codeOf } from '../database.ts';
import { Fault } from '../fault.ts';
import { makeFolder } from '../folder.ts';
import type { JournalKey } from '../secrets.ts';
import { type BackedTable, PLAINLY, readContents, readingSql } from './contents.ts';
import { copyOut } from './copy.ts';
import {
  BACKUP_FORMAT,
  type BackupKind,
  MANIFEST,
  type Manifest,
  type ManifestBody,
  signManifest,
} from './manifest.ts';
import { BackupRefused } from './refused.ts';

/** How far a backup or a restore has come. */
export interface Progress {
  readonly table: string;
  /** Tables done, and of how many. */
  readonly done: number;
  readonly of: number;
  /** Rows so far, in all tables. */
  readonly rows: number;
}

export interface DumpOptions {
  readonly kind: BackupKind;
  readonly mark: string;
  readonly key: JournalKey;
  /** What is told of the rows besides their number, read in the same snapshot. */
  readonly about: (client: ClientBase) => Promise<Pick<ManifestBody, 'statement' | 'journal'>>;
  readonly progress?: (progress: Progress) => void;
}

/** Told of progress each so many milliseconds while one table is on its way. */
const TELL_MS = 1000;
/** zlib's quickest: most of a row is ciphertext in hexadecimal, which halves at any level. */
const LEVEL = 1;

/**
 * Writes one database into a folder, as it was at one moment (one snapshot, read only): a gzipped file of COPY text a
 * table, and last a signed manifest, so that a backup that was broken off is no backup. Whoever writes to the database
 * meanwhile is not held up. Refuses a folder that holds a backup already; Faults where it cannot be written.
 */
export async function dump(client: ClientBase, folder: string, options: DumpOptions): Promise<Manifest> {
  await prepare(folder);
  await client.query(`begin isolation level repeatable read read only; ${PLAINLY}`);
  try {
    const { rows } = await client.query<{ at: Date; server: string }>(
      `select clock_timestamp() as at, current_setting('server_version') as server`,
    );
    const { at, server } = rows[0]!;
    const { tables, partitions, sequences } = await readContents(client);
    const ledger = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from platform.migration order by name',
    );
    const about = await options.about(client);
    const written: ManifestBody['tables'] = [];
    let before = 0;
    for (const [index, table] of tables.entries()) {
      const tell = (more: number, done: number) =>
        options.progress?.({ table: table.name, done, of: tables.length, rows: before + more });
      const one = await dumpTable(client, folder, index, table, (rowsSoFar) => tell(rowsSoFar, index));
      written.push(one);
      before += one.rows;
      tell(0, index + 1);
    }
    const manifest = signManifest(
      {
        format: BACKUP_FORMAT,
        kind: options.kind,
        mark: options.mark,
        takenAt: at.toISOString(),
        server,
        ...about,
        migrations: ledger.rows,
        tables: written,
        partitions: [...partitions],
        sequences: [...sequences],
        key: options.key.id,
      },
      options.key,
    );
    await writeDurably(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    await client.query('rollback');
    return manifest;
  } catch (error) {
    // The connection may be in the middle of a table, so nothing more is asked of it: its owner closes it.
    throw faultOf(error, folder);
  }
}

async function dumpTable(
  client: ClientBase,
  folder: string,
  index: number,
  table: BackedTable,
  tell: (rows: number) => void,
): Promise<ManifestBody['tables'][number]> {
  const file = `${String(index + 1).padStart(3, '0')}-${table.name.replace(/[^\w.-]/g, '_')}.copy.gz`;
  const handle = await open(join(folder, file), 'wx', 0o600);
  const timer = { at: performance.now() };
  try {
    const copy = copyOut(client, readingSql(table));
    const hash = createHash('sha256');
    let bytes = 0;
    await pipeline(copy, createGzip({ level: LEVEL }), async (zipped: AsyncIterable<Buffer>) => {
      for await (const chunk of zipped) {
        hash.update(chunk);
        bytes += chunk.length;
        await handle.writeFile(chunk);
        if (performance.now() - timer.at < TELL_MS) continue;
        timer.at = performance.now();
        tell(copy.rows);
      }
    });
    await handle.sync();
    return {
      name: table.name,
      columns: [...table.columns],
      rows: copy.rows,
      file,
      bytes,
      sha256: hash.digest('hex'),
    };
  } finally {
    await handle.close();
  }
}

/** Makes the folder ready: empty, or with what a backup that was broken off has left, which is taken away. */
async function prepare(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    const there = await readdir(folder);
    if (there.includes(MANIFEST))
      throw new BackupRefused(
        `There is a backup in ${folder} already: give another folder, or take that one away.`,
      );
    const foreign = there.find((name) => !/^[\w.-]+\.copy\.gz$/.test(name) && name !== `${MANIFEST}.part`);
    if (foreign !== undefined)
      throw new BackupRefused(`${folder} holds something else (${foreign}): give an empty folder.`);
    for (const name of there) await rm(join(folder, name));
  } catch (error) {
    throw faultOf(error, folder);
  }
}

/** Written beside, made durable, and only then given its name. */
async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.part`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
  const above = await open(join(file, '..'), 'r');
  await above.sync().finally(() => above.close());
}

const DISK = /^E(NOSPC|DQUOT|ACCES|PERM|ROFS|NOENT|NOTDIR|EXIST|ISDIR|IO|FBIG|MFILE|NAMETOOLONG|LOOP)$/;

/** What the disk says, as a sentence; anything else as it is. */
function faultOf(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (!DISK.test(code)) return error;
  return new Fault(`The backup in ${folder} cannot be written (${code}): make room, or give another folder.`);
}
