import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { asOwner, ident } from '#platform/database.ts';
import { migrate } from '#platform/migrate.ts';
import { migrationsOf } from '#product';
import { cluster } from './cluster.ts';

/** Advisory lock of whoever looks whether the template is there, and makes it. */
const MAKING = 7254900;

/**
 * Makes databases of these names with every migration run, and nothing in them. The migrations run once in a cluster, and what
 * they made is copied: that is half of what a new installation takes.
 */
export async function makeBlank(names: Readonly<Record<'main' | 'keys', string>>): Promise<void> {
  const { superuserUrl } = await cluster();
  await asOwner(superuserUrl, async (client) => {
    for (const kind of ['main', 'keys'] as const) {
      const template = await templateOf(client, superuserUrl, kind);
      await client.query(
        `create database ${ident(names[kind])} template ${ident(template)} strategy file_copy`,
      );
    }
  });
}

/** The name of the database to copy, which tells apart what other migrations made. */
async function templateOf(client: ClientBase, url: string, kind: 'main' | 'keys'): Promise<string> {
  const migrations = await migrationsOf[kind]();
  const digest = createHash('sha256').update(migrations.map(({ sha256 }) => sha256).join(' '));
  const name = `blank_${kind}_${digest.digest('hex').slice(0, 12)}`;
  await client.query('select pg_advisory_lock($1)', [MAKING]);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return name;
    // Whoever is killed here leaves a draft, which nobody copies.
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${ident(draft)} with (force)`);
    await client.query(`create database ${ident(draft)}`);
    const at = new URL(url);
    at.pathname = `/${draft}`;
    await asOwner(at.href, (owner) => migrate(owner, migrations));
    await client.query(`alter database ${ident(draft)} rename to ${ident(name)}`);
    return name;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MAKING]);
  }
}
