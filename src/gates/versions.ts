import type { ClientBase } from 'pg';
import type { Applied, Texts } from '#statement/applied.ts';
import { compareVersions } from '#statement/revision.ts';
import { parseStatement } from './statement-file.ts';

/** A version in the history of the statement. */
export interface AppliedVersion {
  readonly version: string;
  readonly appliedAt: Date;
  /** When it took or takes effect: the moment it was applied, or the end of its notice. */
  readonly effectiveAt: Date;
  /** When it was taken back before that; null when it was not. */
  readonly withdrawnAt: Date | null;
  readonly fingerprint: string;
}

/** The statement in force, when it came into force, and those before and after it, newest first. */
export interface InForce {
  readonly applied: Applied;
  readonly appliedAt: Date;
  readonly versions: readonly AppliedVersion[];
  /** The version that is applied and waits for its day; undefined when none does. */
  readonly waiting: AppliedVersion | undefined;
  /** A version as it was applied; undefined when there is none by that number. Throws StatementError. */
  read(version: string): Applied | undefined;
}

/**
 * The statement in force at a moment: the last one whose time has come, whatever the files say. Where none was ever
 * applied, the one given is. Answers with `first` when that happened. A changed file is a plan, not a rule (clause
 * `v.changes`).
 */
export async function statementInForce(
  client: Pick<ClientBase, 'query'>,
  shipped: () => Applied,
  now: Date,
): Promise<InForce & { first: boolean }> {
  let found = await versionsOf(client);
  const first = found.length === 0;
  if (first) {
    const { statement, ...written } = shipped();
    await writeVersion(client, {
      version: statement.version,
      ...written,
      appliedAt: now,
      effectiveAt: null,
    });
    found = await versionsOf(client);
  }
  const { current, waiting } = atMoment(found, now);
  const read = reader(found);
  const versions = found.map(({ texts: _, ...version }) => version);
  return { applied: read(current.version)!, appliedAt: current.effectiveAt, versions, waiting, first, read };
}

/** Writes a version into the history, which it never leaves. `effectiveAt`: null where it takes effect as it is applied. */
export async function writeVersion(
  client: Pick<ClientBase, 'query'>,
  {
    version,
    texts,
    fingerprint,
    personFingerprint,
    appliedAt,
    effectiveAt,
  }: Pick<Applied, 'texts' | 'fingerprint' | 'personFingerprint'> & {
    readonly version: string;
    readonly appliedAt: Date;
    readonly effectiveAt: Date | null;
  },
): Promise<void> {
  await client.query(
    `insert into statement.version (version, rules, prose_nb, prose_en, fingerprint, person_fingerprint, applied_at, effective_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [version, texts.yaml, texts.nb, texts.en, fingerprint, personFingerprint, appliedAt, effectiveAt],
  );
}

/**
 * Which version of a list, newest first, is in force at a moment, and which waits. Before the first took effect, by a clock that goes wrong, the
 * first is in force: there is always one.
 */
export function atMoment<V extends Pick<AppliedVersion, 'effectiveAt' | 'withdrawnAt'>>(
  sorted: readonly V[],
  now: Date,
): { current: V; waiting: V | undefined } {
  const standing = sorted.filter(({ withdrawnAt }) => withdrawnAt === null);
  const begun = standing.filter(({ effectiveAt }) => effectiveAt <= now);
  const current = begun[0] ?? standing.at(-1)!;
  const waiting = standing.find(({ effectiveAt }) => effectiveAt > now);
  return { current, waiting: waiting === current ? undefined : waiting };
}

/**
 * Says in a few characters which versions are in force and waiting; another answer than before means that the product
 * should be opened anew. Cheap enough to ask every few seconds.
 */
export async function standing(client: Pick<ClientBase, 'query'>, now: Date): Promise<string> {
  const { rows } = await client.query<Omit<AppliedVersion, 'fingerprint'>>({
    name: 'versions.standing',
    text: `select v.version, v.applied_at as "appliedAt", coalesce(v.effective_at, v.applied_at) as "effectiveAt",
                  w.at as "withdrawnAt"
             from statement.version v left join statement.withdrawal w using (version)`,
  });
  const { current, waiting } = atMoment(rows.sort(newestFirst), now);
  return markOf(current.version, waiting);
}

/** The same of what a product has opened. */
export function standingOf({ applied, waiting }: InForce): string {
  return markOf(applied.statement.version, waiting);
}

function markOf(current: string, waiting: Pick<AppliedVersion, 'version'> | undefined): string {
  return `${current} ${waiting?.version ?? '-'}`;
}

type Dated = Pick<AppliedVersion, 'appliedAt' | 'version'>;

function newestFirst(a: Dated, b: Dated): number {
  return Number(b.appliedAt) - Number(a.appliedAt) || compareVersions(b.version, a.version);
}

interface Row extends AppliedVersion {
  readonly texts: Texts;
}

/** Newest first. All of them are read at once: history is shown also while the database is away. */
async function versionsOf(client: Pick<ClientBase, 'query'>): Promise<Row[]> {
  const { rows } = await client.query<AppliedVersion & Texts>(
    `select v.version, v.applied_at as "appliedAt", coalesce(v.effective_at, v.applied_at) as "effectiveAt",
            w.at as "withdrawnAt", v.fingerprint, v.rules as yaml, v.prose_nb as nb, v.prose_en as en
       from statement.version v left join statement.withdrawal w using (version)`,
  );
  return rows
    .map(({ yaml, nb, en, ...version }) => ({ ...version, texts: { yaml, nb, en } }))
    .sort(newestFirst);
}

/** Reads versions when they are first asked for: judging a text takes some milliseconds, and most are never asked for. */
function reader(versions: readonly Row[]): InForce['read'] {
  const known = new Map<string, Applied>();
  return (version) => {
    const row = versions.find((one) => one.version === version);
    if (row === undefined) return undefined;
    const applied = known.get(version) ?? parseStatement(row.texts, `applied ${version}`);
    known.set(version, applied);
    return applied;
  };
}
