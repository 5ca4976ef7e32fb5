/** A database for one test file, migrated and dropped again. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate, readMigrations } from '#platform/migrate.ts';
import { cluster } from './cluster.ts';

/** A migrated database of its own: its superuser URL, a pool of superuser connections, and how to be rid of it. */
export interface Scratch {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Lends one superuser connection, and takes it back whatever happens. */
  lend<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

/** Makes a database on the test cluster and runs the migrations of the folders given (relative to the checkout). */
export async function scratch(...folders: readonly string[]): Promise<Scratch> {
  const { superuserUrl } = await cluster();
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  await asSuperuser(superuserUrl, `create database ${name}`);
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  const pool = quiet(new pg.Pool({ connectionString: url.href, max: 8 }));
  const root = new URL('../', import.meta.url);
  const migrations = await readMigrations(folders.map((folder) => new URL(folder, root).pathname));
  const lend = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  };
  await lend((client) => migrate(client, migrations));
  return {
    url: url.href,
    pool,
    lend,
    async drop() {
      await pool.end();
      await asSuperuser(superuserUrl, `drop database ${name} with (force)`);
    },
  };
}

/** Bears that the database is dropped: that may reach a connection that is just closing before the goodbye does. */
export function quiet(pool: pg.Pool): pg.Pool {
  return pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
}

async function asSuperuser(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
