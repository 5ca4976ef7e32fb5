import { ident, tableIdent } from '#platform/database.ts';
import type { ClientWish } from '#platform/wishes.ts';
import { type ClientTable, clientTables } from '../client.ts';
import { type HandOver, type RowEnd, type RowSet, said } from '../client-wishes.ts';
import type { Engine } from '../engine.ts';

export type At<T> = T & { readonly at: Date };

/** Whom the rows have for a client's owner, and to whom it was handed last. */
interface OtherOwner extends At<HandOver> {
  /** The rows have the new owner as a user, and their key can be had, so that all of it can be handed over. */
  readonly gives: boolean;
  /** Nothing that was noted says what the owner before became: their use of the client ends. */
  readonly letsGo: boolean;
}

/** What the rows of one client contradict, each kind in the order that it came about. */
export interface Due {
  readonly sets: At<RowSet>[];
  readonly ends: At<RowEnd>[];
  owners?: OtherOwner;
}

/** What restored rows contradict of what was noted of their clients; those whose rows are as noted are not there. */
export async function contradicted(engine: Engine, wishes: readonly ClientWish[]): Promise<Map<string, Due>> {
  const due = new Map<string, Due>();
  const of = (client: string) => {
    const found = due.get(client) ?? { sets: [], ends: [] };
    due.set(client, found);
    return found;
  };
  const theirs = [...Map.groupBy(wishes, ({ client }) => client)];
  const sets = theirs.flatMap(([client, some]) => lastSets(some).map((set) => ({ ...set, client })));
  for (const set of await otherwise(engine, sets)) of(set.client).sets.push(set);
  const ends = theirs.flatMap(([client, some]) =>
    said<RowEnd>(some, 'end-row').map((end) => ({ ...end, client })),
  );
  for (const end of await present(engine, ends)) of(end.client).ends.push(end);
  for (const [client, some] of theirs) {
    const owners = await otherOwner(engine, client, some);
    if (owners !== undefined) of(client).owners = owners;
  }
  return due;
}

/** The last value of each column of each row, in the order that they were set. */
function lastSets(wishes: readonly ClientWish[]): At<RowSet>[] {
  const last = new Map<string, At<RowSet>>();
  const inOrder = said<RowSet>(wishes, 'set-row').sort((a, b) => +a.at - +b.at || a.turn - b.turn);
  for (const set of inOrder) {
    const place = `${set.table} ${set.id} ${set.column}`;
    last.delete(place);
    last.set(place, set);
  }
  return [...last.values()];
}

/** A value of a row's own type, out of JSON; both are SQL. */
export const typed = (table: string, column: string, value: string) =>
  `(jsonb_populate_record(null::${tableIdent(table)}, jsonb_build_object('${column}', ${value}))).${ident(column)}`;

type OfClient<T> = At<T> & { readonly client: string };

/** Those whose row is there and has another value. */
async function otherwise(engine: Engine, sets: readonly OfClient<RowSet>[]): Promise<OfClient<RowSet>[]> {
  const found = new Set<OfClient<RowSet>>();
  for (const some of Map.groupBy(sets, ({ table, column }) => `${table} ${column}`).values()) {
    const { table: name, column } = some[0]!;
    const table = tableOf(engine, name, column);
    if (table === undefined) continue;
    const { rows } = await engine.pools.of('answer').query<{ n: number }>(
      `select w.n from jsonb_to_recordset($1) as w(n int, client uuid, id uuid, value jsonb)
         join ${tableIdent(name)} t on t.${ident(table.client)} = w.client and t.id = w.id
        where t.${ident(column)} is distinct from ${typed(name, column, 'w.value')}`,
      [JSON.stringify(some.map(({ client, id, value }, n) => ({ n, client, id, value })))],
    );
    for (const { n } of rows) found.add(some[n]!);
  }
  return sets.filter((set) => found.has(set));
}

/** Those whose row is there. */
async function present<T extends { client: string; table: string; id: string }>(
  engine: Engine,
  rows: readonly T[],
): Promise<T[]> {
  const found = new Set<string>();
  for (const [name, some] of Map.groupBy(rows, ({ table }) => table)) {
    const table = tableOf(engine, name);
    if (table === undefined) continue;
    const { rows: there } = await engine.pools.of('answer').query<{ place: string }>(
      `select t.${ident(table.client)} || ' ' || t.id as place
         from unnest($1::uuid[], $2::uuid[]) as w(client, id)
         join ${tableIdent(name)} t on t.${ident(table.client)} = w.client and t.id = w.id`,
      [some.map(({ client }) => client), some.map(({ id }) => id)],
    );
    for (const { place } of there) found.add(`${name} ${place}`);
  }
  return rows.filter(({ table, client, id }) => found.has(`${table} ${client} ${id}`));
}

/** A table of clients' that what was noted is still about: the database may have another shape by now. */
export function tableOf(engine: Engine, name: string, column = 'id'): ClientTable | undefined {
  return clientTables(engine.map).find(
    (table) => table.name === name && table.columns.some((one) => one.name === column),
  );
}

/** Where the rows name another owner than the last that the client was handed to; undefined where nothing is to be done. */
async function otherOwner(
  engine: Engine,
  client: string,
  wishes: readonly ClientWish[],
): Promise<OtherOwner | undefined> {
  const handed = said<HandOver>(wishes, 'hand-over');
  const last = handed.at(-1);
  if (last === undefined) return undefined;
  const { to, at } = last;
  const from = (await holders(engine, client)).find((owner) => owner !== to);
  if (from === undefined) return undefined;
  const moments = new Set(handed.map((one) => +one.at));
  /** Rows of somebody that were set as the ownership changed hands, as far as they are there. */
  const standing = async (person: string, then: (moment: number) => boolean) => {
    const theirs = wishes.filter((wish) => wish.person === person && then(+wish.at));
    return present(
      engine,
      said<RowSet>(theirs, 'set-row').map((set) => ({ ...set, client })),
    );
  };
  const { rowCount } = await engine.pools
    .of('answer')
    .query(
      'select from vault.person p where person = $1 and not exists (select from gate.erasure e where e.person = p.person)',
      [to],
    );
  const keys = await engine.keys.held([from, to]);
  const made = await standing(to, (moment) => moment === +at);
  const gives = rowCount === 1 && keys.has(from) && keys.has(to) && made.length > 0;
  const became = await standing(from, (moment) => moments.has(moment));
  const letsGo = became.length === 0 && (await usersOf(engine, client)).includes(from);
  return gives || letsGo ? { from, to, at, gives, letsGo } : undefined;
}

/** Whose the rows of a client's own are: one person, unless it is nobody's any more. */
export async function holders(engine: Engine, client: string): Promise<string[]> {
  const { rows } = await engine.pools.of('answer').query<{ owner: string }>(
    clientTables(engine.map)
      .filter(({ follows }) => follows === 'owner')
      .map(
        ({ name, subject, client: which }) =>
          `select ${ident(subject)} as owner from ${tableIdent(name)} where ${ident(which)} = $1`,
      )
      .join(' union '),
    [client],
  );
  return rows.map(({ owner }) => owner);
}

/** Columns that say since when somebody is no user of a client any more. */
export function membershipsOf(
  engine: Engine,
): { table: string; subject: string; column: string; open: string }[] {
  return clientTables(engine.map)
    .filter(({ users, end }) => users && end === 'delete')
    .flatMap(({ name, subject, client, clocks }) =>
      [...new Set(Object.values(clocks))]
        .filter((column) => column !== clocks.recorded)
        .map((column) => ({
          table: tableIdent(name),
          subject: ident(subject),
          column: ident(column),
          open: `${ident(client)} = $1 and ${ident(column)} is null`,
        })),
    );
}

/** Whose use of a client has not ended. */
export async function usersOf(engine: Engine, client: string): Promise<string[]> {
  const { rows } = await engine.pools.of('answer').query<{ person: string }>(
    membershipsOf(engine)
      .map(({ table, subject, open }) => `select ${subject} as person from ${table} where ${open}`)
      .join(' union '),
    [client],
  );
  return rows.map(({ person }) => person);
}
