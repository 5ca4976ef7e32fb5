import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ident } from '#platform/database.ts';
import type { PersonKey } from '#platform/keys.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Actor } from '../actor.ts';
import { vaultColumns } from '../collect.ts';
import { bytes } from '../collect-batch.ts';
import type { Engine } from '../engine.ts';
import { FOUND_BY, foldedFor } from '../fields.ts';
import { ADDED_COLUMNS, entryRecord } from '../journal.ts';

/** What is kept on a person now: for which purposes, and the consent event that each rests on. */
export interface Standing {
  readonly purposes: readonly string[];
  readonly consents: Readonly<Record<string, string | undefined>>;
  /** Until when a hold stands, in milliseconds since 1970; Infinity without an end, null without a hold. */
  readonly heldUntil: number | null;
}

/** A collection that a new value makes: by which point, for what, and what came. */
export interface Origin {
  readonly point: string;
  readonly purpose: string;
  readonly source: string;
  readonly items: readonly string[];
  readonly consent: string | undefined;
}

/** A correction that may be written: values by category (null takes one away), what seals them, where each came from. */
export interface Correction {
  readonly person: string;
  readonly values: ReadonlyMap<string, string | null>;
  readonly key: PersonKey;
  readonly origins: readonly Origin[];
  readonly actor: Actor;
  readonly at: Date;
}

/**
 * Locks these people, asks `plan` what to write on each, and writes it with the journal in one transaction. `plan`
 * gets whoever is there and not being erased, and answers in its own order with a correction or with what refuses it;
 * the refusals are answered. Rejects when the database would not have it: then nothing is written.
 */
export async function writeCorrections(
  engine: Engine,
  people: readonly string[],
  plan: (standing: ReadonlyMap<string, Standing>) => (Correction | Error)[],
): Promise<(Error | undefined)[]> {
  const client = await engine.pools.of('answer').connect();
  try {
    return await inTransaction(client, async () => {
      const planned = plan(await standingOf(client, people));
      const good = planned.filter((one): one is Correction => !(one instanceof Error));
      if (good.length > 0) await write(engine, client, good);
      return planned.map((one) => (one instanceof Error ? one : undefined));
    });
  } finally {
    client.release();
  }
}

async function standingOf(client: PoolClient, people: readonly string[]): Promise<Map<string, Standing>> {
  const { rows: locked } = await client.query<{ person: string }>({
    name: 'correct.lock',
    text: `select person from vault.person p
            where person = any($1) and not exists (select from gate.erasure e where e.person = p.person)
            order by person for update`,
    values: [people],
  });
  // Read once the lock is had: what was withdrawn while we waited for it is gone.
  const { rows } = await client.query<Standing & { person: string }>({
    name: 'correct.standing',
    text: `select p as person,
                  array(select distinct c.purpose from gate.collection c where c.person = p) as purposes,
                  (select coalesce(json_object_agg(a.purpose, a.event), '{}') from consent.active a where a.person = p) as consents,
                  (select extract(epoch from max(coalesce(h.until, 'infinity')))::float8 * 1000
                     from gate.hold h where h.person = p and h.released_at is null) as "heldUntil"
             from unnest($1::uuid[]) p`,
    values: [locked.map(({ person }) => person)],
  });
  return new Map(rows.map(({ person, ...standing }) => [person, standing]));
}

/** Everything in one statement: values, look-ups, what is no longer kept, origins, journal. */
async function write(engine: Engine, client: PoolClient, good: readonly Correction[]): Promise<void> {
  const columns = vaultColumns(engine);
  const vault: Record<string, unknown>[] = [];
  const found: Record<string, unknown>[] = [];
  const lost: Record<string, unknown>[] = [];
  const collections: Record<string, unknown>[] = [];
  const entries: Record<string, unknown>[] = [];
  for (const { person, values, key, origins, actor, at } of good) {
    const row: Record<string, unknown> = { person, sets: [] };
    for (const [category, value] of values) {
      const { column, sealed } = columns.get(category)!;
      (row.sets as string[]).push(column);
      row[column] = value !== null && sealed ? bytes(key.seal(value, `vault.person.${column}`)) : value;
      const kind = FOUND_BY.find((each) => category === `contact.${each}`);
      if (kind !== undefined && value !== null)
        found.push({ person, kind, hash: bytes(engine.secrets.hash(kind, foldedFor(kind, value))) });
      if (value === null) lost.push({ person, kind, category });
    }
    vault.push(row);
    for (const origin of origins)
      collections.push({ person, id: randomUUID(), ...origin, statement: engine.statement.version, at });
    entries.push(
      entryRecord({
        gate: 'answer',
        act: 'correct',
        person,
        actor: actor.kind,
        actorId: actor.id,
        purpose: 'rights',
        statement: engine.statement.version,
        at,
      }),
    );
  }
  await client.query({
    name: 'correct.write',
    text: statementFor(columns),
    values: [vault, found, lost, collections, entries].map((rows) => JSON.stringify(rows)),
  });
}

function statementFor(columns: ReturnType<typeof vaultColumns>): string {
  const places = [...columns.values()];
  const sets = places.map(
    ({ column }) =>
      `${ident(column)} = case when '${column}' = any(u.sets) then u.${ident(column)} else v.${ident(column)} end`,
  );
  const typed = places.map(({ column, sealed }) => `${ident(column)} ${sealed ? 'vault.sealed' : 'text'}`);
  return `
with changed as (
  update vault.person v set ${sets.join(', ')}
    from json_to_recordset($1::json) as u(person uuid, sets text[], ${typed.join(', ')}) where v.person = u.person),
lost as (select person, array_agg(kind) as kinds, array_agg(category) as categories
           from json_to_recordset($3::json) as l(person uuid, kind text, category text) group by person),
unfound as (delete from vault.lookup l using lost where l.person = lost.person and l.kind = any(lost.kinds)),
found as (
  insert into vault.lookup (person, kind, hash)
  select person, kind, hash from json_populate_recordset(null::vault.lookup, $2::json)
  on conflict (person, kind) do update set hash = excluded.hash),
unnamed as (
  update gate.collection c
     set items = array(select i from unnest(c.items) with ordinality as t(i, n) where i <> all(lost.categories) order by n)
    from lost where c.person = lost.person and c.items && lost.categories),
named as (insert into gate.collection select * from json_populate_recordset(null::gate.collection, $4::json))
insert into journal.entry (${ADDED_COLUMNS}) select ${ADDED_COLUMNS} from json_populate_recordset(null::journal.entry, $5::json)`;
}
