import { ident, roleName, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { policies, readable } from '../access.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { difference } from '../sets.ts';
import { reading } from '../stretch.ts';

/** That a person can be shown everything, and that an erased one is nowhere (clauses `r.access`, `r.rectify-erase`). */
export const rightsChecks: readonly Check[] = [
  {
    clause: 'r.rectify-erase',
    title: 'An erased person is in no table and has no key',
    titleNb: 'En slettet person finnes ikke i noen tabell og har ingen nøkkel',
    run: nowhere,
  },
  {
    clause: 'r.rectify-erase',
    title: 'Every person has a key, and every key a person',
    titleNb: 'Hver person har en nøkkel, og hver nøkkel en person',
    run: keysAndPeople,
  },
  {
    clause: 'r.rectify-erase',
    title: 'Each erasure was finished at once, with a receipt that the journal knows',
    titleNb: 'Hver sletting ble fullført med én gang, med en kvittering som journalen kjenner',
    run: finished,
  },
  {
    clause: 'r.access',
    title: 'No table refers to a person without saying so',
    titleNb: 'Ingen tabell viser til en person uten å si det',
    run: everyReferenceDeclared,
  },
  {
    clause: 'r.access',
    title: 'What is shown to a person is read from every table of persons, whole',
    titleNb: 'Det en person får se, er lest fra alle tabeller med personer, i sin helhet',
    run: answerSeesAll,
  },
];

/** Who was erased, looked for in every table of persons that does not outlast an erasure. */
async function nowhere(context: Context) {
  const { main, keys, map } = context;
  const tables = personTables(map).filter(({ end }) => end !== 'stays');
  const findings: Finding[] = [];
  let compared = 0;
  for (const table of tables) {
    const { name, subject } = table;
    const gone = `select count(*) from gate.erasure e join ${tableIdent(name)} t on t.${ident(subject)} = e.person where e.done_at is not null`;
    findings.push({ what: `${name} holds an erased person`, count: await count(main, gone) });
    if (name === 'vault.person') continue;
    const { n, unknown } = await strangersIn(context, table);
    compared += n;
    findings.push({ what: `${name} holds a person whom the vault does not know`, count: unknown });
  }
  for (const { name, columns } of personTables(map).filter(({ end }) => end === 'stays'))
    for (const { name: column, category } of columns)
      if (category?.startsWith('contact.'))
        findings.push({ what: `${name}.${column} outlasts an erasure`, count: 1 });
  const erased = await count(main, 'select count(*) from gate.erasure where done_at is not null');
  findings.push({
    what: 'an erased person still has a key',
    count: await keysOfErased(main, keys),
  });
  return outcome(
    findings,
    many(erased, 'erasure'),
    many(tables.length, 'table'),
    many(compared, 'idCompared'),
  );
}

/** People in what one proof reads of a table, whom neither vault nor erasures know. */
async function strangersIn(context: Context, { name, subject }: { name: string; subject: string }) {
  const { all } = await reading(context, name);
  const { rows } = await context.main.query<{ n: number; unknown: number }>(
    `with there as materialized (select array_agg(distinct t.${ident(subject)}) as people from ${all})
     select coalesce(cardinality(people), 0) as n,
            coalesce(cardinality(people), 0)
            - (select count(*) from vault.person p where p.person = any(people))
            - (select count(*) from gate.erasure e where e.person = any(people)
                  and not exists (select from vault.person p where p.person = e.person)) as unknown
       from there`,
  );
  return rows[0]!;
}

const PAGE = 20_000;

async function keysOfErased(main: Context['main'], keys: Context['keys']): Promise<number> {
  let found = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await main.query<{ person: string }>(
      'select person from gate.erasure where done_at is not null and person > $1 order by person limit $2',
      [after, PAGE],
    );
    if (rows.length === 0) return found;
    const people = rows.map(({ person }) => person);
    found += await count(keys, 'select count(person) from keys.person_key where person = any($1)', [people]);
    after = people.at(-1)!;
  }
}

const HOUR = 3_600_000;

/**
 * A key is made before its person and destroyed before the rows: a person without a key is half erased, a key without
 * a person is a sign-up that a crash cut short, and may lie for an hour.
 */
async function keysAndPeople({ main, keys, now }: Context) {
  const people = { pool: main, table: 'vault.person', column: 'person' };
  const { left, right } = await difference(people, {
    pool: keys,
    table: 'keys.person_key',
    column: 'person',
  });
  // Both databases go on while we look: what differed is looked at once more, each where it was missing.
  const { rows: there } = await keys.query<{ person: string }>(
    'select person from keys.person_key where person = any($1)',
    [left],
  );
  const hasKey = new Set(there.map(({ person }) => person));
  const keyless = await count(
    main,
    `select count(*) from vault.person p where p.person = any($1) and not exists (select from gate.erasure e where e.person = p.person)`,
    [left.filter((person) => !hasKey.has(person))],
  );
  const { rows: late } = await main.query<{ person: string }>(
    'select person from vault.person where person = any($1)',
    [right],
  );
  const hasRow = new Set(late.map(({ person }) => person));
  const ownerless = await count(
    keys,
    'select count(person) from keys.person_key where person = any($1) and created_at < $2',
    [right.filter((person) => !hasRow.has(person)), new Date(now.getTime() - HOUR)],
  );
  const all = await count(main, 'select count(*) from vault.person');
  return outcome(
    [
      { what: 'vault.person without a key', count: keyless },
      { what: 'a key without a person', count: ownerless },
    ],
    many(all, 'person'),
  );
}

const MINUTE = 60_000;

async function finished({ main, now }: Context) {
  const n = await count(main, 'select count(*) from gate.erasure');
  const open = await count(
    main,
    'select count(*) from gate.erasure where done_at is null and decided_at < $1',
    [new Date(now.getTime() - MINUTE)],
  );
  const bare = await count(
    main,
    `select count(*) from gate.erasure e where e.done_at is not null and not exists (
       select from gate.receipt r join journal.entry j on j.person = r.person and j.digest = sha256(convert_to(r.body, 'UTF8'))
        where r.person = e.person and r.id = e.id and r.kind = 'erasure')`,
  );
  return outcome(
    [
      { what: 'gate.erasure was begun and not finished', count: open },
      { what: 'gate.erasure without its receipt, or with one that the journal does not know', count: bare },
    ],
    many(n, 'erasure'),
  );
}

/** A column of ids that is nobody's by its declaration, and yet holds numbers of people in the vault. */
async function everyReferenceDeclared(context: Context) {
  const { main, map } = context;
  const suspects = map.tables.flatMap((table) =>
    table.columns
      .filter(
        ({ name, type, category }) =>
          type === 'uuid' && name !== table.subject && (category ?? 'none') === 'none',
      )
      .map(({ name }) => ({ table: table.name, column: name })),
  );
  const findings: Finding[] = [];
  let compared = 0;
  for (const { table, column } of suspects) {
    const { all } = await reading(context, table);
    const { rows } = await main.query<{ n: number; people: number }>(
      `with there as materialized (select array_agg(t.${ident(column)}) as ids from ${all})
       select coalesce(cardinality(there.ids), 0) as n,
              (select count(*) from vault.person p where p.person = any(there.ids)) as people from there`,
    );
    const { n, people } = rows[0]!;
    compared += n;
    findings.push({ what: `${table}.${column} refers to persons`, count: people });
  }
  return outcome(
    findings,
    many(suspects.length, 'columnOfIds'),
    many(compared, 'idCompared'),
    many(map.tables.length, 'table'),
  );
}

async function answerSeesAll(context: Context) {
  const { main, map, prefix } = context;
  const role = roleName(prefix, 'answer');
  const shown = (await readable(context)).get(role) ?? new Set<string>();
  const tables = map.tables.filter(({ subject }) => subject !== undefined && subject !== 'none');
  const findings: Finding[] = tables.flatMap(({ name, columns }) =>
    columns
      .filter((column) => !shown.has(`${name}.${column.name}`))
      .map((column) => ({ what: `${name}.${column.name} cannot be shown`, count: 1 })),
  );
  const standing = await policies(context);
  const { rows } = await main.query<{ table: string }>(
    `select n.nspname || '.' || c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity`,
  );
  const secured = new Set(rows.map(({ table }) => table));
  for (const { name } of tables) {
    const mine = standing.filter(
      ({ table, roles }) => table === name && (roles.includes(role) || roles.includes('public')),
    );
    const all = mine.some(
      ({ permissive, command, condition }) =>
        permissive && /^(ALL|SELECT)$/.test(command) && condition === 'true',
    );
    const some = mine.some(({ permissive }) => !permissive);
    if (secured.has(name) && (!all || some)) findings.push({ what: `${name} is shown in part`, count: 1 });
  }
  return outcome(findings, many(tables.length, 'table'));
}
