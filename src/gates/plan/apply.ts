import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { append } from '../journal.ts';
import { type CompileOptions, compileRoles, takeTurn } from '../roles.ts';
import { type InForce, writeVersion } from '../versions.ts';
import { type Application, type By, writeApplication } from './applications.ts';
import { intend, type Sight, type Trouble, takesEffect } from './plan.ts';

/** What became of a plan that was asked for by its hash. */
export type ApplyAnswer =
  | {
      readonly kind: 'applied';
      readonly version: string;
      readonly effectiveAt: Date;
      readonly again: boolean;
    }
  | { readonly kind: 'stale'; readonly hash: string | null }
  | { readonly kind: 'trouble'; readonly problems: readonly Trouble[] };

/**
 * Does exactly the plan that has this hash (clause `v.changes`), in the caller's transaction as the owner: the version,
 * how it came about, and the journal's entry; and, where it takes effect now, roles, grants, policies and consents with it.
 * What takes longer, telling people and letting rows go, is left on the application and finished by whoever keeps next.
 *
 * Asked for a plan that is applied already, it changes nothing and says so: a run that was cut short can be repeated.
 */
export async function apply(
  client: ClientBase,
  sight: Sight & { readonly applications: readonly Application[] },
  hash: string,
  by: By,
  compile: CompileOptions,
): Promise<ApplyAnswer> {
  const there = sight.applications.find((one) => one.hash === hash && !one.withdrawn);
  if (there !== undefined)
    return { kind: 'applied', version: there.version, effectiveAt: there.effectiveAt, again: true };
  const newest = sight.inForce.versions[0]!;
  // Versions stand in the order they were applied: one dated before another would never be in force.
  if (by.at < newest.appliedAt)
    return {
      kind: 'trouble',
      problems: [
        {
          message: `Version ${newest.version} was applied on ${newest.appliedAt.toISOString()}: nothing is applied before that.`,
        },
      ],
    };
  const intent = intend(sight, by.at);
  if (intent.kind === 'trouble') return intent;
  if (intent.kind === 'nothing') return { kind: 'stale', hash: null };
  if (intent.hash !== hash) return { kind: 'stale', hash: intent.hash };
  const { decision, next } = intent;
  const { statement, ...written } = next;
  const { version } = statement;
  const effectiveAt = takesEffect(decision, by.at);
  await writeVersion(client, {
    version,
    ...written,
    appliedAt: by.at,
    effectiveAt: effectiveAt > by.at ? effectiveAt : null,
  });
  await writeApplication(
    client,
    {
      version,
      id: randomUUID(),
      before: decision.from.version,
      written: decision.to.written,
      plan: canonicalJson(decision),
      hash,
    },
    by,
  );
  if (effectiveAt <= by.at) {
    await compileRoles(client, sight.map, statement, compile);
    await endConsents(client, version, by.at);
  }
  return { kind: 'applied', version, effectiveAt, again: false };
}

/** What became of taking a version back. */
export type WithdrawAnswer = 'withdrawn' | 'unknown' | 'in-force';

/**
 * Takes a version back that waits for its day. It stays in the history, with the moment it was taken back. Whoever has had
 * a letter about it gets one that says so; letters that have not gone out do not, and then nobody was told.
 */
export async function withdrawVersion(
  client: ClientBase,
  { versions, waiting }: InForce,
  version: string,
  by: By,
): Promise<WithdrawAnswer> {
  await takeTurn(client);
  const found = versions.find((one) => one.version === version);
  if (found === undefined) return 'unknown';
  if (found.withdrawnAt !== null) return 'withdrawn';
  if (waiting?.version !== version) return 'in-force';
  await client.query('insert into statement.withdrawal (version, at) values ($1, $2)', [version, by.at]);
  await client.query(
    `with about as (select id from statement.application where version = $1),
          unsent as (delete from mail.letter l using about a
                      where l.reference = a.id and l.sent_at is null and l.attempts = 0 returning l.person),
          untold as (delete from gate.notice n using unsent u where n.person = u.person and n.statement = $1)
     insert into mail.letter (person, id, kind, purpose, reference, queued_at, next_at)
     select l.person, gen_random_uuid(), 'notices.withdrawn', 'rights', a.id, $2, $2 from mail.letter l join about a on a.id = l.reference
      where l.sent_at is not null or (l.attempts > 0 and l.next_at < 'infinity')`,
    [version, by.at],
  );
  await append(client, [
    {
      gate: 'statement',
      act: 'withdraw',
      actor: by.actor.kind,
      actorId: by.actor.id,
      statement: version,
      at: by.at,
    },
  ]);
  return 'withdrawn';
}

/**
 * Ends the consents that a version does not rest on, once: all that were not given anew to this version meanwhile. In the
 * same transaction as its roles, so that no look under the new version counts on them.
 */
export async function endConsents(client: ClientBase, version: string, at: Date): Promise<void> {
  const { rows } = await client.query<{ plan: string }>(
    'update statement.application set settled_at = $2 where version = $1 and settled_at is null returning plan',
    [version, at],
  );
  const plan = rows[0]?.plan;
  if (plan === undefined) return;
  const purposes = (JSON.parse(plan) as { consents: { purpose: string }[] }).consents.map(
    ({ purpose }) => purpose,
  );
  if (purposes.length === 0) return;
  await client.query(
    `with gone as (
       delete from consent.active a using consent.event e
        where a.purpose = any($1) and e.person = a.person and e.id = a.event and e.statement <> $2
       returning a.person, a.purpose, e.wording, e.language)
     insert into consent.event (person, id, purpose, state, wording, language, statement, surface, method, actor, at)
     select person, gen_random_uuid(), purpose, 'invalidated', wording, language, $2, 'statement', 'new-version', 'system', $3
       from gone`,
    [purposes, version, at],
  );
}
