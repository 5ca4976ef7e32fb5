import type { ClientBase } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { type DataMap, personTables } from '#platform/map.ts';
import type { Concerned } from '#statement/concerns.ts';

/**
 * SQL that is true of a row `p` of vault.person whom a change concerns; `$1` is the list of purposes. A purpose is active
 * for a person who has given something for it, or has rows in a table that the map gives to it. Whoever is being erased
 * is nobody.
 */
export function concernedSql(map: DataMap, concerns: Concerned): string {
  const here = 'not exists (select from gate.erasure e where e.person = p.person)';
  if (concerns === 'everyone') return `${here} and $1::text[] is not null`;
  const tables = personTables(map).filter(
    ({ purpose, end }) => end !== 'stays' && purpose !== undefined && concerns.includes(purpose),
  );
  const active = [
    'exists (select from gate.collection c where c.person = p.person and c.purpose = any($1))',
    ...tables.map(
      ({ name, subject }) =>
        `exists (select from ${tableIdent(name)} t where t.${ident(subject)} = p.person)`,
    ),
  ];
  return `${here} and (${active.join(' or ')})`;
}

/** The purposes as the SQL takes them. */
export function purposesOf(concerns: Concerned): readonly string[] {
  return concerns === 'everyone' ? [] : concerns;
}

/** How many people a change concerns, and how many of them can be written to. */
export async function countConcerned(
  client: ClientBase,
  map: DataMap,
  concerns: Concerned,
): Promise<{ people: number; mailed: number }> {
  const { rows } = await client.query<{ people: number; mailed: number }>(
    `select count(*)::int as people, count(p.email)::int as mailed from vault.person p where ${concernedSql(map, concerns)}`,
    [purposesOf(concerns)],
  );
  return rows[0]!;
}
