import type { ClientBase } from 'pg';
import type { DataMap } from '#platform/map.ts';
import { type Applied, StatementError } from '#statement/applied.ts';
import type { Change } from '#statement/compare.ts';
import type { Problem, Statement } from '#statement/grammar.ts';
import { after, osloDate } from '#statement/period.ts';
import { compareVersions, nextRevision, restamped } from '#statement/revision.ts';
import { judge } from '../judge.ts';
import { dueRows } from '../keep/forecast.ts';
import { parseStatement } from '../statement-file.ts';
import type { InForce } from '../versions.ts';
import { countConcerned } from './concerned.ts';
import { type Decision, decide, hashOf, type RoleChanges } from './decide.ts';

/** Why nothing can be planned: in which file and where, when it is in a file. */
export type Trouble = Problem | { readonly message: string };

/** Rows that one clause would let go, under the new statement and under the one in force. */
export interface PlannedRows {
  readonly clause: string;
  /** Due at this moment. */
  readonly now: number;
  /** Due within a year, those of now among them. */
  readonly year: number;
  readonly before: { readonly now: number; readonly year: number };
}

/** What a changed statement would do, before it is done: the shape of `hjemmel plan --json` and `GET /plan`. */
export interface Plan {
  /** The number it will have; the one in force when nothing has changed. */
  readonly version: string;
  readonly from: string;
  readonly material: boolean;
  readonly changes: readonly Change[];
  readonly roles: RoleChanges;
  readonly rows: readonly PlannedRows[];
  /** Consents that stop counting, with how many stand now. */
  readonly consents: readonly { readonly purpose: string; readonly why: string; readonly active: number }[];
  readonly notify: {
    /** People to be told, and how many of them we have an address for. */
    readonly people: number;
    readonly mailed: number;
    /** Purposes they are in; null: everybody, or nobody where there are no people. */
    readonly purposes: readonly string[] | null;
    readonly period: string | null;
    /** ISO 8601 moment, counted from now. */
    readonly takesEffect: string;
  };
  /** What `hjemmel apply` asks for; null when there is nothing to apply, or it cannot be. */
  readonly hash: string | null;
  readonly problems: readonly Trouble[];
}

/** What planning looks at. */
export interface Sight {
  readonly map: DataMap;
  readonly inForce: InForce;
  /** The number that the files carried when the version in force was applied; undefined for the first. */
  readonly written: string | undefined;
  /** Reads the files. Throws StatementError. */
  readonly files: () => Applied;
}

/** A decision that can be applied, and the version it would write. */
export interface Planned {
  readonly decision: Decision;
  readonly hash: string;
  /** The files under the number and date they would be applied with. */
  readonly next: Applied;
}

/** What the files amount to: nothing, something to apply, or trouble. */
export type Intent =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'trouble'; readonly problems: readonly Trouble[] }
  | ({ readonly kind: 'change' } & Planned);

/**
 * Compares the files with the version in force and decides what applying them means. An author who left the number as it
 * was gets the next revision; a number that another version has is refused, since a version once applied is immutable.
 */
export function intend({ map, inForce, written, files }: Sight, now: Date): Intent {
  const { applied: before, versions, waiting } = inForce;
  const trouble = (...problems: Trouble[]): Intent => ({ kind: 'trouble', problems });
  let found: Applied;
  try {
    found = files();
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return trouble(...error.problems);
  }
  const [current, carried] = [before.statement.version, found.statement.version];
  const taken = versions.map(({ version }) => version);
  const stamp = (version: string, updated: string) => stamped(found, version, updated);
  const left = carried === current || carried === written;
  if (left && sameBut(found, before)) return { kind: 'nothing' };
  if (waiting !== undefined) {
    const coming = inForce.read(waiting.version)!;
    if (sameBut(found, coming)) return { kind: 'nothing' };
    return trouble({
      message: `Version ${waiting.version} is applied and waits for ${waiting.effectiveAt.toISOString()}: wait, or take it back with hjemmel apply --withdraw ${waiting.version}.`,
    });
  }
  const free = nextRevision(current, taken);
  if (!left && taken.includes(carried))
    return trouble({
      message: `Version ${carried} was applied with other content, and a version once applied is immutable: write ${free}.`,
    });
  if (!left && compareVersions(carried, current) < 0)
    return trouble({
      message: `Version ${carried} comes before ${current}, which is in force: write ${free}.`,
    });
  const version = left ? free : carried;
  const today = osloDate(now);
  const updated = found.statement.updated > before.statement.updated ? found.statement.updated : today;
  const next = stamp(version, updated);
  if (next === undefined)
    return trouble({
      message:
        'Write version: and updated: each on a line of its own in statement.yaml, so that they can be set.',
    });
  const uncovered = judge(map, found.statement);
  if (uncovered.length > 0)
    return trouble(
      ...uncovered.map((message) => ({
        message: `the database holds what the statement would not cover: ${message}`,
      })),
    );
  const decision = decide(map, before, found, version);
  return { kind: 'change', decision, hash: hashOf(decision), next };
}

/** The plan as it is shown: what was decided, with the numbers of this moment. */
export async function plan(client: ClientBase, sight: Sight, now: Date): Promise<Plan> {
  const { applied: before, waiting } = sight.inForce;
  const current = before.statement.version;
  const empty = {
    version: waiting?.version ?? current,
    from: current,
    material: false,
    changes: [],
    roles: { added: [], removed: [], granted: [], revoked: [] },
    rows: [],
    consents: [],
    notify: {
      people: 0,
      mailed: 0,
      purposes: null,
      period: null,
      takesEffect: (waiting?.effectiveAt ?? now).toISOString(),
    },
    hash: null,
    problems: [],
  };
  const intent = intend(sight, now);
  if (intent.kind === 'nothing') return empty;
  if (intent.kind === 'trouble') return { ...empty, problems: intent.problems };
  const { decision, hash, next } = intent;
  const { version } = next.statement;
  const { people, mailed } =
    decision.concerns === null
      ? { people: 0, mailed: 0 }
      : await countConcerned(client, sight.map, decision.concerns);
  return {
    version,
    from: current,
    material: decision.material,
    changes: decision.changes,
    roles: decision.roles,
    rows: await plannedRows(client, sight, next.statement, now),
    consents: await countConsents(client, decision),
    notify: {
      people,
      mailed,
      purposes: decision.concerns === 'everyone' ? null : decision.concerns,
      period: decision.notice,
      takesEffect: takesEffect(decision, now).toISOString(),
    },
    hash,
    problems: [],
  };
}

/** When a decision that is applied at a moment takes effect. */
export function takesEffect({ notice }: Decision, now: Date): Date {
  return notice === null ? now : after(now, notice);
}

async function plannedRows(
  client: ClientBase,
  { map, inForce }: Sight,
  next: Statement,
  now: Date,
): Promise<PlannedRows[]> {
  const year = after(now, 'P1Y');
  const count = async (statement: Statement, at: Date) =>
    new Map((await dueRows(client, statement, map, at)).map(({ clause, rows }) => [clause, rows]));
  const present = inForce.applied.statement;
  const [isNow, isYear] = [await count(next, now), await count(next, year)];
  const [wasNow, wasYear] = [await count(present, now), await count(present, year)];
  const clauses = new Set([...isYear.keys(), ...wasYear.keys(), ...isNow.keys(), ...wasNow.keys()]);
  return [...clauses].sort().map((clause) => ({
    clause,
    now: isNow.get(clause) ?? 0,
    year: isYear.get(clause) ?? 0,
    before: { now: wasNow.get(clause) ?? 0, year: wasYear.get(clause) ?? 0 },
  }));
}

async function countConsents(client: ClientBase, { consents }: Decision): Promise<Plan['consents']> {
  if (consents.length === 0) return [];
  const { rows } = await client.query<{ purpose: string; active: number }>(
    'select purpose, count(*)::int as active from consent.active where purpose = any($1) group by 1',
    [consents.map(({ purpose }) => purpose)],
  );
  const active = new Map(rows.map((row) => [row.purpose, row.active]));
  return consents.map((each) => ({ ...each, active: active.get(each.purpose) ?? 0 }));
}

/** Whether the files are a version, but for the number and the date that applying it set. */
function sameBut(files: Applied, version: Applied): boolean {
  const { statement } = version;
  return stamped(files, statement.version, statement.updated)?.fingerprint === version.fingerprint;
}

function stamped(files: Applied, version: string, updated: string): Applied | undefined {
  if (files.statement.version === version && files.statement.updated === updated) return files;
  const yaml = restamped(files.texts.yaml, { version, updated });
  if (yaml === undefined) return undefined;
  const applied = parseStatement({ ...files.texts, yaml }, `version ${version}`);
  return applied.statement.version === version && applied.statement.updated === updated ? applied : undefined;
}
