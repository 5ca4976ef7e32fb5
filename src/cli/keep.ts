import type { Command } from './command.ts';
import { moment } from './moment.ts';
import { withProduct } from './open.ts';

/** `hjemmel keep`: one round of letting go; a running server does it by itself each hour. */
export const keepCommand: Command = {
  usage: 'keep',
  about:
    'Finishes interrupted erasures and deletes what is past its date. A running server does so each hour.',
  flags: ['now'],
  run: async (run) =>
    withProduct(run, async (product) => {
      const kept = await product.gates.keep(moment(run.given));
      if (run.given.flags.has('json')) run.print(JSON.stringify(kept));
      else {
        for (const { clause, rows } of kept.due) run.print(`${clause}: ${rows} rows`);
        run.print(`${kept.erased} people of whom nothing was left to keep.`);
      }
      return 0;
    }),
};
