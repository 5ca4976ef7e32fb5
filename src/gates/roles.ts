import { createHash } from 'node:crypto';
import pg, { type ClientBase } from 'pg';
import { ident, roleName, tableIdent } from '#platform/database.ts';
import type { Column, DataMap, Table } from '#platform/map.ts';
import { personTables } from '#platform/map.ts';
import type { Purpose, PurposeId, Statement } from '#statement/grammar.ts';
import { settleFunctions, wordTables } from './day-rights.ts';

/**
 * The statement, compiled to PostgreSQL roles: one login role a purpose with the columns it may read, and one for each
 * thing the engine itself does. None owns a table, so row policies bind them all (clauses `0.purpose`, `0.security`).
 */

/** Roles of the engine, and what each is for. */
export const ENGINE_ROLES = [
  'collect',
  'find',
  'answer',
  'keep',
  'courier',
  'seal',
  'proof',
  'record',
] as const;

type PersonTable = Table & { readonly subject: string };

/** One right of one role. */
export interface Grant {
  readonly role: string;
  readonly table: string;
  readonly privilege: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  /** Undefined: the whole table. */
  readonly column?: string;
}

/**
 * Columns of a table that a purpose may read: its categories, and the technical ones that make them of use; none where
 * the table keeps its rows to its own purpose.
 */
export function readable(table: Table, id: PurposeId, purpose: Purpose): Column[] {
  if (table.readers === 'own' && table.purpose !== id) return [];
  const reads = new Set(purpose.reads);
  const said = (column: Column) => column.category ?? '';
  const takesPart = table.columns.some(
    (column) => said(column) !== 'record.person' && reads.has(said(column)),
  );
  if (!takesPart) return [];
  return table.columns.filter(
    (column) => said(column) === 'none' || said(column) === 'record.person' || reads.has(said(column)),
  );
}

/** Every grant that the statement and the map amount to; what is not here is revoked. */
export function wanted(map: DataMap, statement: Statement): Grant[] {
  const grants: Grant[] = [];
  const whole = (role: string, table: string, ...privileges: Grant['privilege'][]) =>
    grants.push(...privileges.map((privilege) => ({ role, table, privilege })));
  for (const table of map.tables) whole('proof', table.name, 'SELECT');
  for (const table of personTables(map)) {
    const journal = table.name.startsWith('journal.');
    whole('collect', table.name, 'INSERT');
    whole('answer', table.name, 'SELECT', 'INSERT');
    whole('keep', table.name, 'SELECT', 'INSERT');
    if (table.readers === 'own') {
      // What is archived leaves when its time is over and by nothing else; an erasure adds which receipt told of it.
      whole('keep', table.name, 'DELETE');
      if (table.columns.some(({ name }) => name === 'told'))
        grants.push({ role: 'answer', table: table.name, column: 'told', privilege: 'UPDATE' });
    } else if (!journal) {
      whole('answer', table.name, 'UPDATE', 'DELETE');
      whole('keep', table.name, 'UPDATE', 'DELETE');
    }
    for (const [id, purpose] of Object.entries(statement.purposes))
      for (const column of readable(table, id, purpose))
        grants.push({ role: id, table: table.name, column: column.name, privilege: 'SELECT' });
  }
  for (const table of map.tables.filter(({ subject }) => subject?.startsWith('hash:'))) {
    for (const role of ['answer', 'keep']) whole(role, table.name, 'SELECT', 'INSERT', 'DELETE');
    // What stays, such as an opt-out's mark, is the answer gate's to add; what leaves by itself comes in as a trace.
    if (table.end === 'delete') whole('collect', table.name, 'INSERT');
    for (const [id, purpose] of Object.entries(statement.purposes))
      for (const column of readable(table, id, purpose))
        grants.push({ role: id, table: table.name, column: column.name, privilege: 'SELECT' });
  }
  for (const table of ['gate.keep_round', 'gate.keep_result'])
    whole('keep', table, 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
  for (const { name } of map.tables.filter(
    (table) => table.rollsUp !== undefined || table.name === ROLLED_UP,
  ))
    whole('keep', name, 'SELECT', 'INSERT');
  for (const words of wordTables(map)) for (const role of ['answer', 'keep']) whole(role, words, 'SELECT');
  whole('keep', 'gate.feed', 'SELECT', 'INSERT', 'UPDATE');
  whole('find', 'vault.lookup', 'SELECT');
  whole('answer', 'archive.series', 'SELECT', 'UPDATE');
  whole('collect', 'consent.wording', 'INSERT');
  whole('answer', 'consent.wording', 'SELECT', 'INSERT');
  whole('keep', 'statement.application', 'SELECT', 'UPDATE');
  for (const table of ['statement.version', 'statement.withdrawal']) whole('keep', table, 'SELECT');
  whole('courier', 'mail.letter', 'SELECT', 'UPDATE');
  whole('seal', 'journal.entry', 'SELECT');
  whole('seal', 'journal.block', 'SELECT', 'INSERT');
  whole('answer', 'journal.block', 'SELECT');
  // What the proof found is written by a role that sees nothing else: the proof itself writes nowhere.
  for (const table of ['proof.run', 'proof.result']) whole('record', table, 'SELECT', 'INSERT', 'DELETE');
  for (const table of ['proof.alert', 'proof.page']) whole('record', table, 'SELECT', 'INSERT', 'UPDATE');
  whole('record', 'proof.turn', 'SELECT', 'UPDATE');
  whole('keep', 'journal.block', 'SELECT');
  return grants;
}

/** Which periods have been rolled up. */
const ROLLED_UP = 'gate.rolled_up';

const keyOf = ({ role, table, column, privilege }: Grant) => `${role} ${privilege} ${table} ${column ?? '*'}`;

/** Grants that stand now, on tables and columns, for the roles we made: those with our prefix and our mark. */
const STANDING = `
with ours as (
  select oid, rolname from pg_roles
   where left(rolname, length($1) + 1) = $1 || '_' and shobj_description(oid, 'pg_authid') like 'hjemmel %')
select o.rolname as role, n.nspname || '.' || c.relname as table, null as column, a.privilege_type as privilege
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a join ours o on o.oid = a.grantee
 where c.relkind in ('r', 'p', 'v', 'm', 'f')
union all
select o.rolname, n.nspname || '.' || c.relname, t.attname, a.privilege_type
  from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace,
       aclexplode(t.attacl) a join ours o on o.oid = a.grantee
 where t.attnum > 0 and not t.attisdropped`;

export interface CompileOptions {
  readonly prefix: string;
  readonly password: (roleName: string) => string;
}

/**
 * Makes the live database agree with the statement: roles, grants and row policies. Run by the owner at start, in the
 * caller's transaction. It changes only what differs, so that a second process starting finds nothing to do and locks
 * no table; two that start at once go one after the other.
 */
export async function compileRoles(
  client: ClientBase,
  map: DataMap,
  statement: Statement,
  options: CompileOptions,
): Promise<void> {
  await takeTurn(client);
  const roles = [...ENGINE_ROLES, ...Object.keys(statement.purposes)];
  await ensureRoles(client, roles, options);
  await openSchemas(client, map, roles, options.prefix);
  await settleGrants(client, wanted(map, statement), options.prefix);
  await settlePolicies(client, map, statement, options.prefix);
  await settleFunctions(client, map, options.prefix);
  await lendAgeing(client, options.prefix);
  await retireRoles(client, roles, options.prefix);
}

/** Lets keeping, and nobody else, take the journal's oldest blocks away. */
async function lendAgeing(client: ClientBase, prefix: string): Promise<void> {
  const keep = roleName(prefix, 'keep');
  const { rows } = await client.query<{ able: boolean }>(
    `select has_function_privilege($1, 'journal.age(timestamptz, interval, integer)', 'EXECUTE') as able`,
    [keep],
  );
  if (!rows[0]!.able) await client.query(`grant execute on function journal.age to ${ident(keep)}`);
}

/** Waits until no other process changes roles and grants here: PostgreSQL lets two that do fail (XX000), not wait. */
export async function takeTurn(client: ClientBase): Promise<void> {
  await client.query('select pg_advisory_xact_lock(7254004)');
}

/** What a retired role's comment says, in place of the fingerprint of its password. */
const RETIRED = 'hjemmel retired';

/**
 * Locks out the role of each purpose that the statement has no more: what it was granted is revoked by then, and it
 * stays as a name only, because rights in another database would stop it from being dropped. Known by its right to
 * connect here: a role of another installation, whose prefix may begin like ours, has none.
 */
async function retireRoles(client: ClientBase, roles: readonly string[], prefix: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select r.rolname as name
       from pg_database d, aclexplode(d.datacl) a join pg_roles r on r.oid = a.grantee
      where d.datname = current_database() and a.privilege_type = 'CONNECT'
        and left(r.rolname, length($1) + 1) = $1 || '_' and shobj_description(r.oid, 'pg_authid') like 'hjemmel %'
        and r.rolname <> all($2)`,
    [prefix, [...roles, 'keys'].map((role) => roleName(prefix, role))],
  );
  const database = ident(await currentDatabase(client));
  for (const { name } of rows) {
    const role = ident(name);
    await client.query(`alter role ${role} nologin password null`);
    await client.query(`comment on role ${role} is ${pg.escapeLiteral(RETIRED)}`);
    await client.query(`revoke connect on database ${database} from ${role}`);
    await client.query(`revoke execute on function gate.usable from ${role}`);
    const { rows: schemas } = await client.query<{ name: string }>(
      `select n.nspname as name from pg_namespace n, aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee where r.rolname = $1`,
      [name],
    );
    for (const schema of schemas)
      await client.query(`revoke all on schema ${ident(schema.name)} from ${role}`);
  }
}

/** Creates missing login roles. A fingerprint of the password in the role's comment says whether it must be set anew. */
export async function ensureRoles(
  client: ClientBase,
  roles: readonly string[],
  { prefix, password }: CompileOptions,
): Promise<void> {
  const { rows } = await client.query<{ rolname: string; said: string | null }>(
    `select rolname, shobj_description(oid, 'pg_authid') as said from pg_roles where rolname = any($1)`,
    [roles.map((role) => roleName(prefix, role))],
  );
  const there = new Map(rows.map((row) => [row.rolname, row.said]));
  const todo: string[] = [];
  for (const role of roles) {
    const name = roleName(prefix, role);
    const secret = password(name);
    const mark = `hjemmel ${createHash('sha256').update(secret).digest('hex').slice(0, 16)}`;
    if (there.get(name) === mark) continue;
    const verb = there.has(name) ? 'alter' : 'create';
    todo.push(
      `${verb} role ${ident(name)} login noinherit password ${pg.escapeLiteral(secret)}`,
      `comment on role ${ident(name)} is ${pg.escapeLiteral(mark)}`,
    );
  }
  await inOneGo(client, todo);
}

/** Sends statements together: an empty database needs a thousand, and each alone would wait for the one before it. */
async function inOneGo(client: ClientBase, statements: readonly string[]): Promise<void> {
  if (statements.length > 0) await client.query(statements.join(';\n'));
}

async function openSchemas(
  client: ClientBase,
  map: DataMap,
  roles: readonly string[],
  prefix: string,
): Promise<void> {
  const schemas = [...new Set(map.tables.map((table) => table.name.split('.')[0]!))];
  const { rows } = await client.query<{ schema: string; role: string }>(
    `select n.nspname as schema, r.rolname as role from pg_namespace n, aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee
      where a.privilege_type = 'USAGE'`,
  );
  const open = new Set(rows.map((row) => `${row.schema} ${row.role}`));
  for (const schema of schemas) {
    const closed = roles
      .map((role) => roleName(prefix, role))
      .filter((name) => !open.has(`${schema} ${name}`));
    if (closed.length > 0)
      await client.query(`grant usage on schema ${ident(schema)} to ${closed.map(ident).join(', ')}`);
  }
  const { rows: access } = await client.query<{ open: boolean }>(
    `select datacl is null or exists (select from aclexplode(datacl) a where a.grantee = 0) as open from pg_database where datname = current_database()`,
  );
  const { rows: connect } = await client.query<{ name: string }>(
    `select r as name from unnest($1::text[]) r where not has_database_privilege(r, current_database(), 'CONNECT')`,
    [roles.map((role) => roleName(prefix, role))],
  );
  const database = ident(await currentDatabase(client));
  if (access[0]?.open) await client.query(`revoke all on database ${database} from public`);
  const names = access[0]?.open
    ? roles.map((role) => roleName(prefix, role))
    : connect.map((row) => row.name);
  if (names.length > 0)
    await client.query(`grant connect on database ${database} to ${names.map(ident).join(', ')}`);
}

async function currentDatabase(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  return rows[0]!.name;
}

async function settleGrants(client: ClientBase, grants: readonly Grant[], prefix: string): Promise<void> {
  const want = new Map(
    grants.map((grant) => [keyOf({ ...grant, role: roleName(prefix, grant.role) }), grant]),
  );
  const { rows } = await client.query<{
    role: string;
    table: string;
    column: string | null;
    privilege: Grant['privilege'];
  }>(STANDING, [prefix]);
  const have = new Map(rows.map((row) => [keyOf({ ...row, column: row.column ?? undefined }), row]));
  const todo: string[] = [];
  for (const [key, row] of have)
    if (!want.has(key))
      todo.push(
        `revoke ${row.privilege}${row.column === null ? '' : ` (${ident(row.column)})`} on ${tableIdent(row.table)} from ${ident(row.role)}`,
      );
  const missing = Map.groupBy(
    [...want].filter(([key]) => !have.has(key)).map(([, grant]) => grant),
    (grant) => `${grant.role} ${grant.table}`,
  );
  for (const together of missing.values()) {
    const { role, table } = together[0]!;
    const list = together.map(({ privilege, column }) =>
      column === undefined ? privilege : `${privilege} (${ident(column)})`,
    );
    todo.push(`grant ${list.join(', ')} on ${tableIdent(table)} to ${ident(roleName(prefix, role))}`);
  }
  await inOneGo(client, todo);
}

/**
 * What a purpose that is used for one client at a time sees of a table: the rows of the client that it was asked for,
 * or, where rows are nobody's but a person's, those of that client's users.
 */
function ofClient(map: DataMap, table: PersonTable, id: PurposeId, purpose: Purpose): string[] {
  if (purpose.scope !== 'client') return [];
  if (table.client !== undefined) return [`${ident(table.client)} = gate.client()`];
  const own = `${tableIdent(table.name)}.${ident(table.subject)}`;
  const users = personTables(map).filter((one) => one.users === true && one.purpose === id);
  const among = users.map(
    ({ name, subject, client }) =>
      `exists (select from ${tableIdent(name)} u where u.${ident(subject)} = ${own} and u.${ident(client!)} = gate.client())`,
  );
  return [`(${among.join(' or ') || 'false'})`];
}

/**
 * Row policies: the engine sees every row, a purpose only the people it may use now. A policy's name carries a hash of
 * what it says, so that an unchanged one is left alone.
 */
async function settlePolicies(
  client: ClientBase,
  map: DataMap,
  statement: Statement,
  prefix: string,
): Promise<void> {
  const { rows: secured } = await client.query<{ table: string; on: boolean }>(
    `select n.nspname || '.' || c.relname as table, c.relrowsecurity as on from pg_class c join pg_namespace n on n.oid = c.relnamespace`,
  );
  const { rows: standing } = await client.query<{ table: string; name: string }>(
    `select schemaname || '.' || tablename as table, policyname as name from pg_policies`,
  );
  const isOn = new Set(secured.filter((row) => row.on).map((row) => row.table));
  const engine = ENGINE_ROLES.map((role) => ident(roleName(prefix, role))).join(', ');
  const todo: string[] = [];
  let asks = false;
  for (const table of personTables(map)) {
    const policies = new Map<string, string>();
    const add = (label: string, rest: string) =>
      policies.set(`${label} ${createHash('sha256').update(rest).digest('hex').slice(0, 12)}`, rest);
    add('engine', `for all to ${engine} using (true) with check (true)`);
    for (const [id, purpose] of Object.entries(statement.purposes)) {
      if (readable(table, id, purpose).length === 0) continue;
      // A duty to keep is a duty to be able to show: also of people who are erased or restricted.
      const conditions =
        table.readers === 'own'
          ? ['true']
          : [
              `gate.usable(${ident(table.subject)}, ${pg.escapeLiteral(id)}, ${purpose.basis === 'A6-1-a'}, ${purpose.duringRestriction === undefined})`,
              ...ofClient(map, table, id, purpose),
            ];
      add(id, `for select to ${ident(roleName(prefix, id))} using (${conditions.join(' and ')})`);
    }
    const on = tableIdent(table.name);
    if (!isOn.has(table.name)) todo.push(`alter table ${on} enable row level security`);
    const there = new Set(standing.filter((row) => row.table === table.name).map((row) => row.name));
    for (const name of there) if (!policies.has(name)) todo.push(`drop policy ${ident(name)} on ${on}`);
    for (const [name, rest] of policies)
      if (!there.has(name)) {
        asks = true;
        todo.push(`create policy ${ident(name)} on ${on} ${rest}`);
      }
  }
  if (asks) {
    const purposes = Object.keys(statement.purposes).map((id) => ident(roleName(prefix, id)));
    todo.push(`grant execute on function gate.usable to ${purposes.join(', ')}`);
  }
  await inOneGo(client, todo);
}
