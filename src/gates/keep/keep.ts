import type { PoolClient } from 'pg';
import { codeOf, ident, tableIdent, uuidArray } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import { decide, finishErasures } from '../answer/erase.ts';
import type { Row } from '../answer/records.ts';
import { settle } from '../answer/settle.ts';
import { clearShelves, takeRecords } from '../archive/leave.ts';
import { archiveRows } from '../archive/move.ts';
import type { Engine } from '../engine.ts';
import { HELD } from '../held.ts';
import { endAfterHolds } from './after-holds.ts';
import { rollUp } from './anonymise.ts';
import { concerns, type Due, dues, isOver } from './dues.ts';
import { byClause, type ClauseRows } from './forecast.ts';
import { ageJournal } from './journal.ts';
import { settleKeys } from './keys.ts';
import { announceEnds } from './notices.ts';
import { dropDays, ensurePartitions } from './partitions.ts';
import { KeepRun } from './run.ts';

/** What one round of keeping did. */
export interface Kept {
  /** Rows let go, by clause: those that `keep --dry-run` would have told. */
  readonly due: ClauseRows[];
  /** People of whom nothing was left to keep. */
  readonly erased: number;
  /** People told that something of theirs soon ends. */
  readonly notified: number;
}

/** Told of each step: how many of all are done. */
export type Progress = (done: number, of: number) => void;

/** Rows in one transaction: enough to share its cost, few enough that nobody waits for its locks. */
const BATCH = 5000;
/**
 * What is due is little of what there is, and found by an index. At the price that PostgreSQL by default puts on a page out
 * of turn, that of a turning disk, it would rather read whole tables to find some thousand rows.
 */
const PAGE_COST = 1.1;
/** Advisory lock: one process keeps at a time, and the next waits for it. */
const TURN = 7254005;

/**
 * The gate that lets go (clauses `k.*`). Tells people of what soon ends, deletes rows whose storage period is over,
 * empties what no purpose names any more, erases people of whom nothing is left, finishes erasures that a crash
 * interrupted, erases again whom a restored backup brought back without a key, destroys keys that nothing is left of,
 * and lets the journal's oldest blocks go. Every rule is read off the statement and the data map; none is written here.
 *
 * It goes by batches, each whole: killed anywhere, the next round does what is left, nothing twice. People are erased
 * when all rules have had their turn, also after a crash, so that what is counted does not hang on their order.
 */
export async function keep(engine: Engine, now: Date, progress: Progress = () => {}): Promise<Kept> {
  const client = await engine.pools.of('keep').connect();
  try {
    await client.query(`select pg_advisory_lock(${TURN})`);
    try {
      await client.query(`set random_page_cost = ${PAGE_COST}`);
      return await round(engine, client, now, progress);
    } finally {
      await client.query(`reset random_page_cost; select pg_advisory_unlock(${TURN})`).catch(() => {});
    }
  } finally {
    client.release();
  }
}

async function round(engine: Engine, client: PoolClient, now: Date, progress: Progress): Promise<Kept> {
  await forgetLateComers(engine, client, now);
  await ensurePartitions(engine, now);
  // What stays as a figure is counted before any of it goes.
  await rollUp(engine, now);
  const all = await haveAny(client, dues(engine.statement, engine.map), now);
  const run = await KeepRun.open(client, now, all.length + 1);
  const notified = await announceEnds(engine, client, now);
  const taken: ClauseRows[] = [];
  for (const [step, due] of all.entries()) {
    progress(step, all.length + 1);
    const rows = due.byDay
      ? await dropDays(client, due, now, (n) => run.took(due.clause, n))
      : await takeAll(engine, client, due, run, now);
    taken.push({ clause: due.clause, rows });
    await run.reached(step + 1);
  }
  await endAfterHolds(engine, client, now);
  let erased = await finishErasures(engine, now);
  erased += await settleKeys(engine, now, run);
  await clearShelves(engine);
  taken.push(...(await ageJournal(client, engine, now, (clause, rows) => run.took(clause, rows))));
  progress(all.length + 1, all.length + 1);
  await run.close(engine, erased);
  return { due: byClause(taken), erased, notified };
}

/** Of these, those that have rows to let go of: asked at once, so that a round with nothing to do costs next to nothing. */
async function haveAny(client: PoolClient, all: readonly Due[], now: Date): Promise<Due[]> {
  // A day without rows goes with the others, so days are not asked about; and whether what waits for the rows of days may
  // go is asked when those have gone.
  const rest = all.filter(({ byDay }) => byDay !== true);
  // What is due is a long question, and takes far longer to plan than whether a table has rows at all.
  const tables = [...new Set(rest.map(({ table }) => table.name))];
  const filled = await exist(
    client,
    tables.map((name) => `select from ${tableIdent(name)}`),
  );
  const asked = rest.filter(({ table }) => filled[tables.indexOf(table.name)]);
  const rowsOver = (one: Due, { subject }: Pick<Due, 'subject'>) =>
    `select from ${tableIdent(one.table.name)} t where ${concerns({ ...one, subject, whileRows: [] })} and ${isOver(one)}`;
  // So does whether somebody is restricted, or a hold stands on them: it is asked where something of anybody's is old.
  const old = await exist(
    client,
    asked.map((one) => rowsOver(one, { subject: undefined })),
    [now],
  );
  const over = asked.filter((_, at) => old[at]);
  const found = await exist(
    client,
    over.map((one) => rowsOver(one, one)),
    [now],
  );
  const due = new Set(over.filter((_, at) => found[at]));
  return all.filter((one) => one.byDay === true || due.has(one));
}

/** Whether each of some queries finds any row. */
async function exist(
  client: PoolClient,
  queries: readonly string[],
  values: unknown[] = [],
): Promise<boolean[]> {
  if (queries.length === 0) return [];
  const any = queries.map((query) => `exists (${query})`);
  const { rows } = await client.query<{ any: boolean[] }>(`select array[${any.join(', ')}] as any`, values);
  return rows[0]!.any;
}

/** Takes what one rule lets go of in one place, a batch at a time. */
async function takeAll(
  engine: Engine,
  client: PoolClient,
  due: Due,
  run: KeepRun,
  now: Date,
): Promise<number> {
  let rows = 0;
  for (;;) {
    const taken = await inTransaction(client, async () => {
      const n = await take(engine, client, due, now);
      if (n > 0) await run.took(due.clause, n);
      return n;
    }).catch((error: unknown) => {
      // A hold was placed on one of them meanwhile: nothing of the batch was taken, and the next sees the hold.
      if (codeOf(error) !== HELD) throw error;
      return undefined;
    });
    if (taken === undefined) continue;
    rows += taken;
    // Records of the archive go by people, so a batch of them says nothing of how many are left.
    if (taken === 0 || (taken < BATCH && due.table.readers !== 'own')) return rows;
  }
}

async function take(engine: Engine, client: PoolClient, due: Due, now: Date): Promise<number> {
  const { table, subject } = due;
  if (table.readers === 'own' && subject !== undefined) {
    const where = `${concerns(due)} and ${isOver(due)}`;
    return takeRecords(engine, client, { table: { ...table, subject }, clause: due.clause, where }, now);
  }
  const rows = await (due.end === 'archive'
    ? moveRows(engine, client, due, now)
    : deleteRows(client, due, now));
  // What stays after a person, or is of nobody's by number, says nothing of whether anything else is kept on them.
  if (table.end === 'stays' || subject === undefined || rows.length === 0) return rows.length;
  const nobody = await settle(engine, client, [...new Set(rows.map(({ person }) => person!))]);
  await decide(
    client,
    nobody.map((one) => ({ person: one, askedBy: 'keep' as const, ground: due.clause, at: now })),
  );
  return rows.length;
}

/** Puts due rows into the restricted archive, then takes them away, in one transaction. */
async function moveRows(
  engine: Engine,
  client: PoolClient,
  { table, subject = 'person', ...due }: Due,
  now: Date,
): Promise<{ person: string | null }[]> {
  const whole = { ...due, table, subject };
  const name = tableIdent(table.name);
  const { rows } = await client.query<{ row: Row }>(
    `select to_json(t) as row from ${name} t where ${concerns(whole)} and ${isOver(whole)} limit ${BATCH} for update of t skip locked`,
    [now],
  );
  const found = rows.map(({ row }) => row);
  await archiveRows(engine, client, { ...table, subject }, found, now);
  const key = table.columns.filter(({ inKey }) => inKey).map((column) => ident(column.name));
  const gone = await client.query<{ person: string }>(
    `delete from ${name} t using json_populate_recordset(null::${name}, $1::json) d
      where ${key.map((column) => `t.${column} = d.${column}`).join(' and ')} returning t.${ident(subject)} as person`,
    [JSON.stringify(found)],
  );
  return gone.rows;
}

async function deleteRows(client: PoolClient, due: Due, now: Date): Promise<{ person: string | null }[]> {
  const { table, subject } = due;
  const key = table.columns.filter(({ inKey }) => inKey).map(({ name }) => ident(name));
  const person = subject === undefined ? 'null' : `t.${ident(subject)}`;
  // Who comes back at this very moment has the row: it is locked, or looked at again once it is ours. A hash never changes.
  const lock = subject === undefined ? '' : 'for update of t skip locked';
  const { rows } = await client.query<{ person: string | null }>(
    `delete from ${tableIdent(table.name)} t using (
       select ${key.map((name) => `t.${name}`).join(', ')} from ${tableIdent(table.name)} t
        where ${concerns(due)} and ${isOver(due)} limit ${BATCH} ${lock}) d
      where ${key.map((name) => `t.${name} = d.${name}`).join(' and ')} returning ${person} as person`,
    [now],
  );
  return rows;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long before the last round an erasure may have been asked for that was still under way in it. */
const UNDER_WAY = 15 * MINUTE;
/** People looked at in one statement. */
const CHUNK = 2000;

/**
 * Looks once more at people erased since shortly before the last round, by their numbers: a row written while they were
 * being erased must not outlive them by more than a round. Where no round tells, at everybody erased within the day.
 */
async function forgetLateComers(engine: Engine, client: PoolClient, now: Date): Promise<void> {
  const { rows: last } = await client.query<{ moment: Date }>(
    'select moment from gate.keep_round where done_at is not null and moment <= $1 order by id desc limit 1',
    [now],
  );
  const since = Math.max((last[0]?.moment.getTime() ?? 0) - UNDER_WAY, now.getTime() - DAY);
  const { rows } = await client.query<{ person: string }>(
    'select person from gate.erasure where done_at >= $1 order by person',
    [new Date(since)],
  );
  const people = rows.map(({ person }) => person);
  const tables = personTables(engine.map).filter(({ end }) => end !== 'stays');
  for (let at = 0; at < people.length; at += CHUNK)
    for (const table of tables)
      await client.query(`delete from ${tableIdent(table.name)} where ${ident(table.subject)} = any($1)`, [
        uuidArray(people.slice(at, at + CHUNK)),
      ]);
}
