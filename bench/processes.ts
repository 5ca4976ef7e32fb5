/** What processes use, as Linux tells it in /proc; the memory of accounts other than one's own takes root to read. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Memory in MB: all that is mapped, and that share which would be free again if the processes ended. */
export interface Memory {
  /** Resident; what processes share is counted in each of them. */
  readonly rss: number;
  /** Proportional; what processes share is counted once. */
  readonly pss: number;
}

/** The embedded PostgreSQL of a data directory: the server and every process it has started. */
export async function postgresOf(dataDir: string): Promise<number[]> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  const postmaster = Number(text.split('\n', 1)[0]);
  return [postmaster, ...(await childrenOf(postmaster))];
}

/** A process and all that descend from it. */
export async function familyOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()];
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** Milliseconds of processor time of a process, and of its children that have ended; 0 when it is gone. */
export async function processorTime(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // User, system, and both of children waited for, in hundredths of a second (proc_pid_stat(5), fields 14-17).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return text === '' ? 0 : ticks * 10;
}

/** What these processes hold together. */
export async function memoryOf(pids: readonly number[]): Promise<Memory> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      const field = (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
      return { rss: field('Rss'), pss: field('Pss') };
    }),
  );
  return {
    rss: each.reduce((sum, { rss }) => sum + rss, 0),
    pss: each.reduce((sum, { pss }) => sum + pss, 0),
  };
}
