import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { remembered } from '#platform/remembered.ts';
import { check } from '#statement/check.ts';
import { canonical, canonicalForPerson } from '#statement/fingerprint.ts';
import type { Place, Statement } from '#statement/grammar.ts';
import type { Context } from './check.ts';

/** One applied version as the database holds it. */
export interface Version {
  readonly version: string;
  /** Undefined when the stored rules can no longer be read as a statement. */
  readonly statement: Statement | undefined;
  /** True when the stored fingerprints are those of the stored text. */
  readonly sound: boolean;
  readonly fingerprint: string;
  readonly appliedAt: Date;
  /** When it took or takes effect. */
  readonly effectiveAt: Date;
  /** True when it was taken back before that. */
  readonly withdrawn: boolean;
}

interface Row {
  version: string;
  rules: string;
  prose_nb: string;
  prose_en: string;
  fingerprint: string;
  person_fingerprint: string;
  appliedAt: Date;
  effectiveAt: Date;
  withdrawn: boolean;
}

/** Every version ever applied, oldest first, read and fingerprinted anew. */
export function versions(context: Context): Promise<Version[]> {
  return context.once('versions', async () => {
    const { rows } = await context.main.query<Row>(
      `select v.version, rules, prose_nb, prose_en, fingerprint, person_fingerprint, applied_at as "appliedAt",
              coalesce(effective_at, applied_at) as "effectiveAt",
              exists (select from statement.withdrawal w where w.version = v.version) as withdrawn
         from statement.version v order by applied_at, string_to_array(v.version, '.')::int[]`,
    );
    return rows.map(read);
  });
}

/** The version in force at a moment: the last whose time had come and that was not taken back. */
export function inForceAt(all: readonly Version[], now: Date): Version | undefined {
  const standing = all.filter(({ withdrawn }) => !withdrawn);
  return standing.findLast(({ effectiveAt }) => effectiveAt <= now) ?? standing[0];
}

const NOWHERE: Place = { file: '', line: 1, column: 1 };

function read(row: Row): Version {
  const { version, fingerprint, appliedAt, effectiveAt, withdrawn } = row;
  const made = fingerprinted(row.rules, row.prose_nb, row.prose_en);
  const sound =
    made.statement?.version === version &&
    made.fingerprint === fingerprint &&
    made.personFingerprint === row.person_fingerprint;
  return { version, statement: made.statement, sound, fingerprint, appliedAt, effectiveAt, withdrawn };
}

/** The stored words are read in every proof; the same words again say the same, and are not taken apart anew. */
const fingerprinted = remembered(8, (rules: string, nb: string, en: string) => {
  let statement: Statement | undefined;
  try {
    ({ statement } = check(parse(rules), () => NOWHERE));
  } catch {
    // Text that is no YAML is a version that cannot be read: found above, and its words stay out of the answer.
  }
  return {
    statement,
    fingerprint: statement && sha256(canonical(statement, { nb, en })),
    personFingerprint: statement && sha256(canonicalForPerson(statement)),
  };
});

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
