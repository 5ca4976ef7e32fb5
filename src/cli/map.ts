import type { Command } from './commands.ts';
import { withProduct } from './open.ts';

/** `hjemmel map`: which column holds what, as the live database says of itself. */
export const map: Command = {
  usage: 'map',
  about: 'Prints the data map: every table and column with its category, whose it is, and how it ends.',
  flags: [],
  run: async ({ given, config, print }) =>
    withProduct(config, async ({ engine }) => {
      if (given.flags.has('json')) print(JSON.stringify(engine.map, null, 2));
      else
        for (const table of engine.map.tables) {
          const clocks = Object.entries(table.clocks).map(([clock, column]) => `${clock} from ${column}`);
          print(`${table.name}: ${table.sentence}`);
          print(
            `  of ${table.subject}${table.purpose === undefined ? '' : `, for ${table.purpose}`}${table.end === undefined ? '' : `, ends: ${table.end}`}${clocks.length === 0 ? '' : `, ${clocks.join(', ')}`}`,
          );
          for (const { name, type, category, what } of table.columns)
            print(`    ${name.padEnd(14)} ${(category ?? '?').padEnd(22)} ${type.padEnd(26)} ${what}`);
        }
      return 0;
    }),
};
