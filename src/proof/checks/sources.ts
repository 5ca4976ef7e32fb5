import pg from 'pg';
import { ident } from '#platform/database.ts';
import { judgeMap, readMap } from '#platform/map.ts';
import type { Statement } from '#statement/grammar.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { type Collections, collections, sum } from '../tallies.ts';
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

/**
 * A value in the vault needs at least one act of collection that names its category: where it came from, and why. Each
 * kind of act is a number whose bits are the columns that it accounts for, so that one pass over people and acts together
 * tells for everybody what is held and what is accounted for.
 */
async function everyItemHasASource(context: Context) {
  const { main, map } = context;
  const vault = map.tables.find(({ name }) => name === 'vault.person');
  const values = (vault?.columns ?? []).filter(
    ({ category }) => category !== 'none' && category !== 'record.person',
  );
  const bits = (items: readonly string[]) =>
    values.reduce((mask, { category }, bit) => mask | (items.includes(category ?? '') ? 1 << bit : 0), 0);
  const kinds = (await collections(context)).toSorted((a, b) => b.n - a.n);
  const own = kinds.filter(({ items }) => bits(items) !== 0);
  const lists = [...new Set(own.map(({ items }) => JSON.stringify(items)))].map(
    (list) => JSON.parse(list) as string[],
  );
  const masks = lists.map((items) => `when ${textArray(items)} then ${bits(items)}`);
  const accounted = masks.length === 0 ? '0' : `case items ${masks.join(' ')} else 0 end`;
  const held = values
    .map(({ name }, bit) => `case when ${ident(name)} is null then 0 else ${1 << bit} end`)
    .join(' | ');
  const counts = values.map(
    ({ name }, bit) => `count(*) filter (where held & ~accounted & ${1 << bit} <> 0) as ${ident(name)}`,
  );
  const people = await count(main, 'select count(*) from vault.person');
  const { rows } = await main.query<Record<string, number>>(
    `select ${counts.join(', ')} from (
       select person, bit_or(held) as held, bit_or(accounted) as accounted from (
         select person, ${held} as held, 0 as accounted from vault.person
         union all select person, 0, ${accounted} from gate.collection where point = any($1)
       ) each group by 1
     ) together`,
    [[...new Set(own.map(({ point }) => point))]],
  );
  const missing = rows[0]!;
  const hashes = await hashesWithoutAddress(main);
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

/** A list of words as SQL writes it. */
function textArray(words: readonly string[]): string {
  return `array[${words.map((word) => pg.escapeLiteral(word)).join(', ')}]::text[]`;
}

/**
 * Keyed hashes that are left although the address they were made of is gone. Where hashes and addresses are of the very
 * same people, as their folded ids tell in one pass over each, there is nothing to look for.
 */
async function hashesWithoutAddress(main: Context['main']): Promise<number> {
  const folds = (there: (kind: string) => string) =>
    FOUND_BY.map((kind) => {
      const which = `filter (where ${there(kind)})`;
      return `count(*) ${which}, coalesce(bit_xor(hash) ${which}, 0)`;
    }).join(', ');
  const people = (columns: string, table: string) =>
    `select ${columns}, uuid_hash_extended(person, 3) as hash from ${table} offset 0`;
  const { rows } = await main.query<{ same: boolean }>(
    `select (select array[${folds((kind) => `${kind} is not null`)}] from (${people(FOUND_BY.join(', '), 'vault.person')}) p)
          = (select array[${folds((kind) => `kind = '${kind}'`)}] from (${people('kind', 'vault.lookup')}) l) as same`,
  );
  if (rows[0]?.same === true) return 0;
  return count(
    main,
    `select count(*) from vault.lookup l left join vault.person p using (person)
      where p.person is null or ${FOUND_BY.map((kind) => `(l.kind = '${kind}' and p.${kind} is null)`).join(' or ')}`,
  );
}

/** Kinds of keyed hashes, each made of the column of its name. */
const FOUND_BY = ['email', 'phone', 'name'] as const;

/** Each act is held against the version of the statement that it names: a point may be retired later. */
async function knownPoints(context: Context) {
  const points = (await versions(context)).flatMap(({ version, statement }) =>
    Object.entries(statement?.points ?? {}).map(([id, point]) => ({ version, id, ...point })),
  );
  const byName = new Map(points.map((point) => [`${point.version} ${point.id}`, point]));
  const kinds = await collections(context);
  const pointOf = (kind: Collections) => byName.get(`${kind.statement} ${kind.point}`);
  const differing = (word: 'purpose' | 'source') =>
    sum(kinds, (kind) => (pointOf(kind)?.[word] ?? kind[word]) !== kind[word]);
  return outcome(
    [
      {
        what: 'gate.collection.point is none of the statement',
        count: sum(kinds, (kind) => pointOf(kind) === undefined),
      },
      { what: 'gate.collection.purpose is not its point’s', count: differing('purpose') },
      { what: 'gate.collection.source is not its point’s', count: differing('source') },
      { what: 'gate.collection.items names nothing', count: sum(kinds, ({ items }) => items.length === 0) },
    ],
    many(sum(kinds), 'collection'),
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
  const kinds = await collections(context);
  const may = new Map(
    (await versions(context)).map(({ version, statement }) => [version, statement && allowed(statement)]),
  );
  const { categories } = context.applied.statement;
  const findings = kinds.flatMap(({ statement, point, items, n }) => {
    const asks = may.get(statement)?.get(point);
    return items
      .filter((item) => !asks?.has(item))
      .map((item) => ({
        what: `${Object.hasOwn(categories, item) ? item : 'an unknown item'} came in by ${asks === undefined ? 'an unknown point' : point}`,
        count: n,
      }));
  });
  return outcome(findings, many(kinds.length, 'askedItem'));
}

async function thirdParties(context: Context) {
  const { sources, categories } = context.applied.statement;
  const third = Object.keys(sources).filter((id) => sources[id]!.kind === 'third-party');
  const theirs = new Set(Object.keys(categories).filter((id) => categories[id]!.origin === 'third-party'));
  const kinds = await collections(context);
  const bySource = [...Map.groupBy(kinds, ({ source }) => source)];
  const findings = bySource.flatMap(([source, own]) => [
    ...(Object.hasOwn(sources, source)
      ? []
      : [{ what: 'gate.collection.source is none of the statement', count: sum(own) }]),
    ...(third.includes(source) || sources[source]?.kind === 'given'
      ? []
      : [
          {
            what: 'third-party data came from elsewhere than a third party',
            count: sum(own, ({ items }) => items.some((item) => theirs.has(item))),
          },
        ]),
  ]);
  const seen = bySource.filter(([source]) => third.includes(source)).length;
  return outcome(findings, many(seen, 'thirdParty'), many(third.length, 'namedThirdParty'));
}
