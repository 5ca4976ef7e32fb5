import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { Fault } from './fault.ts';
import { serverEnvironment } from './postmaster.ts';

/** The passwords of the embedded cluster and the port it last ran on; the file is readable by its owner alone. */
export interface Secret {
  readonly port: number | undefined;
  readonly superuser: string;
  readonly owner: string;
}

/** Reads the secret beside the cluster; undefined where there is none. */
export async function readSecret(file: string): Promise<Secret | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Fault(`${file} cannot be read: give it back to the account that runs hjemmel.`);
  }
  try {
    const { port, superuser, owner } = JSON.parse(text) as Partial<Secret>;
    if (typeof superuser === 'string' && typeof owner === 'string') return { port, superuser, owner };
  } catch {
    // Falls through to the one sentence that fits a file cut short and a file of something else alike.
  }
  throw new Fault(`${file} is damaged: put it back from a backup, or move DATA_DIR away to begin anew.`);
}

/** Writes the secret so that a crash leaves the old one or the new one, never half of one. */
export async function writeSecret(file: string, secret: Secret): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(secret), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

/**
 * Makes an empty cluster in `folder` and answers its secret. It is made beside and moved into place when whole,
 * so that one killed on the way leaves nothing that looks like a database. Text is UTF-8 and sorts by code
 * point, the same on every machine and after every upgrade of the system's libraries.
 */
export async function makeCluster(
  folder: string,
  secretFile: string,
  binaries: Binaries,
  account: Account,
): Promise<Secret> {
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  const secret = { port: undefined, superuser: password(), owner: password() };
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, secret.superuser, { mode: 0o600 });
  if (account.owner) {
    await chown(draft, account.owner.uid, account.owner.gid);
    await chown(passwordFile, account.owner.uid, account.owner.gid);
  }
  try {
    await initdb(binaries, account, draft, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeSecret(secretFile, secret);
  await rename(draft, folder);
  return secret;
}

async function initdb(
  binaries: Binaries,
  account: Account,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const args = ['-D', folder, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  args.push('--no-instructions');
  const child = account.spawn(binaries.initdb, args, {
    cwd: dirname(binaries.initdb),
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch(() => null);
  if (code === 0) return;
  const said = words
    .split('\n')
    .findLast((line) => /error|fatal|could not|cannot/i.test(line))
    ?.trim();
  throw new Fault(
    `The first database could not be made in ${folder}${said ? ` (${said})` : ''}: ` +
      'make room and give the account the right to write there, or set DATABASE_URL and KEYS_URL.',
  );
}

function password(): string {
  return randomBytes(24).toString('hex');
}

/**
 * Makes what is missing of the owner and the two databases. The owner may make roles, since each purpose of the
 * statement becomes one, and is no superuser. Nobody but the owner may enter the database of keys.
 */
export async function makeDatabases(superuser: pg.Client, ownerPassword: string): Promise<void> {
  const { rows } = await superuser.query<{ role: boolean; main: boolean; keys: boolean }>(`
    select exists (select from pg_roles where rolname = 'hjemmel_owner') as role,
           exists (select from pg_database where datname = 'hjemmel') as main,
           exists (select from pg_database where datname = 'hjemmel_keys') as keys`);
  const [there] = rows;
  if (!there?.role) {
    // The password is our own hex: a utility statement takes no parameters.
    await superuser.query(`create role hjemmel_owner login createrole password '${ownerPassword}'`);
  }
  if (!there?.main) await superuser.query('create database hjemmel owner hjemmel_owner');
  if (!there?.keys) await superuser.query('create database hjemmel_keys owner hjemmel_owner');
  await superuser.query('revoke all on database hjemmel_keys from public');
}

/** The address of a database in the embedded cluster. */
export function address(port: number, user: string, userPassword: string, database: string): string {
  return `postgres://${user}:${userPassword}@127.0.0.1:${port}/${database}`;
}

/** The version of a cluster's files, or undefined where there is no cluster. */
export async function clusterVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Fault(`${folder} cannot be read: run as the account that made it, or as root.`);
  }
}
