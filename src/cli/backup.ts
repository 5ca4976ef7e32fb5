import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readKeyFile } from '#gates/receipt-check.ts';
import { checkFiles, readManifest } from '#platform/backup/manifest.ts';
import { BackupRefused } from '#platform/backup/refused.ts';
import { codeOf } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { wordAt } from './arguments.ts';
import type { Command, Run } from './command.ts';
import { commandOptions } from './open.ts';
import { stepTeller } from './progress.ts';
import { PUBLIC_KEY_FILE } from './verify.ts';

/** `hjemmel backup DIR`: one database, as it is at this moment, into a folder. */
export const backup: Command = {
  usage: 'backup <dir> [--keys]',
  words: 1,
  about: `Backs up the main database into DIR/main; with --keys, the keys database into DIR/keys, never in the same place.
--verify    reads the backup in DIR again and checks every file against the signed manifest, and that against the key in
            DATA_DIR or --key FILE
The master key is in neither. Keep backups of the keys for days, not for years: docs/operating.md says why.`,
  flags: ['keys', 'verify', 'key'],
  run: async (run) => {
    const folder = wordAt(run.given, 0, 'folder');
    return refusable(run, () => (run.given.flags.has('verify') ? verify(run, folder) : take(run, folder)));
  },
};

async function take(run: Run, folder: string): Promise<number> {
  const { given, config, wiring, print } = run;
  const kind = given.flags.has('keys') ? 'keys' : 'main';
  const made = await wiring.backUp(config, folder, {
    ...commandOptions(run),
    kind,
    step: stepTeller('Backing up'),
  });
  if (given.flags.has('json')) {
    print(JSON.stringify(made));
    return 0;
  }
  print(`Backed up ${made.rows} rows of ${made.tables} tables into ${made.folder} (${made.bytes} bytes).`);
  print(
    kind === 'main'
      ? 'The keys are not in it. Back them up by themselves, to another place: hjemmel backup OTHER --keys.'
      : 'Whoever is erased from now on is in it still: keep it for days, and rotate the master key to end older ones.',
  );
  return 0;
}

async function verify({ given, config, print }: Run, folder: string): Promise<number> {
  const kind = given.flags.has('keys') ? 'keys' : 'main';
  const target = join(resolve(folder), kind);
  const trusted = await trustedKey(
    given.values.get('key') ?? join(config.dataDir, PUBLIC_KEY_FILE),
    given.values.has('key'),
  );
  const { body } = await readManifest(target, trusted);
  const step = stepTeller('Checking');
  await checkFiles(target, body, (done, of) => step({ table: '', done, of, rows: 0 }));
  const rows = body.tables.reduce((sum, table) => sum + table.rows, 0);
  print(
    given.flags.has('json')
      ? JSON.stringify({
          ok: true,
          folder: target,
          kind,
          takenAt: body.takenAt,
          tables: body.tables.length,
          rows,
          key: body.key,
          trusted: trusted !== undefined,
        })
      : `The backup in ${target} is whole: ${rows} rows of ${body.tables.length} tables, taken ${body.takenAt}, signed by key ${body.key}${trusted === undefined ? ', which was compared with none that you trust: give it with --key FILE' : ''}.`,
  );
  return 0;
}

/** The public key to trust: a file that was asked for must be there, the one beside the data may be missing. */
async function trustedKey(file: string, asked: boolean): Promise<KeyObject | undefined> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (!asked && codeOf(error) === 'ENOENT') return undefined;
    throw new Fault(`The key file ${file} cannot be read (${codeOf(error)}).`);
  });
  if (text === undefined) return undefined;
  const found = readKeyFile(text);
  if (found === undefined) throw new Fault(`The key file ${file} holds no Ed25519 public key.`);
  return found.publicKey;
}

/** A refusal is one sentence and exit code 1. */
export async function refusable({ given, print }: Run, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    print(given.flags.has('json') ? JSON.stringify({ refused: error.message }) : error.message);
    return 1;
  }
}
