import type { Actor } from '#gates/actor.ts';
import { recordText } from '#gates/archive/book.ts';
import { WrongUse } from './arguments.ts';
import type { Command } from './command.ts';
import { withProduct } from './open.ts';

/** Whoever can run the command line may keep the books; the journal says staff, with no number. */
const BOOKS: Actor = { kind: 'staff', roles: ['finance'] };

/** `hjemmel archive`: the accounting records, readable and printable for as long as the act demands them. */
export const archiveCommand: Command = {
  usage: 'archive [--year 2026-12-31]',
  about: `Prints the accounting records in the restricted archive, one a line; each look is in the log of whom it is at.
--year DATE   those of the fiscal year that ends on that day`,
  flags: ['year'],
  run: async (run) => {
    const { given, print } = run;
    const fiscalYear = given.values.get('year');
    if (fiscalYear !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(fiscalYear))
      throw new WrongUse('--year is the last day of a fiscal year, such as 2026-12-31.');
    return withProduct(run, async ({ gates }) => {
      const records = await gates.archive.records({ fiscalYear }, BOOKS, new Date());
      if (given.flags.has('json')) print(JSON.stringify({ records }, null, 2));
      else if (records.length === 0) print('The archive holds no such record.');
      else
        for (const { fiscalYear: year, leaves, category, content } of records)
          print(`${year}  ${category}  ${recordText(category, content)}  (leaves ${leaves})`);
      return 0;
    });
  },
};
