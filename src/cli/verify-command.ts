import { wordAt } from './arguments.ts';
import type { Command } from './command.ts';
import { verify } from './verify.ts';

/** `hjemmel verify FILE`: checks a receipt offline. */
export const verifyCommand: Command = {
  usage: 'verify <file>',
  about:
    'Checks a receipt with nothing but a public key: the one in DATA_DIR, or --key FILE. Exit code 1: it was tampered with.',
  flags: ['key'],
  run: async ({ given, config, print }) => {
    const { exitCode, output } = await verify(wordAt(given, 0, 'file'), {
      json: given.flags.has('json'),
      keyFile: given.values.get('key'),
      dataDir: config.dataDir,
    });
    print(output);
    return exitCode;
  },
};
