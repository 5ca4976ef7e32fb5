import { asOwner } from '#platform/database.ts';
import { rotateMasterKey } from '#platform/key-rotation.ts';
import { createMasterKeyFile } from '#platform/master-key.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command } from './command.ts';
import { withProduct } from './open.ts';

/** `hjemmel keys`: the master key that wraps every person's own key. */
export const keys: Command = {
  usage: 'keys create|rotate',
  words: 1,
  about: `create    makes MASTER_KEY_FILE for a new installation
rotate    adds a new master key and wraps every key again under it, while the product runs; run it again if it broke off`,
  flags: [],
  run: async (run) => {
    const { given, config, print } = run;
    const verb = wordAt(given, 0, 'of create, rotate');
    const json = given.flags.has('json');
    if (verb === 'create') {
      const { ids } = createMasterKeyFile(config.masterKeyFile);
      print(
        json
          ? JSON.stringify({ file: config.masterKeyFile, ids })
          : `Made ${config.masterKeyFile}. Keep a copy apart from the databases.`,
      );
      return 0;
    }
    if (verb !== 'rotate') throw new WrongUse('There is no such thing to do with keys.');
    return withProduct(run, (product) =>
      asOwner(product.keysUrl, async (client) => {
        const progress = (done: number, left: number) =>
          process.stderr.write(`${done} wrapped again, ${left} left\n`);
        const done = await rotateMasterKey(client, { file: config.masterKeyFile, progress });
        const removable =
          done.removable.length === 0 ? '' : ` Nothing needs ${done.removable.join(', ')} any more.`;
        print(json ? JSON.stringify(done) : `Every key is wrapped by ${done.current} now.${removable}`);
        return 0;
      }),
    );
  },
};
