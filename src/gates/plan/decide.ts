import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import type { DataMap } from '#platform/map.ts';
import type { Applied } from '#statement/applied.ts';
import { type Change, compare } from '#statement/compare.ts';
import { compareTexts } from '#statement/compare-texts.ts';
import { type Concerned, concerned, type Uncovered, uncovered } from '#statement/concerns.ts';
import type { Statement } from '#statement/grammar.ts';
import { ENGINE_ROLES, type Grant, wanted } from '../roles.ts';

/** How long people are told beforehand where the statement in force has no deadline of its own for it. */
export const NOTICE = 'P30D';

/** Purposes whose role comes or goes, and the columns that a purpose may read or no longer. */
export interface RoleChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly granted: readonly Right[];
  readonly revoked: readonly Right[];
}
export interface Right {
  readonly purpose: string;
  readonly table: string;
  readonly column: string;
}

/** Everything that a plan decides, and nothing that changes while nobody changes anything: what its hash is over. */
export interface Decision {
  /** Version and fingerprint that are in force. */
  readonly from: { readonly version: string; readonly fingerprint: string };
  /** The number that it will have, the one that the files carry, and the fingerprint of the files as they are. */
  readonly to: { readonly version: string; readonly written: string; readonly fingerprint: string };
  readonly material: boolean;
  /** Notice before it takes effect, ISO 8601; null: it takes effect when it is applied. */
  readonly notice: string | null;
  readonly changes: readonly Change[];
  readonly roles: RoleChanges;
  /** Purposes whose standing consents stop counting when it takes effect. */
  readonly consents: readonly Uncovered[];
  /** Who is told; null: nobody need be. */
  readonly concerns: Concerned | null;
}

/**
 * What applying the files would mean (clause `v.changes`). Depends on the two versions and the data map alone, so that the
 * same files against the same version give the same decision, byte for byte.
 */
export function decide(map: DataMap, before: Applied, after: Applied, version: string): Decision {
  const [was, is] = [before.statement, after.statement];
  const found = [...compare(was, is), ...compareTexts(before.texts, after.texts)];
  const changes = found.length > 0 ? found : [RENUMBERED];
  const material = changes.some((change) => change.material);
  return {
    from: { version: was.version, fingerprint: before.fingerprint },
    to: { version, written: is.version, fingerprint: after.fingerprint },
    material,
    notice: material ? (was.deadlines?.notice?.period ?? NOTICE) : null,
    changes,
    roles: roleChanges(map, was, is),
    consents: uncovered(changes, was, is),
    concerns: concerned(changes, was, is) ?? null,
  };
}

/** An author may give a version a new number and nothing else. */
const RENUMBERED: Change = {
  clause: '0.version',
  change: 'changed',
  what: 'version',
  material: false,
  why: 'the number or the date alone',
};

/** What `hjemmel apply` asks for: SHA-256 over the decision as canonical JSON (RFC 8785). */
export function hashOf(decision: Decision): string {
  return createHash('sha256').update(canonicalJson(decision)).digest('hex');
}

function roleChanges(map: DataMap, before: Statement, after: Statement): RoleChanges {
  const engine: readonly string[] = ENGINE_ROLES;
  const rights = (statement: Statement) =>
    new Map(
      wanted(map, statement)
        .filter(({ role }) => !engine.includes(role))
        .map((grant) => [`${grant.role} ${grant.table} ${grant.column}`, rightOf(grant)]),
    );
  const [was, is] = [rights(before), rights(after)];
  const only = (one: Map<string, Right>, other: Map<string, Right>) =>
    [...one].filter(([key]) => !other.has(key)).map(([, right]) => right);
  const [had, has] = [Object.keys(before.purposes), Object.keys(after.purposes)];
  return {
    added: has.filter((id) => !had.includes(id)),
    removed: had.filter((id) => !has.includes(id)),
    granted: only(is, was),
    revoked: only(was, is),
  };
}

function rightOf({ role, table, column = '*' }: Grant): Right {
  return { purpose: role, table, column };
}
