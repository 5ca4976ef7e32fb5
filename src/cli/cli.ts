import { codeOf } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { StatementError } from '#statement/applied.ts';
import { type Arguments, readArguments, WrongUse } from './arguments.ts';
import { COMMANDS, help } from './commands.ts';
import type { Wiring } from './wiring.ts';

/** Runs one command and answers with the exit code: 0 done, 1 refused or a promise broken, 2 wrong use or a fault. */
export async function runCommand(argv: readonly string[], wiring: Wiring): Promise<number> {
  try {
    const given = readArguments(argv);
    if (given.command === undefined || given.command === 'help' || given.flags.has('help')) {
      print(help(given.words[0] ?? (given.command === 'help' ? undefined : given.command)));
      return 0;
    }
    const command = COMMANDS[given.command];
    if (command === undefined) throw new WrongUse(`There is no command ${given.command}.`);
    demandKnownFlags(given, command.flags);
    return await command.run({ given, config: wiring.readConfig(), wiring, print });
  } catch (error) {
    return explain(error);
  }
}

function demandKnownFlags({ flags, values }: Arguments, known: readonly string[]): void {
  for (const flag of [...flags, ...values.keys()])
    if (flag !== 'json' && !known.includes(flag)) throw new WrongUse(`--${flag} is not known here.`);
}

/** One sentence for what the operator can put right; for anything else the class and code, never a message with values. */
function explain(error: unknown): number {
  if (error instanceof WrongUse) process.stderr.write(`${error.message} See: hjemmel help\n`);
  else if (error instanceof Fault || error instanceof StatementError)
    process.stderr.write(`${error.message}\n`);
  else {
    const name = error instanceof Error ? error.name : 'Error';
    const at =
      error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
    process.stderr.write(`${name} (${codeOf(error)})\n${at.slice(0, 8).join('\n')}\n`);
  }
  return 2;
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
