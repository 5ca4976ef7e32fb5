import { Refusal } from '#gates/refusal.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command } from './command.ts';
import { actingMoment } from './moment.ts';
import { withProduct } from './open.ts';

/** `hjemmel companies refresh`: brings what is kept of companies in step with the register. */
export const companiesCommand: Command = {
  usage: 'companies refresh',
  words: 1,
  about: `Carries over what has changed in the registers for companies that people have asked us to know, deletes what the
registers have removed, and completes clients that were written by hand. A running server does so each day by itself, but not
in the demo; the last it does each hour`,
  flags: ['now'],
  run: async (run) => {
    const { given, print, wiring } = run;
    const verb = wordAt(given, 0, 'of refresh');
    if (verb !== 'refresh') throw new WrongUse('There is no such thing to do with companies.');
    const at = actingMoment(run);
    return withProduct(
      run,
      async (product) => {
        try {
          const written = await wiring.completeWritten(product, at);
          const done = await wiring.refreshCompanies(product, at);
          if (given.flags.has('json')) print(JSON.stringify({ ...done, written }));
          else {
            print(
              `${done.changes} changes in the register: ${done.renewed} companies renewed, ${done.removed} removed.`,
            );
            print(`${written.completed} clients completed from it, ${written.told} owners told otherwise.`);
          }
          return 0;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          print(given.flags.has('json') ? JSON.stringify({ refused: error.code }) : error.message);
          return 1;
        }
      },
      at,
    );
  },
};
