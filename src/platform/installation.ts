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

/**
 * Notes since when letters leave the house from here, and from then on refuses whoever makes time up: what is let go of
 * before its day because of a mistyped year cannot be had back. `leaves`: this process sends letters. `trial`: its time is
 * not the clock's.
 */
export async function refuseTrials(
  client: Pick<ClientBase, 'query'>,
  { leaves, trial, at }: { readonly leaves: boolean; readonly trial: boolean; readonly at: Date },
): Promise<void> {
  if (leaves)
    await client.query(
      'update platform.installation set letters_left_at = $1 where letters_left_at is null',
      [at],
    );
  if (!trial) return;
  const { rows } = await client.query('select from platform.installation where letters_left_at is not null');
  if (rows.length > 0)
    throw new Fault('--now is for the demo and for trials: letters have left from here to real people.');
}

async function markOf(client: Pick<ClientBase, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ mark: string }>('select mark from platform.installation');
  return rows[0]?.mark;
}
