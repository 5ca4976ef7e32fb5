import { resolve } from 'node:path';
import { WrongUse } from './arguments.ts';
import type { Command } from './command.ts';
import { moment } from './moment.ts';
import { withAudit } from './open.ts';

/** `hjemmel prove`: is every promise that can be checked kept, on the data as it is now? */
export const proveCommand: Command = {
  usage: 'prove [--clause ID] [--evidence DIR]',
  about:
    'Checks every promise against the live database, files and logs. Exit code 1: one is broken.\n\n--evidence DIR writes it all into an empty folder for an auditor, signed, to be checked with hjemmel verify DIR.',
  flags: ['clause', 'evidence', 'now'],
  run: async (run) =>
    withAudit(run, async (audit) => {
      const { values } = run.given;
      const [clause, dir] = [values.get('clause'), values.get('evidence')];
      if (clause !== undefined && dir !== undefined)
        throw new WrongUse('Evidence is of every clause: leave out --clause or --evidence.');
      const now = moment(run.given);
      const verdict = await audit.prove(now, clause);
      if (dir !== undefined) await audit.evidence(verdict, now, resolve(dir));
      if (run.given.flags.has('json')) run.print(JSON.stringify(verdict, null, 2));
      else {
        for (const { ok, clause, title, detail } of verdict.checks)
          run.print(`${ok ? '✔' : '✖'} ${clause.padEnd(22)} ${title}\n${' '.repeat(25)}${detail}`);
        for (const { clause, why } of verdict.notYet) run.print(`· ${clause.padEnd(22)} not yet: ${why}`);
        const kept = verdict.checks.filter(({ ok }) => ok).length;
        run.print(
          `\nStatement ${verdict.statement}: ${kept} of ${verdict.checks.length} checks hold, ${verdict.notYet.length} clauses not yet.`,
        );
        if (dir !== undefined) run.print(`The evidence is in ${dir}; check it with hjemmel verify ${dir}.`);
      }
      return verdict.ok ? 0 : 1;
    }),
};
