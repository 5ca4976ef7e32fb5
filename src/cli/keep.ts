import type { Progress } from '#gates/keep/keep.ts';
import type { Command } from './command.ts';
import { actingMoment, moment } from './moment.ts';
import { withProduct } from './open.ts';
import type { Opened } from './wiring.ts';

/** `hjemmel keep`: one round of letting go; a running server does it by itself each hour. */
export const keepCommand: Command = {
  usage: 'keep [--dry-run]',
  about: `Finishes interrupted erasures and deletes what is past its date. A running server does so each hour.
--dry-run lists what would go, by clause, and does nothing`,
  flags: ['now', 'dry-run'],
  run: async (run) => {
    const { given, print } = run;
    const isDry = given.flags.has('dry-run');
    const at = isDry ? moment(given) : actingMoment(run);
    const work = async ({ gates }: Opened) => {
      const told = (due: readonly { clause: string; rows: number }[], else_: string) => {
        for (const { clause, rows } of due) print(`${clause}: ${rows} ${rows === 1 ? 'row' : 'rows'}`);
        if (due.length === 0) print(else_);
      };
      if (isDry) {
        const due = await gates.due(at);
        if (given.flags.has('json')) print(JSON.stringify({ due }));
        else told(due, 'Nothing is past its date.');
        return 0;
      }
      const kept = await gates.keep(at, bar());
      if (given.flags.has('json')) print(JSON.stringify(kept));
      else {
        told(kept.due, 'Nothing was past its date.');
        print(`${kept.erased} people of whom nothing was left to keep.`);
        if (kept.notified > 0) print(`${kept.notified} people told of what soon ends.`);
      }
      return 0;
    };
    return withProduct(run, work, isDry ? undefined : at);
  },
};

const WIDTH = 30;

/** A bar on the terminal while a round runs; nothing where nobody looks. */
function bar(): Progress | undefined {
  const { stderr } = process;
  if (!stderr.isTTY) return undefined;
  return (done, of) => {
    const full = Math.round((done / of) * WIDTH);
    stderr.write(
      `\r[${'='.repeat(full)}${' '.repeat(WIDTH - full)}] ${done}/${of}${done === of ? '\n' : ''}`,
    );
  };
}
