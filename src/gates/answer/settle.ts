import type { ClientBase } from 'pg';
import { ident, uuidArray } from '#platform/database.ts';
import { vaultColumns } from '../collect.ts';
import type { Engine } from '../engine.ts';

/**
 * After some purposes have ended: empties every vault field that no collection names any more, and drops the lookup
 * that would find it. Answers with the people of whom nothing is left to keep; they are the caller's to erase.
 *
 * A person for whom nothing is kept is erased rather than left as an empty row: an id with a key is still a person.
 */
export async function settle(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  people: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ person: string; held: boolean }>(
    `select p as person, c.person is not null as held from unnest($1::uuid[]) p
       left join lateral (select person from gate.collection where person = p limit 1) c on true`,
    [uuidArray(people)],
  );
  const of = (wanted: boolean) => rows.filter(({ held }) => held === wanted).map(({ person }) => person);
  await empty(engine, client, of(true));
  return of(false);
}

/** Empties what no collection names any more of people of whom something is kept. */
async function empty(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  const columns = [...vaultColumns(engine)];
  const named = (category: number) =>
    `exists (select from gate.collection c where c.person = v.person and $${category + 2} = any(c.items))`;
  const sets = columns.map(
    ([, { column }], at) => `${ident(column)} = case when ${named(at)} then ${ident(column)} end`,
  );
  const changed = columns.map(([, { column }], at) => `(${ident(column)} is not null and not ${named(at)})`);
  await client.query(
    `update vault.person v set ${sets.join(', ')} where v.person = any($1) and (${changed.join(' or ')})`,
    [people, ...columns.map(([category]) => category)],
  );
  await client.query(
    `delete from vault.lookup l where l.person = any($1)
        and not exists (select from gate.collection c where c.person = l.person and 'contact.' || l.kind = any(c.items))`,
    [people],
  );
}
