import type { Actor } from '#gates/actor.ts';
import { openLog } from '#platform/log.ts';
import type { Run } from './command.ts';
import { isTrial, moment } from './moment.ts';
import type { Audited, Opened } from './wiring.ts';

/**
 * Whoever can run the command line acts as privacy staff, for a person who asked by letter or phone; the journal says
 * staff, with no number.
 */
export const OPERATOR: Actor = { kind: 'staff', roles: ['privacy'], reason: 'asked' };

/**
 * Opens the product for one command, beside a running server or by itself, and closes it whatever happens. `at` is the
 * moment that the command acts at, when it is another than now: opening puts the version of that moment in force, so a
 * command that only looks does not give it.
 */
export async function withProduct<T>(run: Run, work: (product: Opened) => Promise<T>, at?: Date): Promise<T> {
  const options = at === undefined ? commandOptions() : { ...commandOptions(run), now: () => at };
  return closing(await run.wiring.open(run.config, options), work);
}

/** Opens an installation to be looked at alone, likewise; as it is at `--now` where time is tried out. */
export async function withAudit<T>(run: Run, work: (audit: Audited) => Promise<T>): Promise<T> {
  return closing(await run.wiring.openAudit(run.config, commandOptions(run)), work);
}

/** What opening is told: where to complain, and which time it is for a command that takes `--now`. */
export function commandOptions(run?: Pick<Run, 'given' | 'config'>) {
  const at = run?.given.values.has('now') ? moment(run.given) : undefined;
  return {
    log: openLog('error', [process.stderr]),
    now: () => at ?? new Date(),
    trial: run !== undefined && isTrial(run),
    progress: (message: string) => process.stderr.write(`${message}\n`),
  };
}

async function closing<O extends { close(): Promise<void> }, T>(
  opened: O,
  work: (opened: O) => Promise<T>,
): Promise<T> {
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
