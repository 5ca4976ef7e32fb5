import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { coarser, type RollUp, rollUps } from '#platform/roll-up.ts';
import { smallestGroup } from '#statement/rules.ts';
import { type Check, type Context, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';

/** How behaviour lies, and what stays of it (clauses `k.behaviour-18-months`, `k.anonymise`). */
export const anonymousChecks: readonly Check[] = [
  {
    clause: 'k.behaviour-18-months',
    title: 'What is kept in days has one part for each day, and no part that outlasts one',
    titleNb: 'Det som lagres dag for dag, har én del for hver dag, og ingen del varer lenger',
    run: daysAreDays,
  },
  {
    clause: 'k.anonymise',
    title: 'No column of a table without people leads back to one',
    titleNb: 'Ingen kolonne i en tabell uten personer fører tilbake til en',
    run: nothingLeadsBack,
  },
  {
    clause: 'k.anonymise',
    title: 'No figure is kept of fewer people than the statement says, or was counted twice',
    titleNb: 'Ingen tall gjelder færre personer enn erklæringen sier, og ingen er telt to ganger',
    run: groupsAreLarge,
  },
];

interface Part {
  readonly parent: string;
  readonly isDay: boolean;
  readonly isOpen: boolean;
}

/** Bounds as the catalogue has them: that rows lie within them PostgreSQL sees to itself. */
const PARTS = `
select p.parent, p.open as "isOpen",
       coalesce(low = date_trunc('day', low at time zone 'Europe/Oslo') at time zone 'Europe/Oslo'
            and high = (date_trunc('day', low at time zone 'Europe/Oslo') + interval '1 day') at time zone 'Europe/Oslo', false) as "isDay"
  from (select n.nspname || '.' || k.relname as parent,
               c.relkind <> 'r' or exists (select from aclexplode(c.relacl) a where a.grantee <> c.relowner) as open,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz as low,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as high
          from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class k on k.oid = i.inhparent
          join pg_namespace n on n.oid = k.relnamespace where k.relkind = 'p') p`;

async function daysAreDays({ main, map }: Context) {
  const { rows } = await main.query<Part>(PARTS);
  const tables = personTables(map).filter(({ partitionedBy }) => partitionedBy !== undefined);
  const findings: Finding[] = tables.flatMap(({ name }) => {
    const parts = rows.filter(({ parent }) => parent === name);
    return [
      { what: `${name} has a part that is no day`, count: parts.filter(({ isDay }) => !isDay).length },
      {
        what: `${name} has a part with parts or rights of its own`,
        count: parts.filter(({ isOpen }) => isOpen).length,
      },
    ];
  });
  return outcome(findings, many(rows.length, 'day'), many(tables.length, 'table'));
}

/** Types in which a group or a count can be told; an id, a key or a moment is of none of them. */
const HARMLESS = ['date', 'text', 'int2', 'int4', 'int8', 'bool'];

async function nothingLeadsBack({ main, map }: Context) {
  const all = rollUps(map);
  const { rows } = await main.query<{ what: string }>(
    `with t as (select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname || '.' || c.relname = any($1))
     select t.name || '.' || a.attname || ' can tell one person from another' as what
       from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
       join pg_type y on y.oid = a.atttypid
      where y.typname <> all($2) or a.atthasdef or a.attidentity <> ''
     union all
     select t.name || ' refers to another table, or another to it' from t
      where exists (select from pg_constraint k where k.contype = 'f' and t.oid in (k.conrelid, k.confrelid))
     union all
     select t.name || ' does something more when it is written to' from t
      where exists (select from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal)`,
    [all.map(({ target }) => target.name), HARMLESS],
  );
  const findings: Finding[] = rows.map(({ what }) => ({ what, count: 1 }));
  const declared = map.tables.filter(({ rollsUp }) => rollsUp !== undefined);
  for (const { name, columns } of declared)
    for (const column of columns)
      if (!column.countsPeople && column.drawn === undefined)
        findings.push({ what: `${name}.${column.name} is no group and no count`, count: 1 });
  for (const one of all) findings.push(await fineValues(main, one));
  return outcome(findings, many(declared.length, 'table'));
}

/** Values that could be made coarser still: what is as coarse as it says stays the same when it is made so again. */
async function fineValues(main: Context['main'], { target, period, groups }: RollUp): Promise<Finding> {
  const tests = [period, ...groups].map((part) => {
    const column = ident(part.column);
    const type = target.columns.find(({ name }) => name === part.column)?.type ?? 'text';
    return `${column} is distinct from ${coarser({ ...part, from: { ...part.from, type } }, column)}`;
  });
  const { rows } = await main.query<{ n: number }>(
    `select count(*) as n from ${tableIdent(target.name)} where ${tests.join(' or ')}`,
  );
  return { what: `${target.name} holds something finer than it says`, count: rows[0]!.n };
}

/**
 * Sizes of groups; and that each period was written by one transaction and is on record, since a group that is counted
 * again with one person more tells of that person.
 */
async function groupsAreLarge({ main, map, applied }: Context) {
  const least = smallestGroup(applied.statement);
  const findings: Finding[] = [];
  let seen = 0;
  for (const { target, period, groups, people } of rollUps(map)) {
    const key = [period, ...groups].map(({ column }) => ident(column)).join(', ');
    const first = ident(period.column);
    const { rows } = await main.query<{
      n: number;
      small: number;
      twice: number;
      added: number;
      unknown: number;
    }>(
      `select count(*) as n, count(*) filter (where ${ident(people)} < $1) as small,
              count(*) - count(distinct (${key})::text) as twice,
              (select count(*) from (select from ${tableIdent(target.name)} group by ${first} having count(distinct xmin::text) > 1) a) as added,
              count(*) filter (where not exists (select from gate.rolled_up r where r.target = $2 and r.period = ${first})) as unknown
         from ${tableIdent(target.name)}`,
      [least, target.name],
    );
    const { n, small, twice, added, unknown } = rows[0]!;
    seen += n;
    findings.push(
      { what: `${target.name} has a group of fewer than ${least}`, count: small },
      { what: `${target.name} has a group twice`, count: twice },
      { what: `${target.name} has a period that was added to or changed afterwards`, count: added },
      { what: `${target.name} has a group of a period that was never counted`, count: unknown },
    );
  }
  return outcome(findings, many(seen, 'group'));
}
