import pg from 'pg';
import { ident } from '#platform/database.ts';
import { judgeMap, readMap } from '#platform/map.ts';
import type { Statement } from '#statement/grammar.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { versions } from '../versions.ts';

/** What is held, against what the statement says is collected and where it comes from (clauses `1.*`). */
export const sourceChecks: readonly Check[] = [
  {
    clause: '1.sources',
    title: 'No stored item lacks a source',
    titleNb: 'Ingen lagret opplysning mangler kilde',
    run: everyItemHasASource,
  },
  {
    clause: '1.sources',
    title: 'Each act of collection came in by a point of the statement, with its purpose and source',
    titleNb: 'Hver innsamling kom inn ved et innsamlingspunkt i erklæringen, med formål og kilde',
    run: knownPoints,
  },
  {
    clause: '1.1.profile',
    title: 'No table and no column is undeclared',
    titleNb: 'Hver tabell og hver kolonne er gjort rede for',
    run: nothingUndeclared,
  },
  {
    clause: '1.2.minimal',
    title: 'Nothing was collected that its collection point does not ask for',
    titleNb: 'Ingenting er samlet inn som innsamlingspunktet ikke spør om',
    run: onlyAsked,
  },
  {
    clause: '1.3.brreg',
    title: 'No third party is a source but those in the statement',
    titleNb: 'Ingen tredjepart er kilde, bortsett fra dem erklæringen nevner',
    run: thirdParties,
  },
];

/** A value in the vault needs at least one act of collection that names its category: where it came from, and why. */
async function everyItemHasASource({ main, map }: Context) {
  const vault = map.tables.find(({ name }) => name === 'vault.person');
  const values = (vault?.columns ?? []).filter(
    ({ category }) => category !== 'none' && category !== 'record.person',
  );
  const bare = values.map(
    ({ name, category = 'undeclared' }) =>
      `${ident(name)} is not null and not coalesce(bool_or(${pg.escapeLiteral(category)} = any(c.items)), false) as ${ident(name)}`,
  );
  const counts = values.map(({ name }) => `count(*) filter (where ${ident(name)}) as ${ident(name)}`);
  const { rows } = await main.query<Record<string, number>>(
    `select ${['count(*) as people', ...counts].join(', ')} from (
       select ${['p.person', ...bare.map((each) => `p.${each}`)].join(', ')}
         from vault.person p left join gate.collection c on c.person = p.person group by p.person) t`,
  );
  const { people = 0, ...missing } = rows[0]!;
  const hashes = await count(
    main,
    `select count(*) from vault.lookup l left join vault.person p using (person)
      where p.person is null or (l.kind = 'email' and p.email is null) or (l.kind = 'phone' and p.phone is null)`,
  );
  return outcome(
    [
      ...Object.entries(missing).map(([column, n]) => ({
        what: `vault.person.${column} without a source`,
        count: n,
      })),
      { what: 'vault.lookup without the address it was made of', count: hashes },
    ],
    many(people, 'person'),
    many(values.length, 'column'),
  );
}

/** Each act is held against the version of the statement that it names: a point may be retired later. */
async function knownPoints(context: Context) {
  const points = (await versions(context)).flatMap(({ version, statement }) =>
    Object.entries(statement?.points ?? {}).map(([id, point]) => ({ version, id, ...point })),
  );
  const { rows } = await context.main.query<{
    n: number;
    point: number;
    purpose: number;
    source: number;
    bare: number;
  }>(
    `select coalesce(sum(c.n), 0)::int8 as n,
            coalesce(sum(c.n) filter (where p.id is null), 0)::int8 as point,
            coalesce(sum(c.n) filter (where c.purpose <> p.purpose), 0)::int8 as purpose,
            coalesce(sum(c.n) filter (where c.source <> p.source), 0)::int8 as source,
            coalesce(sum(c.n) filter (where c.bare), 0)::int8 as bare
       from (select statement, point, purpose, source, cardinality(items) = 0 as bare, count(*) as n
               from gate.collection group by 1, 2, 3, 4, 5) c
       left join unnest($1::text[], $2::text[], $3::text[], $4::text[]) p(version, id, purpose, source)
         on p.version = c.statement and p.id = c.point`,
    [
      points.map(({ version }) => version),
      points.map(({ id }) => id),
      points.map(({ purpose }) => purpose),
      points.map(({ source }) => source),
    ],
  );
  const { n, point, purpose, source, bare } = rows[0]!;
  return outcome(
    [
      { what: 'gate.collection.point is none of the statement', count: point },
      { what: 'gate.collection.purpose is not its point’s', count: purpose },
      { what: 'gate.collection.source is not its point’s', count: source },
      { what: 'gate.collection.items names nothing', count: bare },
    ],
    many(n, 'collection'),
  );
}

async function nothingUndeclared({ main, keys, map, applied }: Context) {
  const { categories, purposes, clocks } = applied.statement;
  const names = (of: object) => new Set(Object.keys(of));
  const findings: Finding[] = judgeMap(map, {
    categories: names(categories),
    purposes: names(purposes),
    clocks: names(clocks),
  }).map((what) => ({ what, count: 1 }));
  const keysMap = await readMap(keys);
  for (const table of keysMap.tables)
    for (const column of table.columns)
      if (column.category === undefined)
        findings.push({ what: `${table.name}.${column.name} in the keys database: undeclared`, count: 1 });
  findings.push({
    what: 'a large object, which no declaration covers',
    count: await count(main, 'select count(*) from pg_largeobject_metadata'),
  });
  const tables = map.tables.length + keysMap.tables.length;
  const columns = [...map.tables, ...keysMap.tables].reduce((sum, table) => sum + table.columns.length, 0);
  return outcome(findings, many(tables, 'table'), many(columns, 'column'));
}

/** What a point asks for, and what is derived from that without being asked, such as the keyed hash of an address. */
function allowed({ points, categories }: Statement): Map<string, Set<string>> {
  const derived = Object.keys(categories).filter((id) => categories[id]!.origin === 'derived');
  return new Map(
    Object.entries(points).map(([id, { asks }]) => [id, new Set([...Object.keys(asks), ...derived])]),
  );
}

async function onlyAsked(context: Context) {
  // Few acts differ in what they took: each combination is looked at once.
  const { rows } = await context.main.query<{ statement: string; point: string; items: string[]; n: number }>(
    'select statement, point, items, count(*) as n from gate.collection group by 1, 2, 3',
  );
  const may = new Map(
    (await versions(context)).map(({ version, statement }) => [version, statement && allowed(statement)]),
  );
  const { categories } = context.applied.statement;
  const findings = rows.flatMap(({ statement, point, items, n }) => {
    const asks = may.get(statement)?.get(point);
    return items
      .filter((item) => !asks?.has(item))
      .map((item) => ({
        what: `${Object.hasOwn(categories, item) ? item : 'an unknown item'} came in by ${asks === undefined ? 'an unknown point' : point}`,
        count: n,
      }));
  });
  return outcome(findings, many(rows.length, 'askedItem'));
}

async function thirdParties({ main, applied }: Context) {
  const { sources, categories } = applied.statement;
  const third = Object.keys(sources).filter((id) => sources[id]!.kind === 'third-party');
  const theirs = Object.keys(categories).filter((id) => categories[id]!.origin === 'third-party');
  const { rows } = await main.query<{ source: string; n: number; theirs: number }>(
    `select source, count(*) as n, count(*) filter (where items && $1) as theirs from gate.collection group by source`,
    [theirs],
  );
  const findings = rows.flatMap(({ source, n, theirs: brought }) => [
    ...(Object.hasOwn(sources, source)
      ? []
      : [{ what: 'gate.collection.source is none of the statement', count: n }]),
    ...(third.includes(source) || sources[source]?.kind === 'given'
      ? []
      : [{ what: 'third-party data came from elsewhere than a third party', count: brought }]),
  ]);
  const seen = rows.filter(({ source }) => third.includes(source)).length;
  return outcome(findings, many(seen, 'thirdParty'), many(third.length, 'namedThirdParty'));
}
