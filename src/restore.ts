import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientBase } from 'pg';
import type { PutBack } from '#cli/wiring.ts';
import type { Config } from '#config';
import type { Replayed } from '#gates/restore/replay.ts';
import type { Progress } from '#platform/backup/dump.ts';
import { load } from '#platform/backup/load.ts';
import {
  checkFiles,
  MANIFEST,
  type Manifest,
  manifestDigest,
  readManifest,
} from '#platform/backup/manifest.ts';
import { BackupRefused } from '#platform/backup/refused.ts';
import { asOwner, requireVersion } from '#platform/database.ts';
import { lockDataDir } from '#platform/embedded.ts';
import { Fault } from '#platform/fault.ts';
import { readMasterKeys } from '#platform/master-key.ts';
import { noteRestoration, restorationOf } from '#platform/restoration.ts';
import { ensureSecrets, type Secrets } from '#platform/secrets.ts';
import { type OpenOptions, onServer, type Server } from './databases.ts';
import { migrationsOf, openProduct, type Product } from './product.ts';

export interface RestoreOptions extends OpenOptions {
  /** Put the backup in the place of what is there. */
  readonly replace: boolean;
  /** Of a backup of the keys: go on although it lacks the keys of people who came after it. */
  readonly acceptLoss: boolean;
  readonly step: (progress: Progress) => void;
}

/**
 * Puts a backup back, replays what came after it and proves the whole, in that order; a crash anywhere leaves what was
 * there before, or rows that nobody is served from until the replay is done. Run again, it goes on.
 *
 * Refuses: a running server, a backup that is not whole, not signed by this installation or of a newer release, keys of
 * another installation, and a database that is not empty unless `replace`.
 */
export async function putBack(config: Config, given: string, options: RestoreOptions): Promise<PutBack> {
  const folder = await folderOf(resolve(given));
  const manifest = await readManifest(folder);
  const lock = await lockDataDir(config.dataDir).catch((error) => {
    if (error instanceof Fault && /already serves/.test(error.message)) throw new BackupRefused(RUNNING);
    throw error;
  });
  try {
    return await onServer(config, options, async (server) => {
      const put = { config, folder, manifest, options, server };
      const hasRows = manifest.body.kind === 'main' ? await putRows(put) : await putKeys(put);
      if (!hasRows) {
        await server.embedded?.stop();
        return { ...counted(manifest), replayed: undefined, statement: null, proof: null };
      }
      const product = await openProduct(config, options);
      try {
        return await tell(put, product);
      } finally {
        await product.close();
        await server.embedded?.stop();
      }
    });
  } finally {
    await lock.release();
  }
}

const RUNNING = 'A server runs on this database: stop it, and let nobody start it until the restore is done.';

interface Put {
  readonly config: Config;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly options: RestoreOptions;
  readonly server: Server;
}

/** The folder with the manifest: the one given, or the one that `hjemmel backup` made in it. */
async function folderOf(given: string): Promise<string> {
  for (const folder of [given, join(given, 'main'), join(given, 'keys')])
    if (
      await access(join(folder, MANIFEST)).then(
        () => true,
        () => false,
      )
    )
      return folder;
  throw new BackupRefused(
    `There is no whole backup in ${given}: give the folder that hjemmel backup was given.`,
  );
}

async function putRows({ config, folder, manifest, options, server }: Put): Promise<true> {
  const { body } = manifest;
  const secrets = await secretsOf(config, server.keysUrl);
  // The signature was checked with the manifest's own key, and that is ours.
  if (body.mark !== secrets.mark || body.key !== secrets.journalKey.id)
    throw new BackupRefused(
      'The backup belongs to another installation: its rows could not be read with the keys here. Set KEYS_URL to the keys that it was made with, or restore those first.',
    );
  const backup = manifestDigest(manifest);
  await asOwner(server.databaseUrl, async (client) => {
    await requireVersion(client);
    await refuseRunning(client, config);
    const before = await restorationOf(client, backup);
    // The rows came in and the program was killed before it had said so: what is left is the replay.
    if (before !== undefined && (before.replayedAt === null || !options.replace)) return;
    await checkFiles(folder, body);
    await load(client, folder, body, {
      migrations: await migrationsOf.main(),
      replace: options.replace,
      progress: options.step,
      within: (inside) => noteRestoration(inside, restorationFrom(manifest, options.now())),
    });
  });
  return true;
}

/** Answers whether there are rows that the keys belong with. */
async function putKeys({ config, folder, manifest, options, server }: Put): Promise<boolean> {
  const { body } = manifest;
  const masters = readMasterKeys(config.masterKeyFile);
  const backup = manifestDigest(manifest);
  const hasRows = await asOwner(server.databaseUrl, async (client) => {
    await requireVersion(client);
    await refuseRunning(client, config);
    return (await client.query(`select to_regclass('platform.restoration') as it`)).rows[0].it !== null;
  });
  await asOwner(server.keysUrl, async (client) => {
    await requireVersion(client);
    await refuseRunning(client, config);
    await checkFiles(folder, body);
    await load(client, folder, body, {
      migrations: await migrationsOf.keys(),
      replace: options.replace,
      progress: options.step,
      within: async (inside) => {
        const { mark, journalKey } = await ensureSecrets(inside, masters);
        if (body.mark !== mark || body.key !== journalKey.id)
          throw new BackupRefused(
            'The keys in the backup are not those of its manifest; take another backup.',
          );
        if (!hasRows) return;
        // Written down before the keys are in: a crash in between replays what needs no replay.
        await asOwner(server.databaseUrl, async (main) => {
          await refuseOtherRows(main, mark);
          if (!options.acceptLoss) await refuseLoss(inside, main);
          const before = await restorationOf(main, backup);
          if (before?.replayedAt !== null)
            await noteRestoration(main, restorationFrom(manifest, options.now()));
        });
      },
    });
  });
  return hasRows;
}

function counted({ body }: Manifest) {
  const rows = body.tables.reduce((sum, table) => sum + table.rows, 0);
  return { kind: body.kind, takenAt: body.takenAt, restored: { tables: body.tables.length, rows } };
}

function restorationFrom(manifest: Manifest, restoredAt: Date) {
  const { kind, takenAt, restored } = counted(manifest);
  return { kind, backup: manifestDigest(manifest), takenAt: new Date(takenAt), restoredAt, ...restored };
}

/** The secrets of the keys that are here; a keys database that is empty is not made by a restore of the rows. */
async function secretsOf(config: Config, keysUrl: string): Promise<Secrets> {
  return asOwner(keysUrl, async (client) => {
    const { rows } = await client.query<{ it: string | null }>(`select to_regclass('keys.secret') as it`);
    if (rows[0]?.it == null)
      throw new BackupRefused(
        'There are no keys in the keys database: restore its own backup first, then the rows.',
      );
    return ensureSecrets(client, readMasterKeys(config.masterKeyFile));
  });
}

/** How long somebody who has just left may still be seen, in milliseconds. */
const LINGERS = 2000;

/** Whoever serves from another machine is known by the roles that it is logged in with. */
async function refuseRunning(client: ClientBase, { rolePrefix }: Config): Promise<void> {
  for (const until = performance.now() + LINGERS; ; ) {
    const { rows } = await client.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and left(usename, length($1) + 1) = $1 || '_' limit 1`,
      [rolePrefix],
    );
    if (rows.length === 0) return;
    if (performance.now() > until) throw new BackupRefused(RUNNING);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function refuseOtherRows(main: ClientBase, mark: string): Promise<void> {
  const { rows } = await main.query<{ mark: string }>('select mark from platform.installation');
  if (rows[0] !== undefined && rows[0].mark !== mark)
    throw new BackupRefused(
      'The rows here belong to the keys of another installation: set DATABASE_URL to those that belong with this backup.',
    );
}

/** People looked at in one step. */
const PAGE = 10_000;

/** Whoever came after the backup of the keys was taken can be read with nothing any more, and would be erased. */
async function refuseLoss(keys: ClientBase, main: ClientBase): Promise<void> {
  let lost = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await main.query<{ person: string }>(
      `select person from vault.person p where person > $1
          and not exists (select from gate.erasure e where e.person = p.person) order by person limit $2`,
      [after, PAGE],
    );
    if (rows.length === 0) break;
    const people = rows.map(({ person }) => person);
    after = people.at(-1)!;
    const held = await keys.query('select from keys.person_key where person = any($1::uuid[])', [people]);
    lost += people.length - (held.rowCount ?? 0);
  }
  if (lost > 0)
    throw new BackupRefused(
      `The backup lacks the keys of ${lost} people who came after it: they could never be read again and would be erased. Find a newer backup of the keys, or add --accept-loss.`,
    );
}

async function tell({ manifest, options, server }: Put, product: Product): Promise<PutBack> {
  const row = await asOwner(server.databaseUrl, (client) => restorationOf(client, manifestDigest(manifest)));
  const { checks, ok } = await product.prove(options.now());
  const { version } = product.inForce.applied.statement;
  // By the plan, since files keep the number that their author wrote when a version is applied from them.
  const { hash, problems } = await product.plan(options.now());
  return {
    ...counted(manifest),
    replayed: row?.replayed == null ? undefined : (JSON.parse(row.replayed) as Replayed),
    statement: { inForce: version, filesDiffer: hash !== null || problems.length > 0 },
    proof: {
      ok,
      broken: checks
        .filter((check) => !check.ok)
        .map(({ clause, title, detail }) => `${clause} ${title}: ${detail}`),
    },
  };
}
