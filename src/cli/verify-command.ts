import { stat } from 'node:fs/promises';
import { wordAt } from './arguments.ts';
import type { Command } from './command.ts';
import { verify } from './verify.ts';
import { verifyBundle } from './verify-bundle.ts';

/** `hjemmel verify FILE`: checks a receipt, or a folder of evidence, offline. */
export const verifyCommand: Command = {
  usage: 'verify <file|folder>',
  words: 1,
  about:
    'Checks a receipt, or the folder that prove --evidence wrote, with nothing but a public key: the one in DATA_DIR, or --key FILE. Exit code 1: it was tampered with.',
  flags: ['key'],
  run: async ({ given, config, print }) => {
    const what = wordAt(given, 0, 'file');
    const isFolder = await stat(what).then(
      (found) => found.isDirectory(),
      () => false,
    );
    const { exitCode, output } = await (isFolder ? verifyBundle : verify)(what, {
      json: given.flags.has('json'),
      keyFile: given.values.get('key'),
      dataDir: config.dataDir,
    });
    print(output);
    return exitCode;
  },
};
