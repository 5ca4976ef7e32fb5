import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ClauseId, Statement, Text } from '#statement/grammar.ts';
import { RUN_COLUMNS, type Run, type State } from './record.ts';

/** One check as everybody may see it: what it says, and what was counted without giving anyone away. */
export interface PublicCheck {
  readonly title: Text;
  readonly ok: boolean;
  /** In how many ways it is broken; what they are is for the operator. */
  readonly kinds: number;
  readonly looked: Text;
}

/** A promise, and whether it holds. `unknown` until a server has proved the version in force. */
export interface PublicPromise {
  readonly clause: ClauseId;
  readonly title: Text;
  readonly state: State | 'unknown';
  /** ISO 8601 UTC; null where it is unknown. */
  readonly checkedAt: string | null;
  readonly checks: readonly PublicCheck[];
  /** Why nothing can show it yet. */
  readonly why?: Text;
}

/** `GET /promises`: every promise of the statement in force, as the last proof found it. */
export interface PromisesAnswer {
  readonly statement: string;
  readonly checkedAt: string | null;
  readonly promises: number;
  readonly holds: number;
  readonly broken: number;
  readonly notYet: number;
  readonly unknown: number;
  readonly clauses: readonly PublicPromise[];
}

interface ResultRow {
  readonly clause: ClauseId;
  readonly state: State;
  readonly title: string;
  readonly title_nb: string;
  readonly kinds: number;
  readonly looked: string;
  readonly looked_nb: string;
}

/** How long what is in memory is good for, in milliseconds, where another server may have proved meanwhile. */
const FRESH = 10_000;
/** How long a reader of the statement waits for that, in milliseconds. */
const PATIENCE = 500;

/**
 * The last verdict, in memory: it is shown beside the statement, which must be there when the database is not (clause
 * `v.available`), and then says of when it is.
 */
export class Promises {
  readonly #pool: Pool;
  readonly #statement: Statement;
  #run: number | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #answer: PromisesAnswer;

  /** The pool's role is `record`. */
  constructor(pool: Pool, statement: Statement) {
    this.#pool = pool;
    this.#statement = statement;
    this.#answer = answerOf(statement, undefined, []);
  }

  /** What is known now, without asking anybody. */
  get answer(): PromisesAnswer {
    return this.#answer;
  }

  /** Names the verdict that {@link answer} tells of: a page that shows it is rendered once for each. */
  get mark(): string {
    return String(this.#run ?? '');
  }

  /** The answer, read anew when it is more than a few seconds old; the one in memory when the database is away or slow. */
  async fresh(): Promise<PromisesAnswer> {
    if (performance.now() - this.#readAt > FRESH)
      await Promise.race([this.refresh().catch(() => undefined), pause(PATIENCE, undefined, { ref: false })]);
    return this.#answer;
  }

  /** Reads the last verdict. Rejects when the database does not answer. */
  async refresh(): Promise<void> {
    const { rows } = await this.#pool.query<Run>(
      `select ${RUN_COLUMNS} from proof.run order by id desc limit 1`,
    );
    const [run] = rows;
    this.#readAt = performance.now();
    if (run === undefined || run.id === this.#run) return;
    const { rows: results } = await this.#pool.query<ResultRow>(
      'select clause, state, title, title_nb, kinds, looked, looked_nb from proof.result where run = $1 order by place',
      [run.id],
    );
    // Between the two questions a newer run may have taken the place of this one: the next look finds it.
    if (results.length === 0) return;
    this.#answer = answerOf(this.#statement, run, results);
    this.#run = run.id;
  }
}

function answerOf(statement: Statement, run: Run | undefined, results: readonly ResultRow[]): PromisesAnswer {
  // What was found of another version says nothing about this one.
  const told = run?.statement === statement.version ? results : [];
  const checkedAt = told.length === 0 ? null : run!.at.toISOString();
  const byClause = Map.groupBy(told, ({ clause }) => clause);
  const clauses = Object.entries(statement.clauses).map(([clause, { title }]): PublicPromise => {
    const rows = byClause.get(clause) ?? [];
    const open = rows.find(({ state }) => state === 'not-yet');
    return {
      clause,
      title,
      state: stateOf(rows),
      checkedAt: rows.length === 0 ? null : checkedAt,
      checks: rows
        .filter(({ state }) => state !== 'not-yet')
        .map((row) => ({
          title: { nb: row.title_nb, en: row.title },
          ok: row.state === 'holds',
          kinds: row.kinds,
          looked: { nb: row.looked_nb, en: row.looked },
        })),
      ...(open === undefined ? {} : { why: { nb: open.looked_nb, en: open.looked } }),
    };
  });
  const many = (state: PublicPromise['state']) => clauses.filter((one) => one.state === state).length;
  return {
    statement: statement.version,
    checkedAt,
    promises: clauses.length,
    holds: many('holds'),
    broken: many('broken'),
    notYet: many('not-yet'),
    unknown: many('unknown'),
    clauses,
  };
}

function stateOf(rows: readonly ResultRow[]): PublicPromise['state'] {
  if (rows.length === 0) return 'unknown';
  if (rows.some(({ state }) => state === 'broken')) return 'broken';
  return rows.some(({ state }) => state === 'holds') ? 'holds' : 'not-yet';
}
