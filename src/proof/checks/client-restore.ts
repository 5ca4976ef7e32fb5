import { ident, tableIdent } from '#platform/database.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';

/** That a backup put back gives no user of a client what was taken from them (clause `u.customer`). */
export const clientRestoreCheck: Check = {
  clause: 'u.customer',
  title: 'What users of a client may do is what was last noted apart, and what was ended there has ended',
  titleNb:
    'Det brukerne hos en kunde får gjøre, er det som sist ble notert et annet sted, og det som er avsluttet der, er slutt',
  run: lasting,
};

/** How long an act may take from its note to its commit, in milliseconds. */
const PATIENCE = 60_000;
/** Clients read at once. */
const PAGE = 5000;

interface Noted {
  readonly client: string;
  readonly table: string;
  readonly id: string;
  /** Null for a row that was taken away. */
  readonly column: string | null;
  readonly value: unknown;
}

async function lasting(context: Context) {
  const found = new Map<string, number>();
  let seen = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await context.keys.query<Noted & { isOver: boolean }>(
      `select *, at < $2 as "isOver" from (
         select distinct on (client, said ->> 'table', said ->> 'id', said ->> 'column')
                client, said ->> 'table' as table, said ->> 'id' as id, said ->> 'column' as column, said -> 'value' as value, at
           from (select client, at, what::json as said from keys.wish
                  where act in ('set-row', 'end-row')
                    and client in (select distinct client from keys.wish where client > $1 order by client limit ${PAGE})) w
          order by client, said ->> 'table', said ->> 'id', said ->> 'column', at desc, (said ->> 'turn')::int desc) last
        order by client`,
      [after, new Date(context.now.getTime() - PATIENCE)],
    );
    if (rows.length === 0) break;
    after = rows.at(-1)!.client;
    seen += rows.length;
    const over = rows.filter(({ isOver }) => isOver);
    for (const some of Map.groupBy(over, ({ table, column }) => `${table} ${column}`).values())
      for (const { what, count: more } of await otherwise(context, some))
        found.set(what, (found.get(what) ?? 0) + more);
  }
  return outcome(
    [...found].map(([what, times]) => ({ what, count: times })),
    many(seen, 'notedWish'),
  );
}

/** How many rows are there still, or have another value than they were last given. */
async function otherwise({ map, main }: Context, some: readonly Noted[]): Promise<Finding[]> {
  const { table: name, column } = some[0]!;
  const table = map.tables.find((one) => one.name === name);
  const isThere = (wanted: string) => table?.columns.some((one) => one.name === wanted);
  if (table?.client === undefined || !isThere(column ?? 'id')) return [];
  const differs =
    column === null
      ? 'true'
      : `t.${ident(column)} is distinct from
         (jsonb_populate_record(null::${tableIdent(name)}, jsonb_build_object('${column}', w.value))).${ident(column)}`;
  const rows = await count(
    main,
    `select count(*) from jsonb_to_recordset($1) as w(client uuid, id uuid, value jsonb)
       join ${tableIdent(name)} t on t.${ident(table.client)} = w.client and t.id = w.id
      where ${differs} and not exists (select from gate.erasure e where e.person = t.${ident(table.subject!)})`,
    [JSON.stringify(some)],
  );
  const what =
    column === null
      ? `${name} has a row that was taken away`
      : `${name}.${column} is not what was noted apart`;
  return [{ what, count: rows }];
}
