import type { Progress } from '#platform/backup/dump.ts';

const EVERY_MS = 500;

/** Tells on stderr how far it has come: in one line that changes on a terminal, and now and then in a line of its own elsewhere. */
export function stepTeller(what: string): (progress: Progress) => void {
  let told = 0;
  return ({ table, done, of, rows }) => {
    const last = done === of;
    if (!last && performance.now() - told < EVERY_MS) return;
    told = performance.now();
    const line = `${what}: ${done} of ${of} tables${rows > 0 ? `, ${rows} rows` : ''}${last || table === '' ? '' : ` (${table})`}`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}\x1b[K${last ? '\n' : ''}` : `${line}\n`);
  };
}
