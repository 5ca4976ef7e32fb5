import { ident, tableIdent } from '#platform/database.ts';
import type { DataMap } from '#platform/map.ts';
import { ENGINE, ownRoles, purposeRoles, readableBy } from '../access.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { findings, scanRows } from '../scan.ts';

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

async function sealed({ main, map }: Context) {
  const findings: Finding[] = [];
  const columns = identifiers(map);
  let values = 0;
  for (const { table, column, type, hash } of columns) {
    const where = `${table}.${column}`;
    if (hash) {
      if (type.startsWith('timestamp')) continue;
      if (type !== 'bytea') findings.push({ what: `${where} is ${type} and not a keyed hash`, count: 1 });
      else
        findings.push({
          what: `${where} holds what is no keyed hash`,
          count: await count(
            main,
            `select count(*) from ${tableIdent(table)} where octet_length(${ident(column)}) <> 32`,
          ),
        });
      continue;
    }
    if (type !== 'vault.sealed' && type !== 'bytea') {
      findings.push({ what: `${where} is ${type} and not sealed`, count: 1 });
      continue;
    }
    if (type === 'bytea')
      findings.push({ what: `${where} is not held to the form of what is sealed`, count: 1 });
    const c = ident(column);
    const { rows } = await main.query<{ n: number; unsealed: number; high: number; repeated: number }>(
      `with v as (select substr(${c}, 2, 12) as nonce, octet_length(${c}) as length, get_byte(${c}, 0) as version,
                         get_byte(${c}, octet_length(${c}) - 1) as last
                    from ${tableIdent(table)} where octet_length(${c}) > 0),
            nonces as (select count(*) as n from v group by nonce having count(*) > 1)
       select count(*) as n, count(*) filter (where length < 29 or version <> 1) as unsealed,
              count(*) filter (where last >= 128) as high, (select coalesce(sum(n - 1), 0)::int8 from nonces) as repeated
         from v`,
    );
    const { n, unsealed, high, repeated } = rows[0]!;
    values += n;
    findings.push({ what: `${where} holds what is not sealed`, count: unsealed });
    findings.push({ what: `${where} has a nonce that was used before`, count: repeated });
    // Of ciphertext half the last bytes are above 127, and of text hardly any: eight standard deviations is no chance.
    if (n >= ENOUGH && Math.abs(high - n / 2) > 4 * Math.sqrt(n))
      findings.push({ what: `${where} does not look like ciphertext`, count: 1 });
  }
  return outcome(findings, many(values, 'sealedValue'), many(columns.length, 'column'));
}

async function inTheClear(context: Context) {
  const scan = await scanRows(context);
  return outcome(
    findings(scan, (kind) => kind !== 'network address'),
    many(scan.looked, 'columnRead'),
  );
}

/** Roles of the engine that must see what is sealed: to answer the person, to empty what is due, and to prove. */
const MAY_SEE = new Set(['answer', 'keep', 'proof']);

async function keepers(context: Context) {
  const { map, main, applied } = context;
  const kept = identifiers(map).filter(({ hash }) => !hash);
  const readable = await readableBy(main, ownRoles(context));
  const purposes = purposeRoles(context);
  const findings: Finding[] = [];
  for (const [role, columns] of readable) {
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
  return outcome(findings, many(kept.length, 'sealedColumn'), many(readable.size, 'role'));
}
