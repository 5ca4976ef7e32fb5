import type { Command } from './commands.ts';
import { moment } from './moment.ts';
import { withProduct } from './open.ts';

/** `hjemmel keep`: one round of letting go; a running server does it by itself each hour. */
export const keepCommand: Command = {
  usage: 'keep',
  about:
    'Finishes interrupted erasures and deletes what is past its date. A running server does so each hour.',
  flags: ['now'],
  run: async ({ given, config, print }) =>
    withProduct(config, async (product) => {
      const kept = await product.gates.keep(moment(given));
      if (given.flags.has('json')) print(JSON.stringify(kept));
      else {
        for (const { clause, rows } of kept.due) print(`${clause}: ${rows} rows`);
        print(`${kept.erased} people of whom nothing was left to keep.`);
      }
      return 0;
    }),
};
