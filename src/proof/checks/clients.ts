import { roleName } from '#platform/database.ts';
import type { Table } from '#platform/map.ts';
import { policies, readers } from '../access.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';

/** Clients: kept apart from each other, each with its owner and what it agreed to (clauses `0.roles`, `0.security`, `u.customer`). */
export const clientChecks: readonly Check[] = [
  {
    clause: '0.roles',
    title: 'No client runs without having accepted an agreement and a data-processing agreement',
    titleNb: 'Ingen kunde er i gang uten å ha godtatt både avtalen og databehandleravtalen',
    run: accepted,
  },
  {
    clause: '0.security',
    title: 'What is used for one client at a time shows that client’s rows and no other’s',
    titleNb: 'Det som brukes for én kunde om gangen, viser bare radene til den kunden',
    run: keptApart,
  },
  {
    clause: 'u.customer',
    title: 'Every client that runs has one owner, and nobody uses one that does not run',
    titleNb: 'Hver kunde som er i gang, har én eier, og ingen bruker en som ikke er i gang',
    run: owned,
  },
  {
    clause: '0.security',
    title: 'A key for a client works only while whoever made it is one of its users',
    titleNb: 'En nøkkel til en kunde virker bare så lenge den som laget den, er bruker der',
    run: keyed,
  },
];

const RUNNING = 'from customers.client c where c.ended_at is null';

/** A version counts when it was applied here: of any other nobody can say what was accepted. */
async function accepted({ main }: Context) {
  const without = (document: string) =>
    count(
      main,
      `select count(*) ${RUNNING} and not exists (
         select from customers.acceptance a join statement.document d on d.document = a.document and d.version = a.version
          where a.client = c.client and a.document = $1)`,
      [document],
    );
  return outcome(
    [
      { what: 'customers.client without an accepted agreement', count: await without('agreement') },
      { what: 'customers.client without an accepted data-processing agreement', count: await without('dpa') },
    ],
    many(await count(main, `select count(*) ${RUNNING}`), 'client'),
  );
}

/**
 * Each row policy of such a purpose narrows it to the client that is asked for: by the table's own client, or, where rows
 * belong to a person alone, by the client's users. Who the users are is what the map says for that very purpose.
 */
async function keptApart(context: Context) {
  const { main, map, applied, prefix } = context;
  const standing = await policies(context);
  const findings: Finding[] = [];
  let looked = 0;
  for (const [table, purposes] of readers(context))
    for (const id of purposes) {
      if (applied.statement.purposes[id]?.scope !== 'client') continue;
      looked += 1;
      const role = roleName(prefix, id);
      const own = standing.filter((one) => one.table === table.name && one.roles.includes(role));
      const narrow = own.filter(({ condition }) => narrows(condition, table, usersOf(map.tables, id)));
      if (own.length === 0 || narrow.length < own.length)
        findings.push({ what: `${table.name} shows ${id} rows of every client`, count: 1 });
    }
  const asks = (await guards(context)).find(({ name }) => name === 'gate.client');
  if (asks === undefined || asks.wrong !== undefined)
    findings.push({ what: asks?.wrong ?? 'gate.client is not there', count: 1 });
  const unset = await main.query<{ none: boolean }>('select gate.client() is null as none');
  if (unset.rows[0]?.none !== true)
    findings.push({ what: 'gate.client answers where nobody asked', count: 1 });
  return outcome(findings, many(looked, 'policy'));
}

const usersOf = (tables: readonly Table[], purpose: string) =>
  tables.filter((table) => table.users === true && table.purpose === purpose);

function narrows(
  condition: string | null,
  table: Table & { subject: string },
  users: readonly Table[],
): boolean {
  const says = (condition ?? '').replaceAll('"', '').replace(/\s+/g, ' ');
  if (table.client !== undefined) return says.endsWith(` AND (${table.client} = gate.client()))`);
  const alone = table.name.split('.')[1];
  const among = users.map(
    ({ name, subject, client }) =>
      `EXISTS ( SELECT FROM ${name} u WHERE ((u.${subject} = ${alone}.${table.subject}) AND (u.${client} = gate.client())))`,
  );
  const [only] = among;
  if (only === undefined) return says.endsWith(' AND false)');
  return says.endsWith(
    among.length === 1 ? ` AND (${only}))` : ` AND (${among.map((one) => `(${one})`).join(' OR ')}))`,
  );
}

async function owned(context: Context) {
  const { main } = context;
  const broken = (await guards(context))
    .filter(({ name, schema }) => schema === 'customers' || name.startsWith('refuse_ownerless'))
    .flatMap(({ wrong }) => (wrong === undefined ? [] : [{ what: wrong, count: 1 }]));
  const open = 'm.client = c.client and m.ended_at is null';
  return outcome(
    [
      ...broken,
      {
        what: 'customers.client without an owner',
        count: await count(
          main,
          `select count(*) ${RUNNING} and not exists (
             select from customers.member m where ${open} and m.level = 'owner' and m.person = c.person)`,
        ),
      },
      {
        what: 'customers.client with several owners',
        count: await count(
          main,
          `select count(*) ${RUNNING} and (select count(*) from customers.member m where ${open} and m.level = 'owner') > 1`,
        ),
      },
      {
        what: 'customers.member of a client that does not run',
        count: await count(
          main,
          `select count(*) from customers.member m where m.ended_at is null
              and not exists (select ${RUNNING} and c.client = m.client)`,
        ),
      },
    ],
    many(await count(main, `select count(*) ${RUNNING}`), 'client'),
    many(await count(main, 'select count(*) from customers.member m where m.ended_at is null'), 'user'),
  );
}

/** A key that stands and is for a client, and whether its maker uses that client now. */
async function keyed(context: Context) {
  const { main, now } = context;
  const standing = `from integrations.token t where t.client is not null and t.expires_at > $1
    and not exists (select from integrations.token_end e where e.person = t.person and e.token = t.id)`;
  const stray = `not exists (
    select from customers.member m where m.person = t.person and m.client = t.client and m.ended_at is null)`;
  const other = (table: string) =>
    `select count(*) from ${table} o join integrations.token t on t.person = o.person and t.id = o.token
      where o.client is distinct from t.client`;
  const broken = (await guards(context))
    .filter(({ name, schema }) => schema === 'integrations' || name.startsWith('end_keys'))
    .flatMap(({ wrong }) => (wrong === undefined ? [] : [{ what: wrong, count: 1 }]));
  return outcome(
    [
      ...broken,
      {
        what: 'integrations.token for a client that its maker does not use',
        count: await count(main, `select count(*) ${standing} and ${stray}`, [now]),
      },
      ...(await Promise.all(
        ['integrations.token_end', 'integrations.token_use'].map(async (table) => ({
          what: `${table} of another client than its key`,
          count: await count(main, other(table)),
        })),
      )),
    ],
    many(await count(main, `select count(*) ${standing}`, [now]), 'clientKey'),
  );
}
