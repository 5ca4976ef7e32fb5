import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#config';
import { codeOf } from '#platform/database.ts';
import { lockDataDir } from '#platform/embedded.ts';
import { Fault } from '#platform/fault.ts';
import { type Log, openLog, usualDestinations } from '#platform/log.ts';
import { ownAddress } from '#platform/loopback.ts';
import { portIsFree } from '#platform/port.ts';
import type { Command, Run } from './command.ts';
import { Door } from './door.ts';
import { untilStopped } from './signals.ts';
import { type House, type VersionWatch, watchVersions } from './version-watch.ts';
import type { Opened } from './wiring.ts';

/** How often what is past its date is let go and interrupted erasures are finished, and whether a day has passed is asked. */
const EVERY_MS = 3_600_000;

/** `hjemmel start`: opens everything, serves until stopped, and closes in the opposite order. */
export const start: Command = {
  usage: 'start [--no-demo]',
  about:
    'Serves the product. The first start sets everything up, with a small invented company unless --no-demo.',
  flags: ['no-demo', 'demo'],
  run: async ({ given, config, wiring, print }) => {
    // Asked from the beginning: a wish to stop that comes while the database is made is heard once it is.
    const stopped = untilStopped();
    const lock = await lockDataDir(config.dataDir);
    try {
      if (!(await portIsFree(config))) throw portFault(config);
      const log = openLog(config.logLevel, [usualDestinations(config.dataDir)[1]!]);
      const now = () => new Date();
      const house = { product: await wiring.open(config, { log, now, progress: print }) };
      try {
        const demo = await settleDemo({ given, config, wiring, print }, house.product);
        return await serve({ given, config, wiring, print }, house, { log, now, demo, stopped });
      } finally {
        await house.product.close();
        log.info('stopped');
      }
    } finally {
      await lock.release();
    }
  },
};

async function serve(
  { config, wiring, print }: Run,
  house: House,
  { log, now, demo, stopped }: { log: Log; now: () => Date; demo: boolean; stopped: Promise<unknown> },
): Promise<number> {
  const { product } = house;
  const { gates, inForce } = product;
  // What a crash interrupted is finished before anybody is answered.
  await gates.keep(now());
  const site = await wiring.openSite(product, config, { log, now, demo });
  const keeping = setInterval(() => {
    house.product.gates.keep(now()).catch((error) => log.error('keeping failed', { error }));
  }, EVERY_MS);
  // The demo's companies are invented: it asks the registers when somebody does, and never by itself.
  const follow = () => {
    const failed = (error: unknown) =>
      log.error('the registers could not be followed', { code: codeOf(error), error });
    wiring.completeWritten(house.product, now()).catch(failed);
    if (!demo) wiring.refreshCompaniesDaily(house.product, now()).catch(failed);
  };
  const following = setInterval(follow, EVERY_MS);
  let versions: VersionWatch | undefined;
  try {
    await site.listen({ port: config.port, host: config.host }).catch((error) => {
      throw codeOf(error) === 'EADDRINUSE' ? portFault(config) : error;
    });
    const begin = ({ sealer, courier, bulk, watch }: Opened) => {
      sealer.start(1000, now, (error) => log.error('sealing failed', { error }));
      courier.start(now);
      bulk.start(now, (error) => log.error('work on many rows failed', { code: codeOf(error), error }));
      watch.start(now, { address: ownAddress(config.host), port: config.port });
    };
    begin(product);
    follow();
    versions = watchVersions(house, new Door(site), {
      log,
      now,
      begin,
      open: () => wiring.open(config, { log, now, progress: () => {} }),
      openSite: (next) => wiring.openSite(next, config, { log, now, demo }),
    });
    log.info('ready', { port: config.port, version: inForce.applied.statement.version });
    print(`\n  ${inForce.applied.statement.operator.name}: ${config.baseUrl}`);
    print(`  Statement ${inForce.applied.statement.version}: ${config.baseUrl}/personvern`);
    if (demo) {
      print(`  Letters: ${config.baseUrl}/utboks`);
      print(`  Staff sign-in, once: ${config.baseUrl}${await wiring.staffLink(product, now())}`);
    }
    print('  Stop with Ctrl-C.\n');
    await stopped;
    print('Stopping.');
    return 0;
  } finally {
    clearInterval(keeping);
    clearInterval(following);
    await versions?.stop();
    await site.close();
  }
}

/** Loads the demo into a new installation, and remembers that it is one: real people are never mixed with invented ones. */
async function settleDemo(
  { given: { flags }, config, wiring, print }: Run,
  product: Opened,
): Promise<boolean> {
  const mark = join(config.dataDir, 'demo');
  const wanted = flags.has('demo') || (product.isEmbedded && !flags.has('no-demo'));
  if (product.first && wanted) {
    await writeFile(mark, 'This installation began with the invented demo company.\n');
    print('Inviting the demo company in.');
    await wiring.loadDemo(product, new Date());
  }
  return existsSync(mark) && !flags.has('no-demo');
}

function portFault({ port }: Config): Fault {
  return new Fault(`Port ${port} is in use: stop what uses it, or set PORT to another.`);
}
