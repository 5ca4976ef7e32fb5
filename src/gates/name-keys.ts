import type { ClientBase } from 'pg';
import { bytes } from './collect-batch.ts';
import type { Engine } from './engine.ts';
import { foldedFor } from './fields.ts';

/** People whose names are opened at a time. */
const BATCH = 1000;

/**
 * Lets people be found by their names who were recorded before that could be done. All or none in one transaction of the
 * owner's, so that a crash leaves it to be done, and one look at an index tells that it has been. Answers with how many.
 */
export async function nameKeys({ keys, secrets }: Engine, owner: ClientBase): Promise<number> {
  const { rows: found } = await owner.query<{ done: boolean }>(
    `select exists (select from vault.lookup where kind = 'name') as done`,
  );
  if (found[0]!.done) return 0;
  let made = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    // Held until the end, so that nobody who is erased meanwhile leaves a hash behind.
    const { rows } = await owner.query<{ person: string; name: Buffer }>(
      `select person, name from vault.person where person > $1 and name is not null
        order by person limit ${BATCH} for key share`,
      [after],
    );
    if (rows.length === 0) return made;
    const opened = await keys.of(rows.map(({ person }) => person));
    const lookups = rows.flatMap(({ person, name }) => {
      const value = opened.get(person)?.open(name, 'vault.person.name');
      if (value === undefined) return [];
      return [{ person, kind: 'name', hash: bytes(secrets.hash('name', foldedFor('name', value))) }];
    });
    await owner.query(
      `insert into vault.lookup (person, kind, hash)
       select person, kind, hash from json_populate_recordset(null::vault.lookup, $1::json) on conflict do nothing`,
      [JSON.stringify(lookups)],
    );
    made += lookups.length;
    after = rows.at(-1)!.person;
  }
}
