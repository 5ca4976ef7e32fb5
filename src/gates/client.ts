import type { PoolClient } from 'pg';
import { ident, tableIdent } from '#platform/database.ts';
import type { SealKey } from '#platform/keys.ts';
import { type DataMap, personTables, type Table } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { type Actor, demandClient } from './actor.ts';
import { type ClientNote, endOfRow, handedOver, noteOf, rowSet } from './client-wishes.ts';
import type { Engine } from './engine.ts';
import { isHeld } from './held.ts';
import { append } from './journal.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import { readable } from './roles.ts';
import type { PurposeHandle, Sealed } from './use.ts';

/** Who acts on a client's rows, for which client, what they call it, and when. */
export interface ClientAct {
  readonly client: string;
  readonly actor: Actor;
  /** What the journal calls it, such as `user.level`. */
  readonly act: string;
  readonly at: Date;
}

/** One row of a client, by its number. */
export interface ClientRow {
  readonly table: string;
  readonly id: string;
}

/** New values of one row; a column that is sealed takes text, and null takes a value away. */
export interface RowChange extends ClientRow {
  readonly set: Readonly<Record<string, unknown>>;
}

export type ClientTable = Table & { readonly subject: string; readonly client: string };

/** Somebody whose row was touched, and what must stay so of it when rows are put back from a backup. */
interface Touched {
  readonly person: string;
  readonly notes?: readonly ClientNote[];
}

/** Columns by table whose last values outlast a restored backup; see `Module.lasting`. */
export type Lasting = Readonly<Record<string, readonly string[]>>;

/**
 * What users of a client do with the rows of that client, whoever's they are (clause `u.customer`). Each act demands an
 * actor who acts for the client, reaches rows of that client alone, and is in the journal of everybody whose row it was.
 */
export interface ClientActs {
  /** Changes rows in one commit; refuses with `missing` when one of them is not there. */
  change(act: ClientAct, changes: readonly RowChange[], missing: RefusalCode): Promise<void>;
  /** Takes one row away; refuses with `missing` when it is not there, and when its person is held. */
  remove(act: ClientAct, row: ClientRow, missing: RefusalCode): Promise<void>;
  /**
   * Starts clocks that are open, such as `agreement-ended`, in every table of the client that keeps them, or for one of its
   * people alone; in one commit.
   */
  stop(act: ClientAct, clocks: readonly string[], person?: string): Promise<void>;
  /**
   * Makes what follows the owner another person's: each row, sealed anew under their key, with `changes` in the same
   * commit. Refuses with `missing` when it is not the first's to give, or one of the changes is not there.
   */
  handOver(
    act: ClientAct,
    owners: { from: string; to: string },
    changes: readonly RowChange[],
    missing: RefusalCode,
  ): Promise<void>;
  /** Everything kept for the client that the purpose `agreement` sees, table by table, what is sealed opened; a look at each. */
  export(act: ClientAct): Promise<ClientExport>;
}

/** What a client takes along: rows by table, and who the people are whose numbers stand in them. */
export interface ClientExport {
  readonly client: string;
  readonly at: string;
  readonly statement: string;
  readonly people: { readonly person: string; readonly name: string | null; readonly email: string | null }[];
  readonly tables: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

export function clientActs(
  engine: Engine,
  use: (purpose: string, actor: Actor) => PurposeHandle,
  lasting: Lasting,
): ClientActs {
  for (const [name, columns] of Object.entries(lasting)) demandPlain(engine.map, name, columns);
  return {
    export: (act) => exportClient(engine, use('agreement', act.actor).of(act.client), act),
    change: (act, changes, missing) =>
      acting(engine, act, (client) => changeRows(engine, client, act, changes, lasting, missing)),
    remove: (act, row, missing) =>
      acting(engine, act, async (client) => {
        const table = tableOf(engine.map, row.table);
        const { rows } = await client.query<{ person: string }>(
          `delete from ${tableIdent(table.name)} where ${ident(table.client)} = $1 and id = $2 returning ${ident(table.subject)} as person`,
          [act.client, row.id],
        );
        const [gone] = rows;
        if (gone === undefined) throw new Refusal(missing);
        if (await isHeld(client, gone.person, act.at)) throw new Refusal('answer.held');
        return [{ ...gone, notes: [endOfRow({ ...row, by: act.act })] }];
      }),
    stop: (act, clocks, person) =>
      acting(engine, act, (client) => stopClocks(engine, client, act, clocks, person)),
    handOver: (act, owners, changes, missing) =>
      acting(engine, act, async (client) => {
        if (await isHeld(client, owners.from, act.at)) throw new Refusal('answer.held');
        await handOver(engine, client, act.client, owners, missing);
        const changed = await changeRows(engine, client, act, changes, lasting, missing);
        const { from, to } = owners;
        const owned = clientTables(engine.map).filter(({ follows }) => follows === 'owner');
        await engine.keys.wishes.handOver(
          act.client,
          owners,
          owned.map(({ name }) => name),
        );
        return [...[from, to].map((person) => ({ person, notes: [handedOver({ from, to })] })), ...changed];
      }),
  };
}

/**
 * Runs `work` on a client's rows in one transaction, and journals the act on everybody it answers with. What must stay so
 * is noted beside the keys when all of it is done and nothing is committed, so that what is refused leaves no note.
 */
export async function acting(
  engine: Engine,
  { client: which, actor, act, at }: ClientAct,
  work: (client: PoolClient) => Promise<readonly Touched[]>,
): Promise<void> {
  demandClient(actor, which);
  const client = await engine.pools.of('answer').connect();
  try {
    await inTransaction(client, async () => {
      const touched = await work(client);
      const people = [...new Set(touched.map(({ person }) => person))];
      await engine.keys.wishes.note(
        touched.flatMap(({ person, notes = [] }) =>
          notes.map((note) => noteOf(note, { person, client: which, at })),
        ),
      );
      await append(
        client,
        people.map((person) => ({
          gate: 'answer' as const,
          act,
          person,
          actor: actor.kind,
          actorId: actor.id,
          purpose: 'agreement',
          reason: actor.reason,
          statement: engine.statement.version,
          at,
        })),
      );
    });
  } finally {
    client.release();
  }
}

async function exportClient(
  { map, statement }: Engine,
  handle: PurposeHandle,
  { client, act, at }: ClientAct,
): Promise<ClientExport> {
  const tables: Record<string, Record<string, unknown>[]> = {};
  const people = new Set<string>();
  for (const table of clientTables(map)) {
    const columns = readable(table, 'agreement', statement.purposes.agreement!);
    if (columns.length === 0 || table.columns.length > columns.length) continue;
    const rows = await handle.rows<Sealed & Record<string, unknown>>(
      `select ${columns.map(({ name }) => ident(name)).join(', ')} from ${tableIdent(table.name)} where ${ident(table.client)} = $1`,
      [client],
    );
    const sealed = columns.filter(({ type }) => type === 'vault.sealed').map(({ name }) => name);
    tables[table.name] = sealed.length === 0 ? rows : await handle.opened(table.name, rows, sealed, act, at);
    for (const row of rows) people.add(String(row[table.subject]));
  }
  const seen = await handle.people([...people], ['name', 'email'], act, at);
  return {
    client,
    at: at.toISOString(),
    statement: statement.version,
    people: [...seen].map(([person, { name, email }]) => ({
      person,
      name: name ?? null,
      email: email ?? null,
    })),
    tables,
  };
}

/** What is noted beside the keys is plain: a sealed column, or one of no client's, is a mistake of the module's. */
function demandPlain(map: DataMap, name: string, columns: readonly string[]): void {
  const table = clientTables(map).find((one) => one.name === name);
  const plain = (column: string) =>
    table?.columns.some((one) => one.name === column && one.type !== 'vault.sealed') ?? false;
  const odd = columns.find((column) => !plain(column));
  if (odd !== undefined) throw new TypeError(`${name}.${odd} is no plain column of a client's table`);
}

export function clientTables(map: DataMap): ClientTable[] {
  return personTables(map).filter((table): table is ClientTable => table.client !== undefined);
}

function tableOf(map: DataMap, name: string): ClientTable {
  const table = clientTables(map).find((one) => one.name === name);
  if (table === undefined || table.end !== 'delete') throw new Refusal('answer.unknown-item', [name]);
  return table;
}

async function changeRows(
  engine: Engine,
  client: PoolClient,
  { client: which, act }: ClientAct,
  changes: readonly RowChange[],
  lasting: Lasting,
  missing: RefusalCode,
): Promise<Touched[]> {
  const touched: Touched[] = [];
  for (const [turn, one] of changes.entries()) {
    const { table, id, set } = one;
    const person = await changeRow(engine, client, which, one, missing);
    const lasts = Object.keys(set).filter((column) => lasting[table]?.includes(column));
    const notes = lasts.map((column) => rowSet({ table, id, column, value: set[column], by: act, turn }));
    touched.push({ person, notes });
  }
  return touched;
}

async function changeRow(
  engine: Engine,
  client: PoolClient,
  which: string,
  { table: name, id, set }: RowChange,
  missing: RefusalCode,
): Promise<string> {
  const table = tableOf(engine.map, name);
  const { rows } = await client.query<{ person: string }>(
    `select ${ident(table.subject)} as person from ${tableIdent(name)} where ${ident(table.client)} = $1 and id = $2 for update`,
    [which, id],
  );
  const person = rows[0]?.person;
  const key = person === undefined ? undefined : (await engine.keys.of([person])).get(person);
  if (person === undefined || key === undefined) throw new Refusal(missing);
  const values = Object.entries(set).map(([column, value]) => {
    const found = table.columns.find((one) => one.name === column);
    if (found === undefined || column === table.subject || column === table.client)
      throw new Refusal('collect.undeclared-field', [column]);
    return found.type === 'vault.sealed' && value !== null
      ? key.seal(String(value), `${name}.${column}#${id}`)
      : value;
  });
  const sets = Object.keys(set).map((column, at) => `${ident(column)} = $${at + 3}`);
  await client.query(
    `update ${tableIdent(name)} set ${sets.join(', ')} where ${ident(table.client)} = $1 and id = $2`,
    [which, id, ...values],
  );
  return person;
}

async function stopClocks(
  engine: Engine,
  client: PoolClient,
  { client: which, act, at }: ClientAct,
  clocks: readonly string[],
  person: string | undefined,
): Promise<Touched[]> {
  const touched: Touched[] = [];
  for (const table of clientTables(engine.map)) {
    const columns = new Set(clocks.flatMap((clock) => table.clocks[clock] ?? []));
    for (const column of columns) {
      const { rows } = await client.query<{ person: string; id: string }>(
        `update ${tableIdent(table.name)} set ${ident(column)} = $2
          where ${ident(table.client)} = $1 and ${ident(column)} is null and ($3::uuid is null or ${ident(table.subject)} = $3)
        returning ${ident(table.subject)} as person, id`,
        [which, at, person ?? null],
      );
      for (const row of rows) {
        const note = rowSet({ table: table.name, id: row.id, column, value: at, by: act, turn: 0 });
        touched.push({ person: row.person, notes: [note] });
      }
    }
  }
  return touched;
}

/** Gives every row of a client that follows its owner to another; refuses with `missing` where there is none to give. */
export async function handOver(
  engine: Engine,
  client: PoolClient,
  which: string,
  { from, to }: { from: string; to: string },
  missing: RefusalCode,
): Promise<void> {
  const keys = await engine.keys.of([from, to]);
  const [old, next] = [keys.get(from), keys.get(to)];
  if (old === undefined || next === undefined) throw new Refusal(missing);
  let moved = 0;
  for (const table of clientTables(engine.map).filter(({ follows }) => follows === 'owner'))
    moved += await moveRows(client, table, which, old, next);
  if (moved === 0) throw new Refusal(missing);
}

/** Gives one table's rows of a client to another person, each value sealed anew where it lies. */
async function moveRows(
  client: PoolClient,
  table: ClientTable,
  which: string,
  old: SealKey,
  next: SealKey,
): Promise<number> {
  const sealed = table.columns.filter(({ type }) => type === 'vault.sealed').map(({ name }) => name);
  const { rows } = await client.query<Record<string, unknown> & { id: string }>(
    `select ${['id', ...sealed].map(ident).join(', ')} from ${tableIdent(table.name)}
      where ${ident(table.client)} = $1 and ${ident(table.subject)} = $2 for update`,
    [which, old.owner],
  );
  for (const row of rows) {
    const values = sealed.map((column) => {
      const place = `${table.name}.${column}#${row.id}`;
      return row[column] === null ? null : next.seal(old.open(row[column] as Buffer, place), place);
    });
    const sets = [table.subject, ...sealed].map((column, at) => `${ident(column)} = $${at + 4}`);
    await client.query(
      `update ${tableIdent(table.name)} set ${sets.join(', ')}
        where ${ident(table.client)} = $1 and ${ident(table.subject)} = $2 and id = $3`,
      [which, old.owner, row.id, next.owner, ...values],
    );
  }
  return rows.length;
}
