import { ident, tableIdent } from '#platform/database.ts';
import { personTables, type Table } from '#platform/map.ts';
import type { Statement } from '#statement/grammar.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { heldSince } from '../held.ts';

/** What others say of people's companies, and that it is here because somebody wished it (clauses `1.3.*`). */
export const thirdPartyChecks: readonly Check[] = [
  {
    clause: '1.3.third-party',
    title: 'Everything from a third party has the request that caused it',
    titleNb: 'Alt fra en tredjepart har et ønske som førte til at det ble hentet',
    run: everythingWasAskedFor,
  },
  {
    clause: '1.3.third-party',
    title: 'What a register says of a company is sealed under the key of who asked for it',
    titleNb: 'Det et register sier om en bedrift, er forseglet med nøkkelen til den som ba om det',
    run: sealedForWhoAsked,
  },
  {
    clause: '1.3.brreg',
    title: 'Each row from a third party names one that the statement names',
    titleNb: 'Hver rad fra en tredjepart nevner en som står i erklæringen',
    run: namedSources,
  },
  {
    clause: '1.3.brreg',
    title: 'Nothing is kept of a company that the register has removed',
    titleNb: 'Ingenting er tatt vare på om en bedrift som registeret har fjernet',
    run: removedIsGone,
  },
];

type Filled = Table & { subject: string; purpose: string };

/** Tables of purposes that take everything they have from third parties. */
function filledByOthers(context: Context): Filled[] {
  const purposes = purposesOfOthers(context.applied.statement, 'every');
  return ofPurposes(context, purposes);
}

/** The same, and tables of purposes that take something from them, where each row names the wish for it. */
function askedForByWish(context: Context): Filled[] {
  const some = ofPurposes(context, purposesOfOthers(context.applied.statement, 'some'));
  return [...new Set([...filledByOthers(context), ...some.filter((table) => has(table, 'request'))])];
}

function ofPurposes({ map }: Context, purposes: ReadonlySet<string>): Filled[] {
  return personTables(map).filter(
    (table): table is Filled => table.purpose !== undefined && purposes.has(table.purpose),
  );
}

function purposesOfOthers({ points, sources }: Statement, many: 'every' | 'some'): Set<string> {
  const isTheirs = ({ source }: { source: string }) => sources[source]?.kind === 'third-party';
  const all = Map.groupBy(Object.values(points), ({ purpose }) => purpose);
  return new Set([...all].filter(([, own]) => own[many](isTheirs)).map(([purpose]) => purpose));
}

const has = (table: Table, column: string) => table.columns.some(({ name }) => name === column);

async function rowsOf({ main }: Context, tables: readonly Table[]): Promise<number> {
  let rows = 0;
  for (const { name } of tables) rows += await count(main, `select count(*) from ${tableIdent(name)}`);
  return rows;
}

/** A row's act of collection is the one it names, where it names one; else any that came no later than the row. */
async function everythingWasAskedFor(context: Context) {
  const { main, applied } = context;
  const tables = askedForByWish(context);
  const findings: Finding[] = [];
  for (const table of tables) {
    const points = Object.entries(applied.statement.points)
      .filter(([, { purpose }]) => purpose === table.purpose)
      .map(([id]) => id);
    const { recorded } = table.clocks;
    const named = has(table, 'request') ? 'and c.id = t.request' : '';
    const before = recorded === undefined ? '' : `and c.at <= t.${ident(recorded)}`;
    findings.push({
      what: `${table.name} without the request that caused it`,
      count: await count(
        main,
        `select count(*) from ${tableIdent(table.name)} t where not exists (
           select from gate.collection c where c.person = t.${ident(table.subject)} and c.point = any($1) ${named} ${before})`,
        [points],
      ),
    });
  }
  return outcome(
    findings,
    many(await rowsOf(context, tables), 'thirdPartyRow'),
    many(tables.length, 'table'),
  );
}

/** Types in which a value of a company may stand beside what is sealed: moments, and keyed hashes to find it by. */
const UNSEALED = new Set(['timestamp with time zone', 'bytea']);

async function sealedForWhoAsked(context: Context) {
  const tables = filledByOthers(context);
  const columns = tables.flatMap((table) =>
    table.columns
      .filter(({ category }) => category?.startsWith('company.'))
      .map((column) => ({ table: table.name, ...column })),
  );
  const findings = columns
    .filter(({ type }) => type !== 'vault.sealed' && !UNSEALED.has(type))
    .map(({ table, name, type }) => ({ what: `${table}.${name} is ${type} and not sealed`, count: 1 }));
  return outcome(findings, many(columns.length, 'column'));
}

async function namedSources(context: Context) {
  const { main, applied } = context;
  const { sources } = applied.statement;
  const third = Object.keys(sources).filter((id) => sources[id]!.kind === 'third-party');
  const tables = filledByOthers(context).filter((table) => has(table, 'source'));
  const findings: Finding[] = [];
  for (const { name } of tables)
    findings.push({
      what: `${name}.source is no third party of the statement`,
      count: await count(main, `select count(*) from ${tableIdent(name)} where source <> all($1)`, [third]),
    });
  return outcome(
    findings,
    many(await rowsOf(context, tables), 'thirdPartyRow'),
    many(third.length, 'namedThirdParty'),
  );
}

const DAY = 86_400_000;

/**
 * Except of whoever a hold stands on: what is theirs goes with the hold. What was removed goes with the note of it, and
 * what a hold or a backup has let stay with the next round of following the register, within a day.
 */
async function removedIsGone({ main, now }: Context) {
  const findings = [
    {
      what: 'companies.fact of a company that was removed',
      count: await count(
        main,
        `select count(*) from companies.fact f join companies.removed r on r.hash = f.number_hash
          where r.at < $1 and not ${heldSince('f.person', '$1')}`,
        [new Date(now.getTime() - DAY)],
      ),
    },
    {
      what: 'companies.key_figures without their company',
      count: await count(
        main,
        `select count(*) from companies.key_figures k
          where not exists (select from companies.fact f where f.person = k.person and f.id = k.fact)`,
      ),
    },
  ];
  const removed = await count(main, 'select count(*) from companies.removed');
  const kept = await count(main, 'select count(*) from companies.fact');
  return outcome(findings, many(removed, 'removedCompany'), many(kept, 'thirdPartyRow'));
}
