import type { ClientBase } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import type { Engine } from '../engine.ts';
import { append } from '../journal.ts';
import { digestOf } from '../receipt.ts';

type Asks = Pick<ClientBase, 'query'>;

/** Rounds that took nothing are told of for so long. */
const EMPTY_ROUNDS = '7 days';

/** A round of keeping, as the console tells of it. */
export interface KeepRound {
  readonly id: number;
  /** The moment it counted up to. */
  readonly at: Date;
  /** Null while it is under way, or when it was cut short; the next round goes on with it. */
  readonly doneAt: Date | null;
  readonly step: number;
  readonly steps: number;
  readonly erased: number;
  readonly results: readonly { readonly clause: string; readonly rows: number }[];
}

/** One round's report: written batch by batch in the batches' own transactions, so that it is whole after a crash too. */
export class KeepRun {
  readonly #client: Asks;
  readonly #id: number;
  readonly #now: Date;
  /** True when it goes on with one that was cut short. */
  readonly cutShort: boolean;

  private constructor(client: Asks, id: number, now: Date, cutShort: boolean) {
    this.#client = client;
    this.#id = id;
    this.#now = now;
    this.cutShort = cutShort;
  }

  /** Begins a round, or goes on with one that was cut short. */
  static async open(client: Asks, now: Date, steps: number): Promise<KeepRun> {
    await client.query(
      `delete from gate.keep_round r where r.moment < $1::timestamptz - interval '${EMPTY_ROUNDS}' and r.erased = 0
          and not exists (select from gate.keep_result k where k.round = r.id)`,
      [now],
    );
    const { rows } = await client.query<{ id: number; cutShort: boolean }>(
      `with gone_on as (update gate.keep_round set moment = $1, steps = $2 where done_at is null returning id),
            begun as (insert into gate.keep_round (moment, steps) select $1, $2
                       where not exists (select from gate.keep_round where done_at is null) returning id)
       select id, true as "cutShort" from gone_on union all select id, false from begun`,
      [now, steps],
    );
    const { id, cutShort } = rows[0]!;
    return new KeepRun(client, id, now, cutShort);
  }

  /** Adds rows to what a clause took; called in the transaction that takes them. */
  async took(clause: string, rows: number): Promise<void> {
    await this.#client.query(
      `insert into gate.keep_result as k (round, clause, rows) values ($1, $2, $3)
         on conflict (round, clause) do update set rows = k.rows + excluded.rows`,
      [this.#id, clause, rows],
    );
  }

  async reached(step: number): Promise<void> {
    await this.#client.query('update gate.keep_round set step = $2 where id = $1', [this.#id, step]);
  }

  /** Ends the round; where it took anything, the journal has the digest of what it took. */
  async close(engine: Engine, erased: number): Promise<void> {
    await this.#client.query(
      'update gate.keep_round set done_at = $2, step = steps, erased = erased + $3 where id = $1',
      [this.#id, this.#now, erased],
    );
    const [round] = await keepRounds(this.#client, { id: this.#id });
    if (round === undefined || (round.results.length === 0 && round.erased === 0)) return;
    const report = { at: this.#now.toISOString(), erased: round.erased, due: round.results };
    await append(this.#client as Parameters<typeof append>[0], [
      {
        gate: 'keep',
        act: 'round',
        actor: 'system',
        purpose: 'accountability',
        statement: engine.statement.version,
        at: this.#now,
        digest: digestOf(JSON.parse(canonicalJson(report))),
      },
    ]);
  }
}

/** The latest rounds, newest first, or one of them. */
export async function keepRounds(
  client: Asks,
  { id, limit = 30 }: { id?: number; limit?: number },
): Promise<KeepRound[]> {
  const { rows } = await client.query<KeepRound>(
    `select r.id, r.moment as at, r.done_at as "doneAt", r.step, r.steps, r.erased,
            coalesce((select json_agg(json_build_object('clause', k.clause, 'rows', k.rows) order by k.clause)
                        from gate.keep_result k where k.round = r.id), '[]'::json) as results
       from gate.keep_round r where $1::bigint is null or r.id = $1 order by r.id desc limit $2`,
    [id ?? null, limit],
  );
  return rows;
}
