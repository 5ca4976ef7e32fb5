import { openEmbedded } from '#platform/embedded.ts';
import { Fault } from '#platform/fault.ts';
import type { Command } from './command.ts';
import { untilStopped } from './signals.ts';

/** `hjemmel db`: a way into the embedded database for repairs; never needed to serve. */
export const db: Command = {
  usage: 'db --url',
  about: `Prints a superuser URL of the embedded database, while a server runs.
Without --url it keeps the database running until interrupted, for repairs while the product cannot start.`,
  flags: ['url'],
  run: async ({ given, config, print }) => {
    if (config.databaseUrl !== undefined)
      throw new Fault('DATABASE_URL is set, so there is no embedded database; use that URL.');
    const stopped = untilStopped();
    const embedded = await openEmbedded(config.dataDir, {
      progress: (message) => process.stderr.write(`${message}\n`),
    });
    try {
      print(given.flags.has('json') ? JSON.stringify({ url: embedded.superuserUrl }) : embedded.superuserUrl);
      if (given.flags.has('url')) {
        if (embedded.started)
          process.stderr.write(
            'The database was not running and stops again now; use `hjemmel db` to keep it up.\n',
          );
        return embedded.started ? 1 : 0;
      }
      // Waiting for a signal alone does not keep a program running.
      const awake = setInterval(() => {}, 3_600_000);
      await stopped;
      clearInterval(awake);
      return 0;
    } finally {
      await embedded.stop();
    }
  },
};
