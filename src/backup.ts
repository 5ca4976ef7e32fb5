import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ClientBase } from 'pg';
import type { Config } from '#config';
import { headOf } from '#gates/restore/ledger.ts';
import { dump, type Progress } from '#platform/backup/dump.ts';
import { type BackupKind, MANIFEST, type ManifestBody, manifestDigest } from '#platform/backup/manifest.ts';
import { BackupRefused } from '#platform/backup/refused.ts';
import { asOwner } from '#platform/database.ts';
import type { OpenOptions } from './databases.ts';
import { openProduct } from './product.ts';

/** What a backup holds, as `hjemmel backup --json` prints it. */
export interface BackedUp {
  readonly folder: string;
  readonly kind: BackupKind;
  /** SHA-256 of the manifest. */
  readonly manifest: string;
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
  /** Of the files, zipped. */
  readonly bytes: number;
  readonly statement?: string;
  readonly journal?: { readonly block: number; readonly hash: string };
}

export interface BackupOptions extends OpenOptions {
  readonly kind: BackupKind;
  readonly step: (progress: Progress) => void;
}

/**
 * Backs one of the two databases up into `folder/main` or `folder/keys`, beside a running server or by itself. Refuses a
 * folder that holds the other one's backup: rows and keys that are lost together, or stolen together, were not kept apart.
 */
export async function backUp(config: Config, folder: string, options: BackupOptions): Promise<BackedUp> {
  const { kind, step } = options;
  await refuseBeside(resolve(folder), kind);
  const product = await openProduct(config, options);
  try {
    const { databaseUrl, keysUrl, secrets, engine } = product;
    const target = join(resolve(folder), kind);
    const about = async (client: ClientBase): Promise<Pick<ManifestBody, 'statement' | 'journal'>> => {
      if (kind === 'keys') return {};
      const head = await headOf(client);
      if (head !== undefined) await engine.keys.wishes.noteHead(head);
      const statement = product.inForce.applied.statement.version;
      return { statement, ...(head && { journal: { block: head.number, hash: head.hash } }) };
    };
    const manifest = await asOwner(kind === 'main' ? databaseUrl : keysUrl, (client) =>
      dump(client, target, { kind, mark: secrets.mark, key: secrets.journalKey, about, progress: step }),
    );
    const { tables, takenAt, statement, journal } = manifest.body;
    return {
      folder: target,
      kind,
      manifest: manifestDigest(manifest),
      takenAt,
      tables: tables.length,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
      statement,
      journal,
    };
  } finally {
    await product.close();
  }
}

const OTHER = { main: 'keys', keys: 'main' } as const;
const WHAT = { main: 'the rows', keys: 'the keys' } as const;

/** Refuses a folder in which, or in a folder above which, the other database's backup lies. */
async function refuseBeside(folder: string, kind: BackupKind): Promise<void> {
  const other = OTHER[kind];
  for (let at = folder; ; at = dirname(at)) {
    if (
      (await isThere(join(at, other, MANIFEST))) ||
      (at.endsWith(`/${other}`) && (await isThere(join(at, MANIFEST))))
    )
      throw new BackupRefused(
        `A backup of ${WHAT[other]} lies in ${at}: keep ${WHAT[kind]} in another place, so that nobody gets both at once.`,
      );
    if (dirname(at) === at) return;
  }
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
