import type { Command } from './command.ts';
import { moment } from './moment.ts';
import { withAudit } from './open.ts';

/** `hjemmel prove`: is every promise that can be checked kept, on the data as it is now? */
export const proveCommand: Command = {
  usage: 'prove [--clause ID]',
  about: 'Checks every promise against the live database, files and logs. Exit code 1: one is broken.',
  flags: ['clause', 'now'],
  run: async (run) =>
    withAudit(run, async (audit) => {
      const verdict = await audit.prove(moment(run.given), run.given.values.get('clause'));
      if (run.given.flags.has('json')) run.print(JSON.stringify(verdict, null, 2));
      else {
        for (const { ok, clause, title, detail } of verdict.checks)
          run.print(`${ok ? '✔' : '✖'} ${clause.padEnd(22)} ${title}\n${' '.repeat(25)}${detail}`);
        for (const { clause, why } of verdict.notYet) run.print(`· ${clause.padEnd(22)} not yet: ${why}`);
        const kept = verdict.checks.filter(({ ok }) => ok).length;
        run.print(
          `\nStatement ${verdict.statement}: ${kept} of ${verdict.checks.length} checks hold, ${verdict.notYet.length} clauses not yet.`,
        );
      }
      return verdict.ok ? 0 : 1;
    }),
};
