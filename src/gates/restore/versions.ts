import type { ClientBase } from 'pg';
import { readMap } from '#platform/map.ts';
import { type NotedVersion, versionMark } from '#platform/noted-versions.ts';
import { SYSTEM } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { writeApplication } from '../plan/applications.ts';
import { concernedSql, purposesOf } from '../plan/concerned.ts';
import type { Decision } from '../plan/decide.ts';
import { writeVersion } from '../versions.ts';

/**
 * Notes beside the keys which versions were applied, which everybody was told of, and which were taken back. Each round of
 * keeping does, and one follows each version that is applied: what is lost with the rows sooner than that is a version
 * under which nothing had gone yet.
 */
export async function noteVersions({ pools, keys }: Engine): Promise<void> {
  const { rows } = await pools.of('keep').query<NotedVersion>(
    `select v.version, v.rules, v.prose_nb, v.prose_en, v.fingerprint, v.person_fingerprint, v.applied_at, v.effective_at,
            a.id as application, a.before, a.written, a.plan, a.hash, a.told_at, w.at as withdrawn_at
       from statement.version v left join statement.application a using (version) left join statement.withdrawal w using (version)
      where ${versionMark('v.version', 'a.told_at', 'w.at')} <> all($1)`,
    [await keys.versions.marks()],
  );
  await keys.versions.note(rows);
}

/**
 * Applies again what was applied since restored rows were backed up, under its number and with its day (clauses `v.changes`,
 * `k.*`): a promise that was given stands, and what it had let go of goes again. To be called in the owner's transaction
 * before the statement in force is asked for, at every opening: rows that lack a version that was noted are older than the
 * keys, however they came back. What it means to roles, consents and rows is done as after any other application.
 */
export async function bringVersionsBack(
  client: ClientBase,
  noted: readonly NotedVersion[],
  now: Date,
): Promise<void> {
  const { rows } = await client.query<{ version: string }>('select version from statement.version');
  // A new installation has no history but its own.
  if (rows.length === 0) return;
  const here = new Set(rows.map(({ version }) => version));
  const lost = noted.filter(({ version }) => !here.has(version));
  for (const one of lost) await applyAgain(client, one, now);
  for (const one of noted) await bringOn(client, one);
}

async function applyAgain(client: ClientBase, one: NotedVersion, now: Date): Promise<void> {
  const { version, application, before, written, plan, hash } = one;
  await writeVersion(client, {
    version,
    texts: { yaml: one.rules, nb: one.prose_nb, en: one.prose_en },
    fingerprint: one.fingerprint,
    personFingerprint: one.person_fingerprint,
    appliedAt: one.applied_at,
    effectiveAt: one.effective_at,
  });
  if (application === null) return;
  // The entry that told of it went with the rows.
  await writeApplication(
    client,
    { version, id: application, before: before!, written: written!, plan: plan!, hash: hash! },
    { actor: SYSTEM, at: now },
  );
}

/** Brings a version as far as it had come: taken back, or told of to everybody whom the rows have from that time. */
async function bringOn(client: ClientBase, one: NotedVersion): Promise<void> {
  if (one.withdrawn_at !== null)
    await client.query(
      'insert into statement.withdrawal (version, at) values ($1, $2) on conflict do nothing',
      [one.version, one.withdrawn_at],
    );
  if (one.told_at === null) return;
  const { rowCount } = await client.query(
    'update statement.application set told_at = $2 where version = $1 and told_at is null',
    [one.version, one.told_at],
  );
  if (rowCount === 0) return;
  const { concerns } = JSON.parse(one.plan!) as Decision;
  if (concerns === null) return;
  // They were told, and are not told twice: the letters are lost with the rows, and the evidence is that all were done.
  await client.query(
    `insert into gate.notice (person, statement, at)
     select p.person, $2, $3 from vault.person p where p.recorded_at <= $3 and ${concernedSql(await readMap(client), concerns)}
     on conflict do nothing`,
    [purposesOf(concerns), one.version, one.told_at],
  );
}
