import { randomInt } from 'node:crypto';
import {
  type Block,
  blockHash,
  ChainCheck,
  type Leaf,
  type Standing,
  signedSize,
} from '#platform/chain/chain.ts';
import { ENTRY_COLUMNS, type EntryRow, entryLeaf } from '#platform/chain/entry-form.ts';
import { roleName } from '#platform/database.ts';
import { keyId } from '#platform/secrets.ts';
import { comparePeriods, after as endOf } from '#statement/period.ts';
import { ruleFor } from '#statement/rules.ts';
import { type Check, type Context, count, type Finding, outcome, paged } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';
import { reading } from '../stretch.ts';
import { entries, sum } from '../tallies.ts';
import { versions } from '../versions.ts';

/** That what the gates decided can be added to and not changed (clause `0.security`). */
export const journalChecks: readonly Check[] = [
  {
    clause: '0.security',
    title: 'The journal is whole: every block holds and follows the one before',
    titleNb: 'Journalen er hel: hver blokk holder og følger av den forrige',
    run: chain,
  },
  {
    clause: '0.security',
    title: 'The database lets nobody change the journal',
    titleNb: 'Databasen lar ingen endre journalen',
    run: guarded,
  },
  {
    clause: 'k.as-needed',
    title: 'No entry of the journal is past its date, and none left before it',
    titleNb: 'Ingen innførsel i journalen er over tiden, og ingen forsvant før',
    run: aged,
  },
  {
    clause: '0.security',
    title: 'Every receipt is the one that the journal knows',
    titleNb: 'Hver kvittering er den som journalen kjenner',
    run: receipts,
  },
];

export interface BlockRow extends Omit<Block, 'root' | 'previous'> {
  root: string;
  previous: string;
  signature: Buffer;
}

export const BLOCK_COLUMNS = `number, first_id as first, last_id as last, encode(root, 'hex') as root,
  encode(previous, 'hex') as previous,
  to_char(sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt", key_id as key, signature`;

/**
 * Entries that one proof hashes: half a second's work or so. A longer journal is read from the end and in one stretch more that
 * differs from time to time, so that every part has its turn and nobody knows when.
 */
const BUDGET = 50_000;
/** How long an entry may wait for its block, in milliseconds; the sealer comes by each second. */
const PATIENCE = 3_600_000;

/** Headers of blocks without entries that one proof looks at: their signatures are all that is left to check. */
const HEADERS = 2000;

async function chain(context: Context) {
  const { main, now } = context;
  const { rows } = await main.query<{ first: number; blocks: number; last: number }>(
    `select (select min(id) from journal.entry) as first,
            coalesce(max(number), 0) as blocks, coalesce(max(last_id), 0) as last from journal.block`,
  );
  const { blocks, last } = rows[0]!;
  const n = sum(await entries(context));
  // Of the oldest blocks only the headers are there once their entries have left.
  const first = Number(rows[0]!.first ?? last + 1);
  const bare = await count(main, 'select count(*) from journal.block where last_id < $1', [first]);
  const findings: Finding[] = [];
  let read = 0;
  const from = bare <= HEADERS ? 0 : first - 1;
  const stretches =
    n <= BUDGET ? [from] : [last - BUDGET / 2, first + randomInt(Math.max(1, last - BUDGET / 2 - first))];
  if (bare > HEADERS) stretches.push(randomInt(first));
  for (const after of stretches) {
    const result = await follow(context, after, n <= BUDGET ? n : BUDGET / 2);
    read += result.read;
    if (result.wrong !== undefined) findings.push({ what: result.wrong, count: 1 });
  }
  findings.push({
    what: 'an entry waits for its block',
    count: await count(main, 'select count(*) from journal.entry where id > $1 and at < $2', [
      last,
      new Date(now.getTime() - PATIENCE),
    ]),
  });
  return outcome(findings, many(blocks, 'block'), many(n, 'entry'), many(read, 'entryHashed'));
}

/** Follows the chain from the first block that begins after an entry, until enough has been read or something is wrong. */
async function follow(
  context: Context,
  after: number,
  enough: number,
): Promise<{ read: number; wrong: string | undefined }> {
  const { main, publicKey, now } = context;
  const period = await periodOf(context);
  const isPast = ({ sealedAt }: Block) => period !== undefined && endOf(new Date(sealedAt), period) <= now;
  const check = new ChainCheck({ id: keyId(publicKey), publicKey }, await standingBefore(main, after));
  let read = 0;
  let headers = 0;
  for (;;) {
    const { number, last } = check.standing;
    const { rows: blocks } = await main.query<BlockRow>(
      `select ${BLOCK_COLUMNS} from journal.block where number > $1 order by number limit 500`,
      [number],
    );
    if (blocks.length === 0) return { read, wrong: undefined };
    const queue = [...blocks];
    let leaves: Leaf[] = [];
    const close = (): string | undefined => {
      const { signature, ...block } = queue.shift()!;
      const bare = leaves.length === 0 && isPast(block);
      const size = bare ? signedSize(block, signature, publicKey) : undefined;
      // Where no number of entries fits, the one that would be left out of the header says that the signature is wrong.
      const wrong = bare
        ? check.nextHead({ ...block, size: size ?? 1 }, signature)
        : check.next(block, signature, leaves);
      headers += Number(bare);
      read += leaves.length;
      leaves = [];
      return wrong;
    };
    const pages = paged<EntryRow>(
      main,
      `select ${ENTRY_COLUMNS} from journal.entry where id > $1 and id <= $2 order by id`,
      [last, blocks.at(-1)!.last],
    );
    for await (const page of pages)
      for (const row of page) {
        const id = Number(row.id);
        while (queue.length > 0 && id > queue[0]!.last) {
          const wrong = close();
          if (wrong !== undefined) return { read, wrong };
          if (read >= enough || headers > HEADERS) return { read, wrong: undefined };
        }
        leaves.push({ id, hash: entryLeaf(row) });
      }
    while (queue.length > 0) {
      const wrong = close();
      if (wrong !== undefined) return { read, wrong };
      if (headers > HEADERS) return { read, wrong: undefined };
    }
  }
}

async function standingBefore(main: Context['main'], entry: number): Promise<Standing | undefined> {
  if (entry <= 0) return undefined;
  const { rows } = await main.query<BlockRow>(
    `select ${BLOCK_COLUMNS} from journal.block where last_id <= $1 order by last_id desc limit 1`,
    [entry],
  );
  if (rows[0] === undefined) return undefined;
  const { signature, ...block } = rows[0];
  return { number: block.number, hash: blockHash(block, signature), last: block.last };
}

/** Blocks next to the border between those with entries and those without; entries leave from the oldest on. */
const BORDER = 1000;
/** Blocks with entries beyond it, each looked through for its newest entry: the oldest have it first. */
const OLDEST = 20;
/** A day's grace: what is due is taken by a job that runs at least daily. */
const GRACE = 86_400_000;

/**
 * Whether the border lies where the period says: every block without entries was sealed long enough ago, and no block
 * with entries is past its date. A block's date is counted from its seal, which is signed, or from its newest entry
 * where that is later.
 */
async function aged(context: Context) {
  const { main, now } = context;
  const period = await periodOf(context);
  if (period === undefined) return outcome([]);
  const { rows } = await main.query<{ first: number | null }>('select min(id) as first from journal.entry');
  const future = (await entries(context)).reduce((total, kind) => total + kind.future, 0);
  const first = rows[0]!.first ?? Number.MAX_SAFE_INTEGER;
  const { rows: bare } = await main.query<{ at: Date }>(
    'select sealed_at as at from journal.block where last_id < $1 order by last_id desc limit $2',
    [first, BORDER],
  );
  const { rows: full } = await main.query<{ at: Date }>(
    `select greatest(b.sealed_at, e.at) as at
       from (select * from journal.block where last_id >= $1 order by last_id limit $2) b
       join lateral (select max(j.at) as at from journal.entry j where j.id between b.first_id and b.last_id) e
         on e.at is not null`,
    [first, OLDEST],
  );
  const late = new Date(now.getTime() - GRACE);
  return outcome(
    [
      {
        what: 'a block whose entries left before their date',
        count: bare.filter(({ at }) => endOf(at, period) > now).length,
      },
      {
        what: 'a block whose entries are past their date',
        count: full.filter(({ at }) => endOf(at, period) < late).length,
      },
      { what: 'an entry dated later than now', count: future },
    ],
    many(bare.length + full.length, 'block'),
  );
}

/** The shortest period that any version ever applied gave the log: entries that left by it left rightly. */
async function periodOf(context: Context): Promise<string | undefined> {
  const purpose = context.map.tables.find(({ name }) => name === 'journal.entry')?.purpose;
  const all = (await versions(context)).flatMap(({ statement }) =>
    statement === undefined || purpose === undefined
      ? []
      : (ruleFor(statement, purpose, 'record.log')?.rule.period ?? []),
  );
  return all.sort(comparePeriods)[0];
}

async function guarded(context: Context) {
  const ours = (await guards(context)).filter(
    ({ schema }) => !['statement', 'gate', 'consent', 'archive'].includes(schema),
  );
  const findings: Finding[] = ours.flatMap(({ wrong }) =>
    wrong === undefined ? [] : [{ what: wrong, count: 1 }],
  );
  for (const table of ['journal.entry', 'journal.block'])
    if (!ours.some(({ name }) => name === `append_only on ${table}`))
      findings.push({ what: `nothing guards ${table}`, count: 1 });
  const { rows } = await context.main.query<{ what: string }>(
    `select r.rolname || ' may change ' || c.relname as what
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, pg_roles r
      where n.nspname = 'journal' and c.relkind in ('r', 'p') and left(r.rolname, length($1) + 1) = $1 || '_'
        and r.oid <> c.relowner and not r.rolsuper
        and (has_table_privilege(r.oid, c.oid, 'UPDATE, DELETE, TRUNCATE') or has_any_column_privilege(r.oid, c.oid, 'UPDATE'))`,
    [context.prefix],
  );
  const { rows: lent } = await context.main.query<{ what: string }>(
    `select r.rolname || ' may run ' || p.proname as what
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace, pg_roles r
      where n.nspname = 'journal' and p.prosecdef and r.oid <> p.proowner and not r.rolsuper
        and r.rolname <> $1 and not r.rolname like 'pg\\_%' and has_function_privilege(r.oid, p.oid, 'EXECUTE')`,
    [roleName(context.prefix, 'keep')],
  );
  const may = [...rows, ...lent].map(({ what }) => ({ what, count: 1 }));
  return outcome([...findings, ...may], many(ours.length, 'guard'));
}

/** A receipt that is kept past its date, for somebody restricted, outlives the entry that bound it. */
async function receipts(context: Context) {
  const { main, now } = context;
  const period = (await periodOf(context)) ?? 'P1000Y';
  const n = await count(main, 'select count(*) from gate.receipt');
  const { all } = await reading(context, 'gate.receipt');
  const { rows } = await main.query<{ read: number; unknown: number }>(
    `select count(*) as read, count(*) filter (where not exists (
       select from journal.entry j where j.person = t.person and j.digest = sha256(convert_to(t.body, 'UTF8')))
         and ((t.at at time zone 'Europe/Oslo' + $2::interval) at time zone 'Europe/Oslo') > $1) as unknown
       from ${all}`,
    [now, period],
  );
  const { read, unknown } = rows[0]!;
  return outcome(
    [{ what: 'gate.receipt is not what the journal says it was', count: unknown }],
    many(n, 'receipt'),
    many(read, 'receiptHashed'),
  );
}
