import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** A process on this machine. The start tells it from a later one that was given the same number. */
export interface Holder {
  readonly pid: number;
  readonly started: string;
}

/** A file that names the one process that may do something; `release` lets the next one in. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock at `file`, or answers the living process that has it. A lock left by a process that was killed
 * counts for nothing. Two takers of such a leftover cannot both win: it is moved aside by name, and one that
 * turns out to be fresh is put back.
 */
export async function takeLock(file: string): Promise<Lock | Holder> {
  const mine = JSON.stringify(thisProcess());
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      if (await linked(draft, file)) return { release: () => release(file, mine) };
      const found = await readIfThere(file);
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder && isAlive(holder)) return holder;
      await moveAside(file, found, `${draft}.stale`);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Tells a taken lock from the process that has it. */
export function isLock(answer: Lock | Holder): answer is Lock {
  return 'release' in answer;
}

/** Takes the lock as soon as it is free; answers the holder when `patience` milliseconds did not suffice. */
export async function awaitLock(file: string, patience: number): Promise<Lock | Holder> {
  const giveUp = performance.now() + patience;
  for (;;) {
    const answer = await takeLock(file);
    if (isLock(answer) || performance.now() > giveUp) return answer;
    await pause(20);
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function moveAside(file: string, judged: string, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readIfThere(aside)) !== judged) await linked(aside, file);
  await rm(aside, { force: true });
}

async function release(file: string, mine: string): Promise<void> {
  if ((await readIfThere(file)) === mine) await rm(file, { force: true });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads what a lock or a lease says of its process; undefined when it was cut short. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && typeof started === 'string' ? { pid: pid as number, started } : undefined;
  } catch {
    return undefined;
  }
}

/** The running process as others will find it named. */
export function thisProcess(): Holder {
  return { pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** Whether the very process that is named still runs. */
export function isAlive(holder: Holder): boolean {
  return startOf(holder.pid) === holder.started;
}

/**
 * When a process started, as an opaque text that no other process with the same number shares; undefined when
 * there is none. A dead process that its parent has not yet waited for counts as gone.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // The name, in parentheses, may itself hold spaces and parentheses; what follows the last one does not.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    const out = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C', PATH: '/bin' },
    });
    return out.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}
