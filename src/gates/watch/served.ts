import type { Pool } from 'pg';
import { ownPage } from '#platform/loopback.ts';
import type { Applied } from '#statement/applied.ts';
import type { Language } from '#statement/grammar.ts';
import { passagesIn } from '#statement/passages.ts';

/** Where the statement is read, in both languages; the pages' own paths, which do not change. */
const PATHS: Readonly<Record<Language, string>> = { nb: '/personvern', en: '/en/privacy' };

/** What the page names as the version it shows. */
const NAMED = /<meta name="statement" content="([0-9a-f]{64})"/;

/**
 * Fetches the statement page from this server over HTTP as a visitor of each of the operator's hosts would, and notes
 * what came: which version it names, and how many passages of the one in force stand on it word for word (clause
 * `v.available`). What to make of that is for the proof to say. The pool's role is `record`.
 */
export async function fetchPages(
  pool: Pool,
  { statement, prose }: Pick<Applied, 'statement' | 'prose'>,
  at: { readonly address: string; readonly port: number },
  now: Date,
): Promise<void> {
  for (const host of statement.operator.hosts)
    for (const language of ['nb', 'en'] as const) {
      const { status, text } = await ownPage(at, host, PATHS[language]);
      const named = NAMED.exec(text)?.[1] ?? '';
      await pool.query(
        `insert into proof.page (host, language, at, status, fingerprint, passages) values ($1, $2, $3, $4, $5, $6)
         on conflict (host, language) do update set at = excluded.at, status = excluded.status,
           fingerprint = excluded.fingerprint, passages = excluded.passages`,
        [host, language, now, status, named, passagesIn(text, prose[language])],
      );
    }
}
