import type { ClientBase } from 'pg';
import { Fault } from './fault.ts';

/**
 * Binds a main database to the keys database it was first opened with, and refuses any other from then on. A new main
 * database is not bound to keys that people have already: whoever restores begins with the rows, or with neither.
 */
export async function bindToKeys(
  client: Pick<ClientBase, 'query'>,
  keys: { readonly mark: string; readonly used: boolean },
): Promise<void> {
  const bound = await markOf(client);
  if (bound === undefined && keys.used)
    throw new Fault(
      'The keys database holds keys of people and the main database is new: restore its rows, or set DATABASE_URL and KEYS_URL to two that belong together.',
    );
  if (bound === undefined)
    await client.query('insert into platform.installation (mark) values ($1) on conflict do nothing', [
      keys.mark,
    ]);
  if ((await markOf(client)) !== keys.mark)
    throw new Fault(
      'The keys database is not the one that this main database was made with: set KEYS_URL or DATABASE_URL to the one that belongs with the other.',
    );
}

async function markOf(client: Pick<ClientBase, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ mark: string }>('select mark from platform.installation');
  return rows[0]?.mark;
}
