import { roleName } from '#platform/database.ts';
import {
  due,
  ENGINE,
  HOLDS_ROWS,
  OURS,
  ownRoles,
  policies,
  purposeRoles,
  readable,
  readers,
} from '../access.ts';
import { type Check, type Context, type Finding, minus, outcome } from '../check.ts';
import { many } from '../counted.ts';

/** What the database lets each role do, against what the statement gives it (clauses `0.purpose`, `s.list`). */
export const accessChecks: readonly Check[] = [
  {
    clause: '0.purpose',
    title: 'Each purpose can read the columns that the statement gives it, and no other',
    titleNb: 'Hvert formål kan lese kolonnene som erklæringen gir det, og ingen andre',
    run: columnsOfPurposes,
  },
  {
    clause: '0.purpose',
    title: 'Roles that serve own nothing, inherit nothing and have no rights above the rest',
    titleNb: 'Rollene som betjener løsningen, eier ingenting, arver ingenting og har ingen særrettigheter',
    run: plainRoles,
  },
  {
    clause: '0.purpose',
    title: 'Every table of persons shows a purpose only the persons it may use',
    titleNb: 'Hver tabell med personer viser et formål bare de personene det kan bruke',
    run: rowPolicies,
  },
  {
    clause: 's.list',
    title: 'Nobody has access to the database but the roles of this installation and its owner',
    titleNb: 'Ingen andre enn installasjonens egne roller og eieren har tilgang til databasen',
    run: strangers,
  },
];

async function columnsOfPurposes(context: Context) {
  const { main, map, applied } = context;
  const roles = purposeRoles(context);
  const rights = await readable(context);
  const findings: Finding[] = [];
  let given = 0;
  for (const [role, id] of roles) {
    const purpose = applied.statement.purposes[id]!;
    const want = new Set(
      map.tables.flatMap((table) => due(table, id, purpose).map((column) => `${table.name}.${column}`)),
    );
    const have = rights.get(role) ?? new Set<string>();
    given += want.size;
    for (const column of minus(have, want)) findings.push({ what: `${id} can read ${column}`, count: 1 });
    for (const column of minus(want, have)) findings.push({ what: `${id} cannot read ${column}`, count: 1 });
  }
  const { rows } = await main.query<{ role: string; table: string }>(
    `select r.rolname as role, n.nspname || '.' || c.relname as table
       from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
      where r.rolname = any($1) and ${HOLDS_ROWS} and ${OURS}
        and (has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
             or has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE'))`,
    [[...roles.keys()]],
  );
  for (const { role, table } of rows)
    findings.push({ what: `${roles.get(role)} can write ${table}`, count: 1 });
  return outcome(findings, many(roles.size, 'purpose'), many(given, 'right'));
}

async function plainRoles(context: Context) {
  const { main } = context;
  const own = ownRoles(context);
  const { rows } = await main.query<{ what: string }>(
    `select r.rolname || ' has a right above the rest' as what from pg_roles r
      where r.rolname = any($1)
        and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication)
     union all
     select r.rolname || ' owns something' from pg_roles r
      where r.rolname = any($1)
        and exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o')
     union all
     select r.rolname || ' belongs to ' || g.rolname from pg_auth_members m
       join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = any($1)
     union all
     select r.rolname || ' is not there' from unnest($1::text[]) r(rolname)
      where not exists (select from pg_roles p where p.rolname = r.rolname)`,
    [own],
  );
  const purposes = [...purposeRoles(context).keys()];
  const { rows: lent } = await main.query<{ what: string }>(
    `select r.rolname || ' may run ' || n.nspname || '.' || p.proname || ' with its owner''s rights' as what
       from pg_roles r, pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where r.rolname = any($1) and p.prosecdef and p.prorettype <> 'trigger'::regtype and ${OURS} and n.nspname || '.' || p.proname <> 'gate.usable'
        and has_function_privilege(r.oid, p.oid, 'EXECUTE')`,
    [purposes],
  );
  const { rows: days } = await main.query<{ what: string }>(
    `select r.rolname || ' may run ' || n.nspname || '.' || p.proname || ' with its owner''s rights' as what
       from pg_roles r, pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where r.rolname = any($1) and (p.proname ~ '_(make|drop)_days$' or n.nspname = 'platform')
        and r.rolname <> $2 and not (r.rolname = $3 and p.proname ~ '_make_days$')
        and has_function_privilege(r.oid, p.oid, 'EXECUTE')`,
    [own, roleName(context.prefix, 'keep'), roleName(context.prefix, 'collect')],
  );
  return outcome(
    [...rows, ...lent, ...days.filter(({ what }) => !lent.some((one) => one.what === what))].map(
      ({ what }) => ({ what, count: 1 }),
    ),
    many(own.length, 'role'),
  );
}

async function rowPolicies(context: Context) {
  const { main, prefix } = context;
  const engine = new Set<string>(ENGINE.map((role) => roleName(prefix, role)));
  const standing = await policies(context);
  const { rows } = await main.query<{ table: string }>(
    `select n.nspname || '.' || c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relrowsecurity and ${OURS}`,
  );
  const secured = new Set(rows.map(({ table }) => table));
  const findings: Finding[] = [];
  const expected = readers(context);
  for (const [table, purposes] of expected) {
    if (!secured.has(table.name))
      findings.push({ what: `${table.name} shows every row to every role that reads it`, count: 1 });
    const missing = new Set(purposes.map((id) => roleName(prefix, id)));
    for (const policy of standing.filter((one) => one.table === table.name)) {
      const [only] = policy.roles;
      const forEngine = policy.roles.every((role) => engine.has(role)) && policy.condition === 'true';
      const forPurpose =
        policy.command === 'SELECT' &&
        policy.roles.length === 1 &&
        missing.delete(only!) &&
        (policy.condition === 'true') === (table.readers === 'own');
      if (!policy.permissive || (!forEngine && !forPurpose))
        findings.push({
          what: `${table.name} has a row policy of unknown make for ${policy.roles.join(', ')}`,
          count: 1,
        });
    }
    for (const role of missing)
      findings.push({ what: `${table.name} has no row policy for ${role}`, count: 1 });
  }
  const known = new Set([...expected.keys()].map(({ name }) => name));
  for (const { table } of standing.filter((policy) => !known.has(policy.table)))
    findings.push({ what: `${table} has a row policy and no persons`, count: 1 });
  return outcome(findings, many(known.size, 'table'), many(standing.length, 'policy'));
}

/**
 * With an empty register of recipients, whoever else may come in is a recipient the statement keeps quiet about. A
 * superuser beyond the one that the server was made with counts: it reads everything.
 */
async function strangers(context: Context) {
  const { main } = context;
  const { rows } = await main.query<{ what: string }>(
    `with owner as (select datdba as oid from pg_database where datname = current_database()),
     others as (
       select r.* from pg_roles r
        where r.rolname <> all($1) and r.oid <> (select oid from owner) and r.oid <> 10
          and not r.rolname like 'pg\\_%'
     )
     select distinct 'anyone can read ' || n.nspname || '.' || c.relname as what
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute t on t.attrelid = c.oid and t.attacl is not null,
            aclexplode(c.relacl || t.attacl) a
      where a.grantee = 0 and ${HOLDS_ROWS} and ${OURS}
     union all
     select rolname || ' is a superuser' from others where rolsuper and rolcanlogin
     union all
     select rolname || ' may connect' from others
      where not rolsuper and rolcanlogin and has_database_privilege(oid, current_database(), 'CONNECT')
     union all
     select o.rolname || ' can read ' || n.nspname || '.' || c.relname from others o,
            pg_class c join pg_namespace n on n.oid = c.relnamespace
      where not o.rolsuper and ${HOLDS_ROWS} and ${OURS} and has_any_column_privilege(o.oid, c.oid, 'SELECT')
     union all
     select s.subname || ' sends rows to another server' from pg_subscription s
     union all
     select p.pubname || ' publishes rows for other servers' from pg_publication p
     union all
     select s.srvname || ' is a server that rows can be read from or sent to' from pg_foreign_server s`,
    [ownRoles(context)],
  );
  const named = Object.keys(context.applied.statement.recipients).length;
  return outcome(
    rows.map(({ what }) => ({ what, count: 1 })),
    many(named, 'recipient'),
    many(ownRoles(context).length, 'role'),
  );
}
