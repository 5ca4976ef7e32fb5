import { ident, tableIdent } from '#platform/database.ts';
import type { DataMap } from '#platform/map.ts';
import { ENGINE, purposeRoles, readable } from '../access.ts';
import { type Check, type Context, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { columnsRead, findings, scanRows } from '../scan.ts';
import { reading } from '../stretch.ts';

/** What is sealed, and that nothing readable is left beside it (clause `0.security`). */
export const vaultChecks: readonly Check[] = [
  {
    clause: '0.security',
    title: 'Direct identifiers are sealed, each with a nonce of its own',
    titleNb: 'Direkte kjennetegn er forseglet, hvert med sitt eget engangstall',
    run: sealed,
  },
  {
    clause: '0.security',
    title: 'No column of any table holds an address, a phone number or an identity number in the clear',
    titleNb:
      'Ingen kolonne i noen tabell inneholder en lesbar adresse, et telefonnummer eller et fødselsnummer',
    run: inTheClear,
  },
  {
    clause: '0.security',
    title: 'Sealed values can be fetched only by the purposes that are given them',
    titleNb: 'Forseglede verdier kan bare hentes av formålene som har fått dem',
    run: keepers,
  },
];

/** Categories that are only ever kept as keyed hashes. */
const HASHES = new Set(['contact.lookup', 'contact.opt-out']);

/** `schema.table` and column of each direct identifier, with its type. */
function identifiers(map: DataMap): { table: string; column: string; type: string; hash: boolean }[] {
  return map.tables.flatMap((table) =>
    table.columns
      .filter(({ category }) => category?.startsWith('contact.'))
      .map(({ name, type, category }) => ({
        table: table.name,
        column: name,
        type,
        hash: HASHES.has(category!),
      })),
  );
}

/** Enough values for chance to be told from text, in a column whose last byte is a coin with its high bit as heads. */
const ENOUGH = 200;

async function sealed(context: Context) {
  const { map } = context;
  const findings: Finding[] = [];
  const columns = identifiers(map);
  let values = 0;
  let nonces = 0;
  for (const [table, own] of Map.groupBy(columns, ({ table }) => table)) {
    const sealable = own.filter(({ hash, type }) => !hash && SEALED_TYPES.has(type));
    for (const { column, type, hash } of own) {
      const wrong = (what: string) => findings.push({ what: `${table}.${column} ${what}`, count: 1 });
      if (hash && !type.startsWith('timestamp') && type !== 'bytea') wrong(`is ${type} and not a keyed hash`);
      if (!hash && !SEALED_TYPES.has(type)) wrong(`is ${type} and not sealed`);
      if (!hash && type === 'bytea') wrong('is not held to the form of what is sealed');
    }
    findings.push(...(await hashForms(context, table, own)));
    for (const { column, n, unsealed, high } of await sealedForms(context, table, sealable)) {
      const where = `${table}.${column}`;
      values += n;
      const { n: compared, repeated } = await repeatedNonces(context, table, column);
      nonces += compared;
      findings.push({ what: `${where} holds what is not sealed`, count: unsealed });
      findings.push({ what: `${where} has a nonce that was used before`, count: repeated });
      // Of ciphertext half the last bytes are above 127, and of text hardly any: eight standard deviations is no chance.
      if (n >= ENOUGH && Math.abs(high - n / 2) > 4 * Math.sqrt(n))
        findings.push({ what: `${where} does not look like ciphertext`, count: 1 });
    }
  }
  return outcome(
    findings,
    many(values, 'sealedValue'),
    many(nonces, 'nonce'),
    many(columns.length, 'column'),
  );
}

/** Types that can hold what is sealed; the domain is held to its form by the database itself. */
const SEALED_TYPES = new Set(['vault.sealed', 'bytea']);

type Identifier = ReturnType<typeof identifiers>[number];

async function hashForms({ main }: Context, table: string, own: readonly Identifier[]): Promise<Finding[]> {
  const hashes = own.filter(({ hash, type }) => hash && type === 'bytea');
  if (hashes.length === 0) return [];
  const { rows } = await main.query<Record<string, number>>(
    `select ${hashes.map(({ column }) => `count(*) filter (where octet_length(${ident(column)}) <> 32) as ${ident(column)}`).join(', ')}
       from ${tableIdent(table)}`,
  );
  return Object.entries(rows[0]!).map(([column, n]) => ({
    what: `${table}.${column} holds what is no keyed hash`,
    count: n,
  }));
}

interface Forms {
  readonly column: string;
  readonly n: number;
  readonly unsealed: number;
  readonly high: number;
}

/** The sealed columns of a table, all in one pass: how many values, how many without the form, how many last bytes high. */
async function sealedForms({ main }: Context, table: string, own: readonly Identifier[]): Promise<Forms[]> {
  if (own.length === 0) return [];
  const counts = own.map(({ column }, at) => {
    const c = ident(column);
    const there = `octet_length(${c}) > 0`;
    return `count(*) filter (where ${there}) as n${at},
      count(*) filter (where ${there} and (octet_length(${c}) < 29 or get_byte(${c}, 0) <> 1)) as unsealed${at},
      count(*) filter (where ${there} and get_byte(${c}, octet_length(${c}) - 1) >= 128) as high${at}`;
  });
  const { rows } = await main.query<Record<string, number>>(
    `select ${counts.join(', ')} from ${tableIdent(table)}`,
  );
  const row = rows[0]!;
  return own.map(({ column }, at) => ({
    column,
    n: row[`n${at}`]!,
    unsealed: row[`unsealed${at}`]!,
    high: row[`high${at}`]!,
  }));
}

/** Nonces that stand twice among those that one proof reads: a source of chance that repeats itself does so at once. */
async function repeatedNonces(context: Context, table: string, column: string) {
  const { all } = await reading(context, table);
  const c = `t.${ident(column)}`;
  const { rows } = await context.main.query<{ n: number; repeated: number }>(
    `select coalesce(sum(n), 0)::int8 as n, coalesce(sum(n - 1), 0)::int8 as repeated
       from (select count(*) as n from ${all} where octet_length(${c}) > 0 group by substr(${c}, 2, 12)) s`,
  );
  return rows[0]!;
}

async function inTheClear(context: Context) {
  const scan = await scanRows(context);
  return outcome(
    findings(scan, (kind) => kind !== 'network address'),
    ...columnsRead(scan),
  );
}

/** Roles of the engine that must see what is sealed: to answer the person, to empty what is due, and to prove. */
const MAY_SEE = new Set(['answer', 'keep', 'proof']);

async function keepers(context: Context) {
  const { map, applied } = context;
  const kept = identifiers(map).filter(({ hash }) => !hash);
  const rights = await readable(context);
  const purposes = purposeRoles(context);
  const findings: Finding[] = [];
  for (const [role, columns] of rights) {
    const purpose = applied.statement.purposes[purposes.get(role) ?? ''];
    const engine = ENGINE.find((name) => role === `${context.prefix}_${name}`);
    for (const { table, column } of kept) {
      const category = map.tables
        .find(({ name }) => name === table)
        ?.columns.find(({ name }) => name === column)?.category;
      const may = purpose?.reads.includes(category ?? '') ?? (engine !== undefined && MAY_SEE.has(engine));
      if (!may && columns.has(`${table}.${column}`))
        findings.push({
          what: `${engine ?? purposes.get(role) ?? role} can fetch ${table}.${column}`,
          count: 1,
        });
    }
  }
  return outcome(findings, many(kept.length, 'sealedColumn'), many(rights.size, 'role'));
}
