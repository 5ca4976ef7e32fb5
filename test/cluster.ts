import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { asOwner, ident } from '#platform/database.ts';
import { openEmbedded } from '#platform/embedded.ts';
import { isAlive, parseHolder } from '#platform/lock.ts';
import { stopPostmaster } from '#platform/postmaster.ts';

/** A PostgreSQL for tests: databases and roles may be made and dropped in it at will. */
export interface Cluster {
  /** Any database of the cluster, as superuser. */
  readonly superuserUrl: string;
}

/** Like the product's own server, except that it forgets when the power goes, and makes a login cost nothing. */
const forgetful = {
  scram_iterations: '1',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};

const prefix = 'hjemmel-test-';

let own: Promise<Cluster> | undefined;

/**
 * The cluster that the test run shares (TEST_CLUSTER_URL), or, for a file run alone, one that starts with the
 * first question and goes when the process has nothing more to do.
 */
export function cluster(): Promise<Cluster> {
  const shared = process.env.TEST_CLUSTER_URL;
  if (shared) return Promise.resolve({ superuserUrl: shared });
  own ??= startCluster().then((started) => {
    process.once('beforeExit', () => void started.stop());
    return started;
  });
  return own;
}

/** Starts a cluster in a temporary folder; `stop` takes the folder away too. */
export async function startCluster(): Promise<Cluster & { stop(): Promise<void> }> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const embedded = await openEmbedded(folder, { settings: forgetful });
  const { superuserUrl } = embedded;
  // The first password was made at the full price, which every login would pay again.
  const { username, password } = new URL(superuserUrl);
  await asOwner(superuserUrl, (client) =>
    client.query(`alter role ${ident(username)} password ${client.escapeLiteral(password)}`),
  );
  return {
    superuserUrl,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Drops the databases and the roles of an installation, all of which begin with its prefix. A proof asks for each role of
 * the cluster what it may do, so those of a whole run would make its last proofs twice as slow as its first.
 */
export async function dropAll(client: ClientBase, prefix: string): Promise<void> {
  const named = async (sql: string) =>
    (await client.query<{ name: string }>(sql, [`${prefix}_`])).rows.map(({ name }) => ident(name));
  const databases = await named('select datname as name from pg_database where starts_with(datname, $1)');
  for (const name of databases) await client.query(`drop database ${name} with (force)`);
  const roles = await named('select rolname as name from pg_roles where starts_with(rolname, $1)');
  if (roles.length > 0) await client.query(`drop role ${roles.join(', ')}`);
}

/** Takes away what test runs that were killed left behind: their servers would run for ever. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    if (await inUse(join(folder, 'postgres.users'))) continue;
    await stopPostmaster(join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Also true for a folder so new that nobody has yet written down who uses it. */
async function inUse(users: string): Promise<boolean> {
  try {
    const names = await readdir(users);
    for (const name of names) {
      const user = parseHolder(await readFile(join(users, name), 'utf8'));
      if (!user || isAlive(user)) return true;
    }
    return names.length === 0;
  } catch {
    return true;
  }
}
