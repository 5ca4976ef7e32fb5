import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#config';
import { SYSTEM } from '#gates/actor.ts';
import { makeLink } from '#modules/identity/links.ts';
import { signInByLink } from '#modules/identity/sessions.ts';
import { asOwner } from '#platform/database.ts';
import { type Embedded, openEmbedded } from '#platform/embedded.ts';
import { openLog } from '#platform/log.ts';
import { openProduct, type Product } from '#product';

const hjemmel = fileURLToPath(new URL('../bin/hjemmel', import.meta.url));

/** The product in a folder of its own: the server as a process, and the same installation opened here beside it. */
export interface House {
  readonly dataDir: string;
  readonly port: number;
  /** Opened in this process, for what goes straight through the gates. */
  readonly product: Product;
  /** The product's database as superuser: for looking at it, and for floors on the very same rows. */
  readonly superuserUrl: string;
  /** An empty database on the same server, for floors on rows of their own. */
  readonly floorUrl: string;
  /** Cookie of a staff member with the privacy role. */
  readonly cookie: string;
  /** Starts `hjemmel start`; what it answers with is up. */
  serve(): Promise<Server>;
  close(): Promise<void>;
}

/** A running `hjemmel start`. */
export interface Server {
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process until `/ready` said yes. */
  readonly startedIn: number;
  stop(): Promise<void>;
}

/** Sets up an installation without the demo, with one member of staff who is signed in. */
export async function openHouse(): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hjemmel-bench-'));
  const port = await freePort();
  const config = readConfig({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' });
  // A second hold on the server, so that it is the same one all along.
  const embedded: Embedded = await openEmbedded(dataDir);
  const log = openLog('error', [process.stderr]);
  const product = await openProduct(config, { log, now: () => new Date() });
  await asOwner(embedded.superuserUrl, (client) => client.query('create database floor'));
  const floor = new URL(embedded.superuserUrl);
  floor.pathname = '/floor';
  const servers = new Set<Server>();
  return {
    dataDir,
    port,
    product,
    superuserUrl: embedded.superuserUrl,
    floorUrl: floor.href,
    cookie: await staffCookie(product),
    async serve() {
      const server = await startServer(dataDir, port, ['--no-demo']);
      servers.add(server);
      return server;
    },
    async close() {
      for (const server of servers) await server.stop();
      await product.close();
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function staffCookie({ gates }: Product): Promise<string> {
  const at = new Date();
  const { person } = await gates.collect({
    point: 'staff.account',
    actor: SYSTEM,
    at,
    about: { email: 'vakt@operator.example' },
    gives: (who) => ({
      values: { 'contact.name': 'Vakt Personvern', 'preference.language': 'nb' },
      rows: [{ table: 'identity.staff', values: { person: who.person, role: 'privacy', granted_at: at } }],
    }),
  });
  const link = await makeLink(gates, person, at, { local: true });
  const { id } = await signInByLink(gates, link, { at });
  return `hjemmel=${gates.token('session', id)}`;
}

/** Starts the server as a process, as whoever installs it does, and waits until it is ready. */
export async function startServer(dataDir: string, port: number, flags: readonly string[]): Promise<Server> {
  const begun = performance.now();
  const profile = process.env.BENCH_NODE_OPTIONS;
  const child = spawn(hjemmel, ['start', ...flags], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), NODE_OPTIONS: profile ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`hjemmel start ended with ${child.exitCode}`);
    await pause(20);
  }
  const startedIn = performance.now() - begun;
  return {
    child,
    startedIn,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** A port below those that outgoing connections are given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 14_000 + Math.floor(Math.random() * 5000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
