import { randomInt } from 'node:crypto';
import { type Block, blockHash, ChainCheck, type Leaf, type Standing } from '#platform/chain/chain.ts';
import { ENTRY_COLUMNS, type EntryRow, entryLeaf } from '#platform/chain/entry-form.ts';
import { keyId } from '#platform/secrets.ts';
import { type Check, type Context, count, type Finding, outcome, paged } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';
import { reading } from '../stretch.ts';

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
 * Entries that one proof hashes: a second's work or two. A longer journal is read from the end and in one stretch more that
 * differs from time to time, so that every part has its turn and nobody knows when.
 */
const BUDGET = 100_000;
/** How long an entry may wait for its block, in milliseconds; the sealer comes by each second. */
const PATIENCE = 3_600_000;

async function chain(context: Context) {
  const { main, now } = context;
  const { rows } = await main.query<{ entries: number; blocks: number; last: number }>(
    `select (select count(*) from journal.entry) as entries, coalesce(max(number), 0) as blocks,
            coalesce(max(last_id), 0) as last from journal.block`,
  );
  const { entries, blocks, last } = rows[0]!;
  const findings: Finding[] = [];
  let read = 0;
  const stretches = entries <= BUDGET ? [0] : [last - BUDGET / 2, randomInt(last - BUDGET / 2)];
  for (const after of stretches) {
    const result = await follow(context, after, entries <= BUDGET ? entries : BUDGET / 2);
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
  return outcome(findings, many(blocks, 'block'), many(entries, 'entry'), many(read, 'entryHashed'));
}

/** Follows the chain from the first block that begins after an entry, until enough has been read or something is wrong. */
async function follow(
  { main, publicKey }: Context,
  after: number,
  enough: number,
): Promise<{ read: number; wrong: string | undefined }> {
  const check = new ChainCheck({ id: keyId(publicKey), publicKey }, await standingBefore(main, after));
  let read = 0;
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
      const wrong = check.next(block, signature, leaves);
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
          if (read >= enough) return { read, wrong: undefined };
        }
        leaves.push({ id, hash: entryLeaf(row) });
      }
    while (queue.length > 0) {
      const wrong = close();
      if (wrong !== undefined) return { read, wrong };
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

async function guarded(context: Context) {
  const ours = (await guards(context)).filter(
    ({ schema }) => !['statement', 'gate', 'consent'].includes(schema),
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
  return outcome([...findings, ...rows.map(({ what }) => ({ what, count: 1 }))], many(ours.length, 'guard'));
}

async function receipts(context: Context) {
  const { main } = context;
  const n = await count(main, 'select count(*) from gate.receipt');
  const { all } = await reading(context, 'gate.receipt');
  const { rows } = await main.query<{ read: number; unknown: number }>(
    `select count(*) as read, count(*) filter (where not exists (
       select from journal.entry j where j.person = t.person and j.digest = sha256(convert_to(t.body, 'UTF8')))) as unknown
       from ${all}`,
  );
  const { read, unknown } = rows[0]!;
  return outcome(
    [{ what: 'gate.receipt is not what the journal says it was', count: unknown }],
    many(n, 'receipt'),
    many(read, 'receiptHashed'),
  );
}
