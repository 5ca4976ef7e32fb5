import type { Applied } from '#statement/applied.ts';
import type { Actor } from '../actor.ts';
import { append, type Queryable } from '../journal.ts';
import type { InForce } from '../versions.ts';
import type { Decision } from './decide.ts';

/** How far the work of applying a version has come. */
export interface Application {
  readonly version: string;
  /** Number that letters about it refer to. */
  readonly id: string;
  /** The version that was in force when it was planned. */
  readonly before: string;
  readonly written: string;
  readonly hash: string;
  readonly decision: Decision;
  readonly effectiveAt: Date;
  /** True when it was taken back before it took effect. */
  readonly withdrawn: boolean;
  readonly toldAt: Date | null;
  readonly settledAt: Date | null;
  readonly doneAt: Date | null;
}

/** A version about which people are told, and the one they compare it with. */
export interface Coming {
  readonly application: Application;
  readonly before: Applied;
  readonly after: Applied;
}

/** Who applies or takes back, and when. */
export interface By {
  readonly actor: Actor;
  readonly at: Date;
}

/** Writes how a version came to be applied, with the journal's entry; `plan` as the text that `hash` is of. */
export async function writeApplication(
  client: Queryable,
  {
    version,
    id,
    before,
    written,
    plan,
    hash,
  }: Pick<Application, 'version' | 'id' | 'before' | 'written' | 'hash'> & { readonly plan: string },
  { actor, at }: By,
): Promise<void> {
  await client.query(
    'insert into statement.application (version, id, before, written, plan, hash) values ($1, $2, $3, $4, $5, $6)',
    [version, id, before, written, plan, hash],
  );
  await append(client, [
    {
      gate: 'statement',
      act: 'apply',
      actor: actor.kind,
      actorId: actor.id,
      statement: version,
      at,
      digest: Buffer.from(hash, 'hex'),
    },
  ]);
}

/** How each version was applied, oldest first. */
export async function applications(client: Queryable, inForce: InForce): Promise<Application[]> {
  const { rows } = await client.query<
    Omit<Application, 'decision' | 'effectiveAt' | 'withdrawn'> & { plan: string }
  >(
    `select version, id, before, written, plan, hash, told_at as "toldAt", settled_at as "settledAt", done_at as "doneAt"
       from statement.application`,
  );
  return inForce.versions.toReversed().flatMap(({ version, effectiveAt, withdrawnAt }) => {
    const row = rows.find((one) => one.version === version);
    if (row === undefined) return [];
    const { plan, ...application } = row;
    return [
      {
        ...application,
        decision: JSON.parse(plan) as Decision,
        effectiveAt,
        withdrawn: withdrawnAt !== null,
      },
    ];
  });
}

/** The number that the files carried when the version in force was applied; undefined for the first version. */
export function writtenOf(all: readonly Application[], inForce: InForce): string | undefined {
  return all.find(({ version }) => version === inForce.applied.statement.version)?.written;
}

/** Applications with the versions they are about, as letters and pages tell of them. */
export function comings(all: readonly Application[], inForce: InForce): Coming[] {
  return all.flatMap((application) => {
    const [before, after] = [inForce.read(application.before), inForce.read(application.version)];
    return before === undefined || after === undefined ? [] : [{ application, before, after }];
  });
}
