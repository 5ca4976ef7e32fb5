import { codeOf } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { StatementError } from '#statement/applied.ts';
import { type Arguments, readArguments, WrongUse } from './arguments.ts';
import { COMMANDS, help } from './commands.ts';
import type { Wiring } from './wiring.ts';

/** Where a command's answer and its complaints go. */
export interface Voice {
  out(text: string): void;
  err(text: string): void;
}

const STREAMS: Voice = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Runs one command and answers with the exit code: 0 done, 1 refused or a promise broken, 2 wrong use or a fault. */
export async function runCommand(
  argv: readonly string[],
  wiring: Wiring,
  voice: Voice = STREAMS,
): Promise<number> {
  const print = (text: string) => voice.out(text.endsWith('\n') ? text : `${text}\n`);
  try {
    const given = readArguments(argv);
    if (given.command === undefined || given.command === 'help' || given.flags.has('help')) {
      print(help(given.command === 'help' ? given.words[0] : given.command));
      return 0;
    }
    const command = COMMANDS[given.command];
    if (command === undefined) throw new WrongUse(`There is no command ${given.command}.`);
    demandKnownFlags(given, command.flags);
    demandNoMoreWords(given, command.words ?? 0);
    return await command.run({ given, config: wiring.readConfig(), wiring, print });
  } catch (error) {
    voice.err(explain(error));
    return 2;
  }
}

function demandKnownFlags({ flags, values }: Arguments, known: readonly string[]): void {
  for (const flag of [...flags, ...values.keys()])
    if (flag !== 'json' && !known.includes(flag)) throw new WrongUse(`--${flag} is not known here.`);
}

/** A word too many may be a flag without its dashes, and what was meant to be tried out would be done. */
function demandNoMoreWords({ command, words }: Arguments, most: number): void {
  if (words.length <= most) return;
  const takes = most === 0 ? 'no word' : most === 1 ? 'one word' : `no more than ${most} words`;
  throw new WrongUse(
    `${command} takes ${takes} after it: a flag begins with two dashes, and what has spaces in it stands in quotes.`,
  );
}

/** One sentence for what the operator can put right; for anything else the class and code, never a message with values. */
function explain(error: unknown): string {
  if (error instanceof WrongUse) return `${error.message} See: hjemmel help\n`;
  if (error instanceof Fault || error instanceof StatementError) return `${error.message}\n`;
  const name = error instanceof Error ? error.name : 'Error';
  const at =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return `${name} (${codeOf(error)})\n${at.slice(0, 8).join('\n')}\n`;
}
