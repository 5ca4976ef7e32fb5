/**
 * Versions of the statement, noted in the keys database once they are applied. That database outlives the rows: when they
 * are put back from a backup, this is what says which promises were made since.
 */
import type { ClientBase, Pool } from 'pg';

/** A version as it was applied, and how far the work had come. */
export interface NotedVersion {
  readonly version: string;
  readonly rules: string;
  readonly prose_nb: string;
  readonly prose_en: string;
  readonly fingerprint: string;
  readonly person_fingerprint: string;
  readonly applied_at: Date;
  /** Null where it took effect when it was applied. */
  readonly effective_at: Date | null;
  /** Number, predecessor, files' number, plan and hash of its application; null of the first version. */
  readonly application: string | null;
  readonly before: string | null;
  readonly written: string | null;
  readonly plan: string | null;
  readonly hash: string | null;
  readonly told_at: Date | null;
  readonly withdrawn_at: Date | null;
}

const COLUMNS = [
  'version',
  'rules',
  'prose_nb',
  'prose_en',
  'fingerprint',
  'person_fingerprint',
  'applied_at',
  'effective_at',
  'application',
  'before',
  'written',
  'plan',
  'hash',
  'told_at',
  'withdrawn_at',
] as const satisfies readonly (keyof NotedVersion)[];

/** What a version's mark changes with: whoever has the same mark has nothing new to note. SQL over the three columns. */
export const versionMark = (version: string, toldAt: string, withdrawnAt: string) =>
  `concat_ws(' ', ${version}, case when ${toldAt} is not null then 'told' end, case when ${withdrawnAt} is not null then 'withdrawn' end)`;

/** The versions that were noted; needs select, insert and update on keys.version. */
export class NotedVersions {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The mark of every version that is noted. */
  async marks(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ mark: string }>(
      `select ${versionMark('version', 'told_at', 'withdrawn_at')} as mark from keys.version`,
    );
    return rows.map(({ mark }) => mark);
  }

  /** Notes versions, each over what was noted of it before. */
  async note(versions: readonly NotedVersion[]): Promise<void> {
    for (const one of versions)
      await this.#pool.query(
        `insert into keys.version (${COLUMNS.join(', ')}) values (${COLUMNS.map((_, at) => `$${at + 1}`).join(', ')})
         on conflict (version) do update set ${COLUMNS.slice(1)
           .map((name) => `${name} = excluded.${name}`)
           .join(', ')}`,
        COLUMNS.map((name) => one[name]),
      );
  }
}

/** Every version that was noted, the first to be applied first. Read by the owner, before any role is made. */
export async function notedVersions(client: Pick<ClientBase, 'query'>): Promise<NotedVersion[]> {
  const { rows } = await client.query<NotedVersion>(
    `select ${COLUMNS.join(', ')} from keys.version order by applied_at, version`,
  );
  return rows;
}

/** Forgets the versions of an installation whose rows began anew: its history is another's. */
export async function forgetVersions(client: Pick<ClientBase, 'query'>): Promise<void> {
  await client.query('delete from keys.version');
}
