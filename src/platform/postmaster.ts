import { closeSync, openSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import { Fault } from './fault.ts';
import { startOf } from './lock.ts';

/** A PostgreSQL server that runs on a cluster, whoever started it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether it has said that it takes connections; not so while it recovers or shuts down. */
  readonly ready: boolean;
}

/** Settings by name, as `postgres -c` takes them. */
export type Settings = Readonly<Record<string, string>>;

/**
 * How the embedded server runs: small, durable, on the loopback interface alone, and with a log that holds no
 * statement, no parameter and no value. Errors of statements are left out of it altogether, since PostgreSQL
 * quotes values in the very message (`invalid input syntax for type uuid: "…"`); the program logs their
 * SQLSTATE.
 */
export const embeddedSettings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  // A look at one person takes a lock on each day of behaviour and on its index: some 1,100.
  max_locks_per_transaction: '256',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  io_method: 'sync',
  autovacuum_max_workers: '2',
  max_parallel_workers: '2',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_statement: 'none',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_lock_waits: 'off',
};

/** The server that runs on the cluster, or undefined. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!pid || startOf(pid) === undefined || !(await isPostgres(pid))) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Removes what a killed server left in the way of the next one. PostgreSQL takes its file for a living server's
 * while the number in it is in use: by a dead process that nobody has waited for yet, or by another program.
 * What then still guards the cluster is the server's shared memory, which lives as long as any process that
 * might write. Only for a caller whom `findPostmaster` has told that none runs.
 */
export async function clearLeftover(cluster: string): Promise<void> {
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === 'postgres';
}

/** A server just spawned: whether it has given up, and the end of what it wrote. */
export interface Spawned {
  ended(): boolean;
  lastWords(): Promise<string>;
}

/**
 * Spawns the server in a session of its own, so that Ctrl-C in a terminal reaches the program alone, which then
 * stops its database last. The server outlives a killed program; the next start finds and takes it over.
 */
export function spawnPostmaster(
  account: Account,
  postgres: string,
  cluster: string,
  port: number,
  settings: Settings,
  logFile: string,
): Spawned {
  const args = ['-D', cluster, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = account.spawn(postgres, args, {
      cwd: '/',
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
    });
    child.unref();
    let failed = false;
    child.once('error', () => {
      failed = true;
    });
    const ended = () => failed || child.exitCode !== null || child.signalCode !== null;
    return { ended, lastWords: () => tail(logFile) };
  } finally {
    closeSync(log);
  }
}

/** The server is given no variable of ours: some of them are secrets. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

async function tail(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, Math.max(0, size - 4096));
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Why the server gave up, in its own words; they name files and settings, never data. */
export function lastFatal(words: string): string {
  const line = words.split('\n').findLast((each) => /FATAL|PANIC|error while loading/.test(each));
  return line?.replace(/^.*?(FATAL|PANIC):\s*/, '').trim() ?? 'no reason given';
}

/** The log is kept in two files of a bounded size: it has no worth beyond finding out about a bad start. */
export async function turnOverLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimit) await rename(logFile, `${logFile}.1`);
}

/** Stops a server at once and cleanly: open transactions are rolled back, everything is written (SIGINT). */
export async function stopPostmaster(cluster: string): Promise<void> {
  const server = await findPostmaster(cluster);
  if (!server) return;
  const started = startOf(server.pid);
  try {
    process.kill(server.pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw new Fault(`PostgreSQL (pid ${server.pid}) belongs to another account: stop it as that account.`);
  }
  while (startOf(server.pid) === started && started !== undefined) await pause(10);
}

/** Bytes of log after which a new file begins. */
const logLimit = 16 * 1024 * 1024;

/** Low enough never to be handed out to an outgoing connection. */
const portRange = { from: 20_000, to: 32_000 };

/** A port on the loopback interface that nobody listens on: the preferred one when it is free. */
export async function freePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < 50; tries += 1) {
    const port = portRange.from + Math.floor(Math.random() * (portRange.to - portRange.from));
    if (await isFree(port)) return port;
  }
  throw new Fault('No port from 20000 to 32000 is free on 127.0.0.1 for the embedded PostgreSQL: free one.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
