import type { FastifyInstance } from 'fastify';
import { standingOf } from '#gates/versions.ts';
import { codeOf } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Door } from './door.ts';
import type { Opened } from './wiring.ts';

/** How often to look for a version that was applied or whose day has come, in milliseconds. */
const LOOK_EVERY = 3000;
/** Pages that must be there while the database is not: rendered before the first visitor comes. */
const KEPT_PAGES = ['/personvern', '/en/privacy'];

/** The product that serves now; another takes its place when a new version does. */
export interface House {
  product: Opened;
}

export interface VersionWatch {
  /** Stops looking, and waits for an exchange under way. */
  stop(): Promise<void>;
}

/**
 * Serves a new version without a restart (clause `v.changes`): when another version is in force or waiting than the
 * product opened with, the product is opened anew beside the old one, takes over the door, and the old one is closed when
 * its last answer is given. What fails is tried again at the next look; until then the old one serves.
 */
export function watchVersions(
  house: House,
  door: Door,
  {
    log,
    now,
    begin,
    open,
    openSite,
  }: {
    log: Log;
    now: () => Date;
    /** Starts what runs beside the answers: sealing and letters. */
    begin: (product: Opened) => void;
    open: () => Promise<Opened>;
    openSite: (product: Opened) => Promise<FastifyInstance>;
  },
): VersionWatch {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const { product } = house;
    // A database that is away is told of by whoever needs it.
    const standing = await product.standing(now()).catch(() => undefined);
    if (standing === undefined || standing === standingOf(product.inForce)) return;
    const next = await open();
    try {
      const site = await openSite(next);
      await site.ready();
      for (const page of KEPT_PAGES) await site.inject(page);
      await door.exchange(site);
    } catch (error) {
      await next.close();
      throw error;
    }
    house.product = next;
    begin(next);
    await product.close();
    log.info('serving another version', { version: next.inForce.applied.statement.version });
    await next.gates.keep(now());
  };
  const turn = async (): Promise<void> => {
    await look().catch((error) =>
      log.error('a new version could not be opened', { code: codeOf(error), error }),
    );
    if (!stopped) timer = setTimeout(again, LOOK_EVERY).unref();
  };
  let running: Promise<void> = Promise.resolve();
  const again = () => {
    running = turn();
  };
  timer = setTimeout(again, LOOK_EVERY).unref();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
