import type { ClientBase } from 'pg';
import type { Applied } from '#statement/applied.ts';
import { passages } from '#statement/passages.ts';

/** Notes that every host was seen serving the statement whole, as a running server does. */
export async function shown(
  client: Pick<ClientBase, 'query'>,
  { statement, prose, fingerprint }: Omit<Applied, 'texts'>,
  at: Date,
): Promise<void> {
  for (const language of ['nb', 'en'] as const)
    await client.query(
      `insert into proof.page select host, $2, $3, 200, $4, $5 from unnest($1::text[]) host`,
      [statement.operator.hosts, language, at, fingerprint, passages(prose[language]).length],
    );
}
