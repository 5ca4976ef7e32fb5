import { applyCommand } from './apply.ts';
import { archiveCommand } from './archive.ts';
import { WrongUse } from './arguments.ts';
import { backup } from './backup.ts';
import { clientCommand } from './client.ts';
import type { Command } from './command.ts';
import { companiesCommand } from './companies.ts';
import { db } from './db.ts';
import { keepCommand } from './keep.ts';
import { keys } from './keys.ts';
import { map } from './map.ts';
import { person } from './person.ts';
import { planCommand } from './plan.ts';
import { proveCommand } from './prove.ts';
import { restore } from './restore.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { statement } from './statement.ts';
import { verifyCommand } from './verify-command.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  plan: planCommand,
  apply: applyCommand,
  prove: proveCommand,
  person,
  staff,
  keep: keepCommand,
  archive: archiveCommand,
  client: clientCommand,
  companies: companiesCommand,
  verify: verifyCommand,
  backup,
  restore,
  statement,
  map,
  keys,
  db,
};

/** All commands, or one. */
export function help(name?: string): string {
  if (name !== undefined) {
    const command = COMMANDS[name];
    if (command === undefined) throw new WrongUse(`There is no command ${name}.`);
    return `hjemmel ${command.usage}\n\n${command.about}\n`;
  }
  const lines = Object.values(COMMANDS).map(
    ({ usage, about }) => `  hjemmel ${usage}\n      ${about.split('\n')[0]}`,
  );
  return `Hjemmel: a privacy statement that runs.

${lines.join('\n')}

Every command takes --json. Exit codes: 0 done, 1 refused or a promise broken, 2 wrong use.
Settings are read from the environment; docs/operating.md lists them.
`;
}
