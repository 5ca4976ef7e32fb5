import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Account, chooseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import type { Secret } from './cluster.ts';
import { address, clusterVersion, makeCluster, makeDatabases, readSecret, writeSecret } from './cluster.ts';
import { Fault } from './fault.ts';
import { makeFolder } from './folder.ts';
import { awaitLock, isAlive, isLock, type Lock, parseHolder, takeLock, thisProcess } from './lock.ts';
import type { Settings, Spawned } from './postmaster.ts';
import {
  clearLeftover,
  embeddedSettings,
  findPostmaster,
  freePort,
  lastFatal,
  spawnPostmaster,
  stopPostmaster,
  turnOverLog,
} from './postmaster.ts';

/** A real PostgreSQL in `DATA_DIR/postgres`, for as long as someone uses it. */
export interface Embedded {
  /** Main database, as its owner: a login that may make roles and is no superuser. */
  readonly databaseUrl: string;
  /** The database of person keys, as the same owner. */
  readonly keysUrl: string;
  /** Main database as superuser: for `hjemmel db --url`, tests and repairs, never for serving. */
  readonly superuserUrl: string;
  readonly port: number;
  /** True when this call started the server, false when it joined one that ran already. */
  readonly started: boolean;
  /** Gives the server up; the last of its users on this machine stops it. A second call does nothing. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Told in a few words about what takes long. */
  readonly progress?: (message: string) => void;
  /** Settings put on top of our own, for a server that this call starts. */
  readonly settings?: Settings;
}

/** The oldest PostgreSQL that the schema and the grants work on. */
const oldest = 15;
/** How long to wait for another process that is just starting or stopping the server, in milliseconds. */
const patience = 300_000;

/**
 * Opens the PostgreSQL in `dataDir`: makes it the first time, starts it when it is down, and joins it when it
 * runs already, be it for another command or left behind by one that was killed. Throws a Fault for what an
 * operator can put right: a folder that cannot be written, a cluster that is damaged or of another version, a
 * platform without programs.
 */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  await prepare(dataDir);
  const turn = await takeTurn(dataDir);
  try {
    const leave = await enlist(dataDir);
    try {
      return { ...(await open(dataDir, options)), stop: once(() => inTurn(dataDir, leave)) };
    } catch (error) {
      // A server that was started and could not be used must not be left running without a user.
      await leave();
      throw error;
    }
  } finally {
    await turn.release();
  }
}

async function open(dataDir: string, options: EmbeddedOptions): Promise<Omit<Embedded, 'stop'>> {
  const say = options.progress ?? (() => {});
  const cluster = join(dataDir, 'postgres');
  const secretFile = join(dataDir, 'postgres.secret');
  const binaries = await findBinaries();
  const account = await chooseAccount(cluster, binaries.postgres);
  const version = await clusterVersion(cluster);
  if (version === undefined) say('Making the first database.');
  const secret =
    version === undefined
      ? await makeCluster(await vacant(cluster), secretFile, binaries, account)
      : await checkedSecret(cluster, version, secretFile, binaries);

  const joined = await joinRunning(cluster, secret, say);
  const server = joined ?? (await start(dataDir, cluster, secret, binaries, account, options, say));
  try {
    await makeDatabases(server.superuser, secret.owner);
  } finally {
    await server.superuser.end();
  }
  if (server.port !== secret.port) await writeSecret(secretFile, { ...secret, port: server.port });
  return {
    databaseUrl: address(server.port, 'hjemmel_owner', secret.owner, 'hjemmel'),
    keysUrl: address(server.port, 'hjemmel_owner', secret.owner, 'hjemmel_keys'),
    superuserUrl: address(server.port, 'postgres', secret.superuser, 'hjemmel'),
    port: server.port,
    started: joined === undefined,
  };
}

/**
 * Claims `dataDir` for one `hjemmel start`, so that two never serve the same files; a claim whose process was
 * killed counts for nothing. Throws a Fault that names the process which has it.
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  await prepare(dataDir);
  const answer = await takeLock(join(dataDir, 'hjemmel.lock'));
  if (isLock(answer)) return answer;
  throw new Fault(
    `Another hjemmel start already serves ${dataDir} (pid ${answer.pid}): stop it, or set DATA_DIR to another folder.`,
  );
}

/** Throws a Fault when the server that `variable` names, and `client` is connected to, is older than PostgreSQL 15. */
export async function requireVersion(client: pg.ClientBase, variable = 'DATABASE_URL'): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    "select current_setting('server_version_num') as number",
  );
  const major = Math.floor(Number(rows[0]?.number) / 10_000);
  if (major >= oldest) return;
  throw new Fault(
    `${variable} is PostgreSQL ${major}, and ${oldest} or newer is needed: upgrade that server.`,
  );
}

/**
 * Makes the folder and proves that it can be written. Under root it lets other accounts pass through and see
 * nothing, since the database runs as one of them.
 */
async function prepare(dataDir: string): Promise<void> {
  try {
    await makeFolder(join(dataDir, 'logs'));
    if (process.getuid?.() === 0) await chmod(dataDir, 0o711);
    const probe = join(dataDir, `.probe.${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Fault(`DATA_DIR ${dataDir} cannot be written (${code}): make it writable, or set DATA_DIR.`);
  }
}

/** Starting and stopping go one process at a time, so that nobody joins a server that is on its way down. */
async function takeTurn(dataDir: string): Promise<Lock> {
  const answer = await awaitLock(join(dataDir, 'postgres.turn'), patience);
  if (isLock(answer)) return answer;
  throw new Fault(`Process ${answer.pid} has been starting or stopping the database for minutes: stop it.`);
}

async function vacant(cluster: string): Promise<string> {
  const there = await readdir(cluster).catch(() => undefined);
  if (there === undefined) return cluster;
  throw new Fault(`${cluster} is there but holds no database: move it away, or put a backup back.`);
}

async function checkedSecret(
  cluster: string,
  version: string,
  secretFile: string,
  binaries: Binaries,
): Promise<Secret> {
  if (version !== binaries.version) {
    throw new Fault(
      `${cluster} was made by PostgreSQL ${version || 'unknown'} and this product brings ${binaries.version}: ` +
        'run the release that made it and take a backup there.',
    );
  }
  const secret = await readSecret(secretFile);
  if (secret) return secret;
  throw new Fault(
    `${secretFile} is missing: put it back from a backup, or move DATA_DIR away to begin anew.`,
  );
}

interface Running {
  readonly port: number;
  /** Open, for whoever called to use and end. */
  readonly superuser: pg.Client;
}

/** The server that runs on the cluster, once it takes connections; undefined when none does. */
async function joinRunning(
  cluster: string,
  secret: Secret,
  say: (m: string) => void,
): Promise<Running | undefined> {
  for (let told = false; ; ) {
    const server = await findPostmaster(cluster);
    if (!server) return undefined;
    const superuser = server.ready ? await connect(server.port, secret) : undefined;
    if (superuser) return { port: server.port, superuser };
    if (!told) say('Waiting for the database.');
    told = true;
    await pause(50);
  }
}

async function start(
  dataDir: string,
  cluster: string,
  secret: Secret,
  binaries: Binaries,
  account: Account,
  options: EmbeddedOptions,
  say: (message: string) => void,
): Promise<Running> {
  const logFile = join(dataDir, 'logs', 'postgres.log');
  await turnOverLog(logFile);
  await clearLeftover(cluster);
  const settings = { ...embeddedSettings, ...options.settings };
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? secret.port : undefined);
    const spawned = spawnPostmaster(account, binaries.postgres, cluster, port, settings, logFile);
    const running = await readiness(spawned, cluster, secret, say);
    if (running) return running;
    const words = await spawned.lastWords();
    // Two failures pass by themselves: a port taken between our look and the server's, and the last processes of
    // a killed server, which still hold its memory.
    const passing = /Address already in use|is still in use/.test(words);
    if (!passing || attempt === 20) {
      throw new Fault(`PostgreSQL did not start on ${cluster} (${lastFatal(words)}): see ${logFile}.`);
    }
    await pause(250);
  }
}

/** Waits for a server just spawned; undefined when it gave up. Recovery after a crash has all the time it needs. */
async function readiness(
  spawned: Spawned,
  cluster: string,
  secret: Secret,
  say: (message: string) => void,
): Promise<Running | undefined> {
  for (let looks = 1; !spawned.ended(); looks += 1) {
    const server = await findPostmaster(cluster);
    const superuser = server?.ready ? await connect(server.port, secret) : undefined;
    if (server && superuser) return { port: server.port, superuser };
    if (looks % 500 === 0) say('The database is recovering.');
    await pause(10);
  }
  return undefined;
}

/** A connection as superuser; undefined while the server is not ready for one. */
async function connect(port: number, secret: Secret): Promise<pg.Client | undefined> {
  const client = new pg.Client(address(port, 'postgres', secret.superuser, 'postgres'));
  // A server that goes down while we are idle is found out by the next query.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === '28P01' || code === '28000') {
      throw new Fault(
        'The embedded PostgreSQL refuses its own password: put postgres.secret back from a backup.',
      );
    }
    return undefined;
  }
}

/** Writes this process down as a user of the server; answers how to leave, for use in one's turn. */
async function enlist(dataDir: string): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'postgres.users');
  await makeFolder(folder);
  const mine = join(folder, `${process.pid}.${performance.now()}`);
  await writeFile(mine, JSON.stringify(thisProcess()), { mode: 0o600 });
  return async () => {
    await rm(mine, { force: true });
    if (!(await anyoneLeft(folder))) await stopPostmaster(join(dataDir, 'postgres'));
  };
}

async function inTurn(dataDir: string, act: () => Promise<void>): Promise<void> {
  const turn = await takeTurn(dataDir);
  try {
    await act();
  } finally {
    await turn.release();
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}

async function anyoneLeft(folder: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const user = parseHolder(await readFile(join(folder, name), 'utf8'));
    if (user && isAlive(user)) return true;
    await rm(join(folder, name), { force: true });
  }
  return false;
}
