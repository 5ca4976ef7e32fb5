import type { Command } from './command.ts';
import { withProduct } from './open.ts';

/** `hjemmel map`: which column holds what, as the live database says of itself. */
export const map: Command = {
  usage: 'map',
  about: 'Prints the data map: every table and column with its category, whose it is, and how it ends.',
  flags: [],
  run: async (run) =>
    withProduct(run, async ({ engine }) => {
      if (run.given.flags.has('json')) run.print(JSON.stringify(engine.map, null, 2));
      else
        for (const table of engine.map.tables) {
          const clocks = Object.entries(table.clocks).map(([clock, column]) => `${clock} from ${column}`);
          run.print(`${table.name}: ${table.sentence}`);
          run.print(
            `  of ${table.subject}${table.purpose === undefined ? '' : `, for ${table.purpose}`}${table.end === undefined ? '' : `, ends: ${table.end}`}${clocks.length === 0 ? '' : `, ${clocks.join(', ')}`}`,
          );
          for (const { name, type, category, what } of table.columns)
            run.print(`    ${name.padEnd(14)} ${(category ?? '?').padEnd(22)} ${type.padEnd(26)} ${what}`);
        }
      return 0;
    }),
};
