import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { inTransaction } from '#platform/migrate.ts';
import type { ClauseId } from '#statement/grammar.ts';
import type { Verdict } from '#statement/verdict.ts';

/** What can be said of a clause after a proof: `not-yet` where nothing can show it, which is never counted as kept. */
export type State = 'holds' | 'broken' | 'not-yet';

/** One proof as it is kept; `at` and `took` (milliseconds) are those of the run. */
export interface Run {
  readonly id: number;
  readonly at: Date;
  readonly statement: string;
  readonly ok: boolean;
  readonly took: number;
  readonly holds: number;
  readonly broken: number;
  readonly notYet: number;
  /** Whether any clause was in another state than the run before. */
  readonly changed: boolean;
}

/** A clause that went from kept to broken, or back. */
export interface Turn {
  readonly clause: ClauseId;
  readonly turn: 'broken' | 'mended';
}

/** How long every run is kept; one that changed something stays for good. */
const DAYS = 30;
/** Advisory lock of whoever writes a verdict down: what changed is told from the one before. */
const RECORDER = 7254005;

export const RUN_COLUMNS = `id, at, statement, ok, took, holds, broken, not_yet as "notYet", changed`;

/** The state of each clause: one broken check breaks its clause. */
export function statesOf({ checks, notYet }: Verdict): Map<ClauseId, State> {
  const states = new Map<ClauseId, State>(notYet.map(({ clause }) => [clause, 'not-yet']));
  for (const { clause, ok } of checks)
    states.set(clause, ok && states.get(clause) !== 'broken' ? 'holds' : 'broken');
  return states;
}

/**
 * Writes a whole verdict down, tells what changed since the one before, and lets old ones go. A break is an alert of its
 * own here, in the same transaction, so that no crash can lose it. The pool's role is `record`.
 */
export async function record(
  pool: Pool,
  verdict: Verdict,
  took: number,
): Promise<{ id: number; letter: string; turns: Turn[] }> {
  const states = statesOf(verdict);
  const counted = (state: State) => [...states.values()].filter((one) => one === state).length;
  const letter = randomUUID();
  const client = await pool.connect();
  try {
    return await inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1)', [RECORDER]);
      const before = await previous(client);
      const changed = before === undefined || differs(before.states, states);
      const { rows } = await client.query<{ id: number }>(
        `insert into proof.run (at, statement, ok, took, holds, broken, not_yet, changed)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [
          verdict.at,
          verdict.statement,
          verdict.ok,
          Math.round(took),
          counted('holds'),
          counted('broken'),
          counted('not-yet'),
          changed,
        ],
      );
      const id = rows[0]!.id;
      await addResults(client, id, verdict);
      const turns = turnsBetween(before?.states ?? new Map(), states);
      for (const { clause, turn } of turns)
        await client.query('insert into proof.alert (run, clause, turn, letter) values ($1, $2, $3, $4)', [
          id,
          clause,
          turn,
          letter,
        ]);
      if (before !== undefined && !before.changed)
        await client.query('delete from proof.result where run = $1', [before.id]);
      await client.query(
        `delete from proof.run where not changed and id <> $1 and at < $2::timestamptz - interval '${DAYS} days'`,
        [id, verdict.at],
      );
      return { id, letter, turns };
    });
  } finally {
    client.release();
  }
}

interface Before {
  readonly id: number;
  readonly changed: boolean;
  readonly states: Map<ClauseId, State>;
}

async function previous(client: ClientBase): Promise<Before | undefined> {
  const { rows } = await client.query<{ id: number; changed: boolean }>(
    'select id, changed from proof.run order by id desc limit 1',
  );
  const [run] = rows;
  if (run === undefined) return undefined;
  const { rows: results } = await client.query<{ clause: string; state: State }>(
    `select clause, case when bool_or(state = 'broken') then 'broken' else min(state) end as state
       from proof.result where run = $1 group by clause`,
    [run.id],
  );
  return { ...run, states: new Map(results.map(({ clause, state }) => [clause, state])) };
}

async function addResults(client: ClientBase, run: number, { checks, notYet }: Verdict): Promise<void> {
  const rows = [
    ...checks.map((check) => ({
      clause: check.clause,
      state: check.ok ? 'holds' : 'broken',
      title: check.title,
      title_nb: check.titleNb,
      kinds: check.kinds,
      found: check.found,
      detail: check.detail,
      looked: check.looked.en,
      looked_nb: check.looked.nb,
    })),
    ...notYet.map(({ clause, title, why, whyNb }) => ({
      clause,
      state: 'not-yet',
      title,
      title_nb: title,
      kinds: 0,
      found: 0,
      detail: why,
      looked: why,
      looked_nb: whyNb,
    })),
  ].map((row, place) => ({ run, place, ...row }));
  await client.query(
    'insert into proof.result select * from json_populate_recordset(null::proof.result, $1::json)',
    [JSON.stringify(rows)],
  );
}

function differs(one: ReadonlyMap<ClauseId, State>, other: ReadonlyMap<ClauseId, State>): boolean {
  return one.size !== other.size || [...other].some(([clause, state]) => one.get(clause) !== state);
}

/** What goes to the operator: each clause that is broken and was not, and each that was and holds again. */
function turnsBetween(before: ReadonlyMap<ClauseId, State>, now: ReadonlyMap<ClauseId, State>): Turn[] {
  return [...now].flatMap(([clause, state]): Turn[] => {
    const was = before.get(clause);
    if (state === 'broken' && was !== 'broken') return [{ clause, turn: 'broken' }];
    return state === 'holds' && was === 'broken' ? [{ clause, turn: 'mended' }] : [];
  });
}

/** Takes the turn to prove, unless somebody has it since less than `gap` milliseconds. */
export async function takeTurn(pool: Pool, now: Date, gap: number): Promise<boolean> {
  // A moment later than now was set by a clock that went wrong, and holds nobody off.
  const { rowCount } = await pool.query(
    `update proof.turn set taken_at = $1
      where taken_at <= $1::timestamptz - $2 * interval '1 millisecond' or taken_at > $1`,
    [now, gap],
  );
  return rowCount === 1;
}

/** Every run there is, oldest first. */
export async function runs(pool: Pool): Promise<Run[]> {
  const { rows } = await pool.query<Run>({
    name: 'proof.runs',
    text: `select ${RUN_COLUMNS} from proof.run order by id`,
  });
  return rows;
}
