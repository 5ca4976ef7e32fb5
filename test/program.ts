import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '#platform/postmaster.ts';

/** Settings of one run of the program, by the names of the environment. */
export type Settings = Readonly<Record<string, string>>;

/** How a command ended: its exit code (null when killed), and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where the program is. */
export const program = fileURLToPath(new URL('../bin/hjemmel', import.meta.url));
/** Longest wait for anything, in milliseconds: far more than it takes, so that it says hung and not slow. */
const PATIENCE = 60_000;

/** Runs `hjemmel` as a process of its own, with these settings and no others. */
export async function hjemmel(settings: Settings, ...args: string[]): Promise<Ended> {
  return ended(launch(program, args, settings));
}

/** Runs `hjemmel` and kills its whole group after so many milliseconds, wherever it is; code null when that came in time. */
export async function cutShort(settings: Settings, after: number, ...args: string[]): Promise<Ended> {
  const child = launch(program, args, settings);
  const over = ended(child);
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), after);
  const result = await over;
  clearTimeout(timer);
  return result;
}

/** A `hjemmel start` of its own, in a process group of its own. */
export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<Ended>;
  /** Asks it to stop, as an operator does. */
  stop(): Promise<Ended>;
  /** Kills the whole group at once, as a power cut does to the program; and, if asked, its database too. */
  kill(database?: boolean): Promise<void>;
}

/** Starts serving `DATA_DIR` on a port that is free, and waits until it is ready. Fails with what it said when it ends first. */
export async function serve(settings: Settings, ...args: string[]): Promise<Serving> {
  const port = await freePort(undefined);
  const url = `http://127.0.0.1:${port}`;
  const child = launch(program, ['start', ...args], { PORT: String(port), ...settings });
  const over = ended(child);
  let gone = false;
  void over.then(() => {
    gone = true;
  });
  const isReady = () =>
    fetch(`${url}/ready`).then(
      (response) => response.ok,
      () => false,
    );
  await until(async () => gone || (await isReady()));
  if (gone) {
    const { code, out, err } = await over;
    throw new Error(`it ended with ${code} before it was ready:\n${out}${err}`);
  }
  return {
    url,
    child,
    ended: over,
    stop: () => {
      child.kill('SIGTERM');
      return over;
    },
    kill: async (database = false) => {
      process.kill(-child.pid!, 'SIGKILL');
      const server = database ? await postmaster(settings.DATA_DIR!) : undefined;
      if (server !== undefined) process.kill(server, 'SIGKILL');
      await over;
    },
  };
}

/** The process of the embedded database in a folder; undefined when none runs. */
export async function postmaster(dataDir: string): Promise<number | undefined> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n')[0]);
  if (pid === 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Looks until something is so; gives up loudly after a minute. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  const late = performance.now() + PATIENCE;
  while (!(await so())) {
    if (performance.now() > late) throw new Error('waited in vain');
    await pause(20);
  }
}

/** Starts a program in a process group of its own. */
export function launch(command: string, args: readonly string[], settings: Settings): ChildProcess {
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(command, args, {
    // Nothing listens there: no test asks a register that is not its own.
    env: { PATH, HOME, BRREG_URL: 'http://127.0.0.1:9', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // A test that breaks off leaves nobody serving: asked to stop, the program closes its database too.
  const leave = () => child.kill('SIGTERM');
  process.once('exit', leave);
  child.once('close', () => process.off('exit', leave));
  return child;
}

/** How it ended, once it has. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const said = { out: '', err: '' };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    said.out += chunk;
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    said.err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}
