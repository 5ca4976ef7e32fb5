import { readStatement } from '#gates/statement-file.ts';
import { StatementError } from '#statement/applied.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command } from './command.ts';

/** `hjemmel statement check`: is the statement in the files whole and lawful in form? Needs no database. */
export const statement: Command = {
  usage: 'statement check',
  words: 1,
  about:
    'Checks the statement files: rules, text in both languages, and the Art. 13/14 list. Exit code 1: something is wrong.',
  flags: [],
  run: async ({ given, config, print }) => {
    if (wordAt(given, 0, 'of check') !== 'check')
      throw new WrongUse('There is no such thing to do with a statement.');
    const json = given.flags.has('json');
    try {
      const { statement: rules, fingerprint } = readStatement(config.statementDir);
      print(
        json
          ? JSON.stringify({ ok: true, version: rules.version, fingerprint, problems: [] })
          : `Statement ${rules.version} is whole (${fingerprint.slice(0, 16)}).`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      print(json ? JSON.stringify({ ok: false, problems: error.problems }) : error.message);
      return 1;
    }
  },
};
