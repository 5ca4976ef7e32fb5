import { createHash } from 'node:crypto';
import { ident, roleName, tableIdent } from '#platform/database.ts';
import { type DataMap, personTables, type Table } from '#platform/map.ts';
import { fiscalYearEnded } from '#statement/fiscal-year.ts';
import type { Statement } from '#statement/grammar.ts';
import { osloDate } from '#statement/period.ts';
import { FISCAL_YEAR_ENDED, heldCategories, ruleFor } from '#statement/rules.ts';
import { ENGINE, HOLDS_ROWS, OURS, policies } from '../access.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';
import { versions } from '../versions.ts';

/** That what outlasts an erasure is what the bookkeeping act covers, and that it is kept for nobody else (clause `k.bookkeeping`). */
export const bookkeepingChecks: readonly Check[] = [
  {
    clause: 'k.bookkeeping',
    title:
      'What outlasts an erasure is what the bookkeeping act covers, sealed, or evidence under a bare number',
    titleNb:
      'Det som blir igjen etter en sletting, er det bokføringsloven omfatter, forseglet, eller spor under et nummer',
    run: onlyCovered,
  },
  {
    clause: 'k.bookkeeping',
    title: 'Nobody but bookkeeping and the engine can read the archive, and nobody can change it',
    titleNb: 'Bare regnskapet og motoren kan lese arkivet, og ingen kan endre det',
    run: onlyBookkeeping,
  },
  {
    clause: 'k.bookkeeping',
    title: 'Each archived record is dated by the end of a fiscal year',
    titleNb: 'Hvert arkivert bilag regnes fra slutten av et regnskapsår',
    run: dated,
  },
  {
    clause: 'k.bookkeeping',
    title: 'Every shelf of the archive in use has a key, and no key is without a shelf',
    titleNb: 'Hver hylle i arkivet som er i bruk, har en nøkkel, og ingen nøkkel er uten hylle',
    run: shelves,
  },
  {
    clause: 'k.bookkeeping',
    title: 'The numbers of invoices, credit notes and payments follow one another without a gap',
    titleNb: 'Numrene på fakturaer, kreditnotaer og innbetalinger følger hverandre uten hull',
    run: numbered,
  },
  {
    clause: 'k.bookkeeping',
    title: 'What the receipt of an erasure says is archived lies there until its date',
    titleNb: 'Det kvitteringen for en sletting sier er arkivert, ligger der til datoen er kommet',
    run: stillThere,
  },
];

type PersonTable = Table & { readonly subject: string };

/** Tables that a purpose keeps to itself: the restricted archive. */
function archive(map: DataMap): PersonTable[] {
  return personTables(map).filter(({ readers }) => readers !== undefined);
}

/** Whether a duty of the statement lets a category outlast an erasure in a table of this purpose. */
function isHeld(statement: Statement, { purpose }: Table, category: string): boolean {
  return heldCategories(statement).some((held) => held.purpose === purpose && held.category === category);
}

async function onlyCovered({ main, map, applied: { statement } }: Context) {
  const findings: Finding[] = [];
  const tables = personTables(map).filter(({ end, readers }) => end === 'stays' || readers !== undefined);
  for (const table of tables)
    for (const { name, type, category = 'undeclared' } of table.columns) {
      const where = `${table.name}.${name}`;
      if (category === 'none' || category === 'record.person') continue;
      const held = isHeld(statement, table, category);
      // Evidence is counts, dates and numbers: what was decided, and never anything that a person is known by.
      const evidence = table.readers === undefined && category.startsWith('record.');
      if (!held && !evidence)
        findings.push({ what: `${where} outlasts an erasure without a duty`, count: 1 });
      if (held && type !== 'vault.archived') findings.push({ what: `${where} is not sealed`, count: 1 });
      if (held && ruleFor(statement, table.purpose!, category)?.rule.clock !== FISCAL_YEAR_ENDED)
        findings.push({ what: `${where} does not follow the fiscal year`, count: 1 });
      if (type !== 'vault.archived') continue;
      const c = ident(name);
      findings.push({
        what: `${where} holds what was sealed with a nonce that was used before`,
        count: await count(
          main,
          `select coalesce(sum(n - 1), 0)::int8 from (select count(*) as n from ${tableIdent(table.name)} group by substr(${c}, 2, 12)) t`,
        ),
      });
    }
  const records = await countRecords(main, archive(map));
  return outcome(findings, many(records, 'record'), many(tables.length, 'table'));
}

async function countRecords(main: Context['main'], tables: readonly PersonTable[]): Promise<number> {
  let n = 0;
  for (const { name } of tables) n += await count(main, `select count(*) from ${tableIdent(name)}`);
  return n;
}

/** Roles of the engine that must read the archive: to answer the person, to let go of it, and to prove. */
const MAY_READ = ['answer', 'keep', 'proof'];

async function onlyBookkeeping(context: Context) {
  const { main, map, prefix } = context;
  const findings: Finding[] = [];
  const tables = archive(map);
  for (const { name, purpose } of tables) {
    const may = [...MAY_READ, ...(purpose === undefined ? [] : [purpose])].map((id) => roleName(prefix, id));
    const { rows } = await main.query<{ what: string }>(
      `select r.rolname || ' can read ' || $1 as what
         from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname = $1 and ${HOLDS_ROWS} and ${OURS} and r.rolname <> all($2)
          and not r.rolsuper and r.oid <> c.relowner and not r.rolname like 'pg\\_%'
          and has_any_column_privilege(r.oid, c.oid, 'SELECT')
       union all
       select r.rolname || ' can change ' || $1
         from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname = $1 and not r.rolsuper and r.oid <> c.relowner and not r.rolname like 'pg\\_%'
          and (has_table_privilege(r.oid, c.oid, 'UPDATE, TRUNCATE')
               or r.rolname <> $3 and has_table_privilege(r.oid, c.oid, 'DELETE'))`,
      [name, may, roleName(prefix, 'keep')],
    );
    findings.push(...rows.map(({ what }) => ({ what, count: 1 })));
    const open = (await policies(context)).filter(
      ({ table, roles }) =>
        table === name && !roles.every((role) => may.includes(role)) && !isEngine(prefix, roles),
    );
    for (const { roles } of open)
      findings.push({ what: `${name} shows its rows to ${roles.join(', ')}`, count: 1 });
  }
  const ours = (await guards(context)).filter(({ schema }) => schema === 'archive');
  for (const { wrong } of ours) if (wrong !== undefined) findings.push({ what: wrong, count: 1 });
  for (const { name } of tables)
    if (!ours.some((guard) => guard.name === `immutable on ${name}`))
      findings.push({ what: `nothing guards ${name}`, count: 1 });
  return outcome(findings, many(tables.length, 'table'));
}

const isEngine = (prefix: string, roles: readonly string[]) =>
  roles.every((role) => ENGINE.some((id) => role === roleName(prefix, id)));

/** The statement that was in force may have had another fiscal year: any end that a version ever had is one. */
async function dated(context: Context) {
  const { main, map, now } = context;
  const ends = new Set(
    (await versions(context)).flatMap(({ statement }) =>
      statement === undefined ? [] : [statement.operator.fiscalYearEnd],
    ),
  );
  const findings: Finding[] = [];
  let years = 0;
  for (const { name, clocks, columns } of archive(map)) {
    const column = clocks[FISCAL_YEAR_ENDED];
    if (column === undefined) continue;
    const { rows } = await main.query<{ year: Date; shelf: string; n: number }>(
      `select ${ident(column)} as year, shelf, count(*)::int8 as n from ${tableIdent(name)} group by 1, 2 order by 1, 2`,
    );
    years += new Set(rows.map(({ year }) => year.getTime())).size;
    for (const { year, shelf, n } of rows) {
      const before = new Date(year.getTime() - 1);
      const isEnd = [...ends].some((end) => fiscalYearEnded(end, before).getTime() === year.getTime());
      // No record belongs to a year that has not begun, so none is dated by an end that is more than a year away.
      const isNear = [...ends].some((end) => year <= fiscalYearEnded(end, new Date(now.getTime() + DAY)));
      if (!isEnd) findings.push({ what: `${name}.${column} is no end of a fiscal year`, count: n });
      else if (!isNear) findings.push({ what: `${name}.${column} lies more than a year ahead`, count: n });
      // Dated a year too early it would go a year early; the shelf still says which year it was put away under.
      else if (!columns.some(({ category }) => category !== undefined && shelfOf(category, year) === shelf))
        findings.push({ what: `${name}.${column} is not the year of its shelf`, count: n });
    }
  }
  return outcome(findings, many(years, 'fiscalYear'));
}

/** The number of the shelf for one kind and one fiscal year. */
function shelfOf(category: string, yearEnded: Date): string {
  const hex = createHash('sha256').update(`shelf\0${category}\0${yearEnded.toISOString()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Records leave with a receipt that names the erasure's, and by nothing else: what lies there still and what such receipts
 * tell of is together what the first one promised.
 */
async function stillThere({ main, map, now }: Context) {
  const tables = archive(map).filter(({ columns }) => columns.some(({ name }) => name === 'told'));
  if (tables.length === 0) return outcome([], many(0, 'receipt'));
  const lying = tables
    .map(
      ({ name }) => `select told, count(*) as n from ${tableIdent(name)} where told is not null group by 1`,
    )
    .join(' union all ');
  const { rows } = await main.query<{ receipts: number; lost: number }>(
    `with promised as materialized (
       select r.id, (select sum((s ->> 'count')::int) from jsonb_array_elements(r.body::jsonb -> 'stays') s
                      where s ? 'count' and s ->> 'until' > $1) as n
         from gate.receipt r join gate.erasure e on e.person = r.person and e.done_at = r.at
        where r.kind = 'erasure' and r.earlier is null),
     there as (select told, sum(n) as n from (${lying}) l group by 1),
     gone as (
       select r.earlier, sum((g ->> 'count')::int) as n
         from gate.receipt r, jsonb_array_elements(r.body::jsonb -> 'goes') g where r.earlier is not null group by 1)
     select count(*)::int as receipts,
            coalesce(sum(greatest(0, p.n - coalesce(t.n, 0) - coalesce(g.n, 0))), 0)::int as lost
       from promised p left join there t on t.told = p.id left join gone g on g.earlier = p.id where p.n is not null`,
    [osloDate(now)],
  );
  const [{ receipts, lost }] = rows as [(typeof rows)[number]];
  return outcome(
    [{ what: 'archived records that a receipt says stay are gone', count: lost }],
    many(receipts, 'receipt'),
  );
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A key is made before the first record on its shelf and destroyed after the last, and may be alone for an hour. */
async function shelves({ main, keys, map, now }: Context) {
  const tables = archive(map);
  const used = tables.map(({ name }) => `select shelf from ${tableIdent(name)}`).join(' union ');
  const inUse = async () =>
    new Set(used === '' ? [] : (await main.query<{ shelf: string }>(used)).rows.map(({ shelf }) => shelf));
  const before = await inUse();
  const { rows } = await keys.query<{ shelf: string; at: Date }>(
    'select shelf, created_at as at from keys.archive_key',
  );
  const keyed = new Set(rows.map(({ shelf }) => shelf));
  const after = await inUse();
  return outcome(
    [
      {
        what: 'a shelf of the archive without a key',
        count: [...before].filter((shelf) => !keyed.has(shelf) && after.has(shelf)).length,
      },
      {
        what: 'a key of the archive without a shelf',
        count: rows.filter(({ shelf, at }) => !after.has(shelf) && at.getTime() < now.getTime() - HOUR)
          .length,
      },
    ],
    many(before.size, 'shelf'),
  );
}

/**
 * A document takes its number in the transaction that books it, so that none is missing between the oldest that the act
 * demands and the last that was given out (bokføringsforskriften § 5-1-3). Older ones leave when their time is over.
 */
async function numbered({ main, applied: { statement }, now }: Context) {
  const period = ruleFor(statement, 'bookkeeping', 'accounting.record')?.rule.period ?? 'P0D';
  const { rows } = await main.query<{ series: string; there: number; missing: number }>(
    `with numbers as (
       select case kind when 'payment' then 'payment' else 'sale' end as series, number from archive.entry
        where kind in ('invoice', 'credit', 'payment') and year_ended > $1::timestamptz - $2::interval)
     select s.series, count(*)::int8 as there, (greatest(s.last, max(number)) - min(number) + 1 - count(*))::int8 as missing
       from archive.series s join numbers using (series) group by s.series, s.last order by s.series`,
    [now, period],
  );
  return outcome(
    rows.map(({ series, missing }) => ({
      what: `numbers of the series ${series} are missing`,
      count: missing,
    })),
    many(
      rows.reduce((sum, { there }) => sum + there, 0),
      'record',
    ),
  );
}
