import type { InForce } from '#gates/versions.ts';
import { writeBundle } from '#platform/bundle.ts';
import { type PoolOptions, Pools } from '#platform/database.ts';
import type { Secrets } from '#platform/secrets.ts';
import type { Installation } from '#proof/check.ts';
import { EVIDENCE_FORMAT, evidence } from '#proof/evidence.ts';
import { prove } from '#proof/prove.ts';
import type { Verdict } from '#statement/verdict.ts';

/** Whoever proves: connections of its own, and what it may do with them. */
export interface Auditor {
  prove(now: Date, clause?: string, signal?: AbortSignal): Promise<Verdict>;
  /** Writes a verdict with what it rests on into an empty folder, signed; Faults where the folder is not empty. */
  evidence(verdict: Verdict, now: Date, dir: string): Promise<void>;
  end(): Promise<void>;
}

export interface AuditorOptions {
  readonly databaseUrl: string;
  readonly keysUrl: string;
  readonly login: PoolOptions;
  readonly rolePrefix: string;
  readonly dataDir: string;
  readonly inForce: InForce;
  readonly secrets: Secrets;
}

/**
 * Room to hash a table in: it is compared whole. Compiling a question costs more than the odd long one gains, and so does
 * sharing one out: checks run beside each other already.
 */
const SETTINGS = { work_mem: '64MB', jit: 'off', max_parallel_workers_per_gather: '0' };

/** Opens the auditor's connections, both as the role `proof`, which can read and nothing else. */
export function openAuditor(options: AuditorOptions): Auditor {
  const { databaseUrl, keysUrl, login, rolePrefix: prefix, dataDir, inForce, secrets } = options;
  const main = new Pools(databaseUrl, { ...login, settings: SETTINGS });
  const keys = new Pools(keysUrl, { ...login, settings: SETTINGS });
  const { applied } = inForce;
  const installation = (now: Date): Installation => ({
    main: main.of('proof'),
    keys: keys.of('proof'),
    applied,
    prefix,
    dataDir,
    publicKey: secrets.journalKey.publicKey,
    now,
  });
  return {
    prove: (now, clause, signal) => prove({ ...installation(now), signal }, clause),
    evidence: async (verdict, now, dir) => {
      const { statement, fingerprint } = applied;
      const head = {
        format: EVIDENCE_FORMAT,
        at: verdict.at,
        operator: statement.operator.name,
        statement: verdict.statement,
        fingerprint,
        ok: verdict.ok,
      };
      await writeBundle(dir, head, evidence(installation(now), verdict), secrets.journalKey);
    },
    end: async () => {
      await Promise.all([main.end(), keys.end()]);
    },
  };
}
