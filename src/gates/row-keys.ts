import type { ClientBase } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import { bytes } from './collect-batch.ts';
import type { Engine } from './engine.ts';
import { foldedFor } from './fields.ts';

/** A sealed column of a module's table whose rows are found by a keyed hash beside it. */
export interface Findable {
  readonly table: string;
  readonly column: string;
  readonly hash: string;
  /** Whose hash it is; a name is folded as names are. */
  readonly kind: 'company' | 'company-name';
}

/** Rows opened at a time. */
const BATCH = 1000;

/** What a value is hashed as, so that it is found however it is written. */
export function hashOf({ secrets }: Pick<Engine, 'secrets'>, kind: Findable['kind'], value: string): string {
  return bytes(secrets.hash(kind, kind === 'company-name' ? foldedFor('name', value) : value));
}

/**
 * Lets rows be found that were recorded before they could be, in one transaction of the owner's. A row whose person has
 * no key any more is left: it is on its way out. Answers with how many hashes were made.
 */
export async function rowKeys(
  engine: Engine,
  owner: ClientBase,
  findable: readonly Findable[],
): Promise<number> {
  let made = 0;
  for (const one of findable) made += await keysOf(engine, owner, one);
  return made;
}

async function keysOf(engine: Engine, owner: ClientBase, found: Findable): Promise<number> {
  const { table, column, hash, kind } = found;
  let made = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await owner.query<{ person: string; id: string; value: Buffer }>(
      `select person, id, ${ident(column)} as value from ${tableIdent(table)}
        where id > $1 and ${ident(hash)} is null and ${ident(column)} is not null order by id limit ${BATCH} for update`,
      [after],
    );
    if (rows.length === 0) return made;
    const keys = await engine.keys.of([...new Set(rows.map(({ person }) => person))]);
    const hashed = rows.flatMap(({ person, id, value }) => {
      const text = keys.get(person)?.open(value, `${table}.${column}#${id}`);
      return text === undefined ? [] : [{ person, id, hash: hashOf(engine, kind, text) }];
    });
    await owner.query(
      `update ${tableIdent(table)} t set ${ident(hash)} = h.hash
         from json_to_recordset($1::json) as h(person uuid, id uuid, hash bytea) where t.person = h.person and t.id = h.id`,
      [JSON.stringify(hashed)],
    );
    made += hashed.length;
    after = rows.at(-1)!.id;
  }
}
