import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import { asOwner, ident, requireVersion, roleName } from '#platform/database.ts';
import { type DataMap, readMap } from '#platform/map.ts';
import { createMasterKeyFile, type MasterKeys, readMasterKeys } from '#platform/master-key.ts';
import { type Migration, migrate } from '#platform/migrate.ts';
import { forgetVersions, type NotedVersion, notedVersions } from '#platform/noted-versions.ts';
import { ensureSecrets, type Secrets } from '#platform/secrets.ts';

/** Migrates the keys database and opens the installation's secrets with the master key file. */
export async function openKeysDatabase(
  { masterKeyFile, dataDir }: { masterKeyFile: string; dataDir: string },
  keysUrl: string,
  migrations: readonly Migration[],
): Promise<{
  secrets: Secrets;
  masters: MasterKeys;
  map: DataMap;
  used: boolean;
  noted: readonly NotedVersion[];
}> {
  return asOwner(keysUrl, async (client) => {
    await requireVersion(client);
    await migrate(client, migrations);
    const { rows } = await client.query<{ sealed: boolean; used: boolean }>(
      'select exists (select from keys.secret) as sealed, exists (select from keys.person_key) or exists (select from keys.archive_key) as used',
    );
    const { sealed, used } = rows[0]!;
    if (!existsSync(masterKeyFile) && !sealed && masterKeyFile.startsWith(dataDir)) {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      createMasterKeyFile(masterKeyFile);
    }
    const masters = readMasterKeys(masterKeyFile);
    return {
      masters,
      used,
      noted: await notedVersions(client),
      map: await readMap(client),
      secrets: await ensureSecrets(client, masters),
    };
  });
}

/**
 * What the two roles may do in the keys database; whoever else connects sees nothing. Where the rows begin anew, the
 * versions that are noted are another history's, and are forgotten.
 */
export async function openKeys(client: ClientBase, prefix: string, anew: boolean): Promise<void> {
  if (anew) await forgetVersions(client);
  const [keys, proof] = ['keys', 'proof'].map((role) => ident(roleName(prefix, role)));
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = ident(rows[0]!.name);
  await client.query(`revoke all on database ${database} from public;
    grant connect on database ${database} to ${keys}, ${proof};
    grant usage on schema keys to ${keys};
    grant select, insert, delete on keys.person_key, keys.archive_key to ${keys};
    grant select, insert, update, delete on keys.wish, keys.journal_head to ${keys};
    grant select, insert, update on keys.version to ${keys}`);
  await letProofRead(client, prefix);
}

/** What the proof may read there: who and which shelf has a key, and no key. */
export async function letProofRead(client: ClientBase, prefix: string): Promise<void> {
  const proof = ident(roleName(prefix, 'proof'));
  await client.query(`grant usage on schema keys to ${proof};
    grant select (person, created_at) on keys.person_key to ${proof};
    grant select (shelf, created_at) on keys.archive_key to ${proof};
    grant select on keys.wish, keys.journal_head to ${proof};
    grant select (version, fingerprint, withdrawn_at) on keys.version to ${proof}`);
}
