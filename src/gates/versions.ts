import type { ClientBase } from 'pg';
import type { Applied } from '#statement/applied.ts';
import { parseStatement } from './statement-file.ts';

/** A version in the history of the statement. */
export interface AppliedVersion {
  readonly version: string;
  readonly appliedAt: Date;
  readonly fingerprint: string;
}

/** The statement in force, when it came into force, and those before it, newest first. */
export interface InForce {
  readonly applied: Applied;
  readonly appliedAt: Date;
  readonly versions: readonly AppliedVersion[];
}

/**
 * The statement in force: the last one applied, whatever the files say. Where none was ever applied, the one given is.
 * Answers with `first` when that happened. A changed file is a plan, not a rule (clause `v.changes`).
 */
export async function statementInForce(
  client: Pick<ClientBase, 'query'>,
  shipped: () => Applied,
  now: Date,
): Promise<InForce & { first: boolean }> {
  let found = await versionsOf(client);
  const first = found.length === 0;
  if (first) {
    const { statement, texts, fingerprint, personFingerprint } = shipped();
    await client.query(
      `insert into statement.version (version, rules, prose_nb, prose_en, fingerprint, person_fingerprint, applied_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [statement.version, texts.yaml, texts.nb, texts.en, fingerprint, personFingerprint, now],
    );
    found = await versionsOf(client);
  }
  const { rows } = await client.query<{ yaml: string; nb: string; en: string }>(
    'select rules as yaml, prose_nb as nb, prose_en as en from statement.version where version = $1',
    [found[0]!.version],
  );
  const applied = parseStatement(rows[0]!, `applied ${found[0]!.version}`);
  return { applied, appliedAt: found[0]!.appliedAt, versions: found, first };
}

async function versionsOf(client: Pick<ClientBase, 'query'>): Promise<AppliedVersion[]> {
  const { rows } = await client.query<AppliedVersion>(
    `select version, applied_at as "appliedAt", fingerprint from statement.version order by applied_at desc, version desc`,
  );
  return rows;
}
