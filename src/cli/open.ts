import type { Actor } from '#gates/actor.ts';
import { openLog } from '#platform/log.ts';
import type { Run } from './command.ts';
import type { Opened } from './wiring.ts';

/** Whoever can run the command line acts as privacy staff; the journal says staff, with no number. */
export const OPERATOR: Actor = { kind: 'staff', roles: ['privacy'] };

/** Opens the product for one command, beside a running server or by itself, and closes it whatever happens. */
export async function withProduct<T>(
  { config, wiring }: Run,
  work: (product: Opened) => Promise<T>,
): Promise<T> {
  const log = openLog('error', [process.stderr]);
  const progress = (message: string) => process.stderr.write(`${message}\n`);
  const product = await wiring.open(config, { log, now: () => new Date(), progress });
  try {
    return await work(product);
  } finally {
    await product.close();
  }
}
