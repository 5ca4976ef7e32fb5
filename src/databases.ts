import { type Embedded, openEmbedded } from '#platform/embedded.ts';
import type { Log } from '#platform/log.ts';

export interface OpenOptions {
  readonly log: Log;
  readonly now: () => Date;
  /** The time is made up: refused where letters leave for real people. */
  readonly trial?: boolean;
  /** Told in a few words about what takes long. */
  readonly progress?: (message: string) => void;
}

/** Where the two databases are, as their owner reaches them. */
export interface Server {
  /** Undefined when the databases are the operator's. */
  readonly embedded: Embedded | undefined;
  readonly databaseUrl: string;
  readonly keysUrl: string;
}

/** Finds or starts the database server for `open`, and lets go of it when that fails. */
export async function onServer<T>(
  {
    databaseUrl,
    keysUrl,
    dataDir,
  }: {
    /** Undefined: the product brings a server along, in `dataDir`. */
    readonly databaseUrl: string | undefined;
    readonly keysUrl: string | undefined;
    readonly dataDir: string;
  },
  options: OpenOptions,
  open: (server: Server) => Promise<T>,
): Promise<T> {
  const embedded = databaseUrl === undefined ? await openEmbedded(dataDir, options) : undefined;
  try {
    return await open({
      embedded,
      databaseUrl: databaseUrl ?? embedded!.databaseUrl,
      keysUrl: keysUrl ?? embedded!.keysUrl,
    });
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
