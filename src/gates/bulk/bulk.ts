import { randomUUID } from 'node:crypto';
import { codeOf } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import { osloDate } from '#statement/period.ts';
import { type Actor, isPersonNumber } from '../actor.ts';
import type { Engine } from '../engine.ts';
import type { Gates } from '../gates.ts';
import { type Page, paged } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import type { BulkAct, BulkForms, BulkList, BulkRow } from './form.ts';
import { type BulkHead, DONE, headOf, headsOf, LEASE } from './heads.ts';

/** What is asked for: an act, and the rows by their numbers or by what the list is cut by. */
export interface BulkAsked {
  readonly act: string;
  readonly date?: string;
  readonly rows?: readonly string[];
  readonly choice?: Readonly<Record<string, string>>;
  /** Those that an earlier run did. */
  readonly of?: string;
}

/** A run as staff see it. */
export interface BulkRun extends BulkHead {
  /** A page of what came of the rows: null for nothing yet, `done`, or the code of the refusal. */
  readonly results: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly came: string | null;
  }[];
  readonly next: string | null;
}

/** Work on many rows at once, for staff whose role the act is for. */
export interface Bulk {
  /** How many rows are meant. */
  count(asked: BulkAsked, actor: Actor, at: Date): Promise<number>;
  /** Notes which rows are meant; a process takes it up from there. Answers with the run's number. */
  begin(asked: BulkAsked, actor: Actor, at: Date): Promise<string>;
  view(run: string, page: Page, actor: Actor, at: Date): Promise<BulkRun>;
  /** Runs of the acts that this member of staff may, whoever began them, the newest first. */
  runs(page: Page, actor: Actor, at: Date): Promise<{ runs: readonly BulkHead[]; next: string | null }>;
  /**
   * Takes up one run that nobody moves and does its rows until it is done or `isOver`; answers whether there was one.
   * Killed anywhere, the next goes on with the row that was not noted.
   */
  work(now: () => Date, isOver?: () => boolean): Promise<boolean>;
}

/** Most rows of one run. */
const MOST = 50_000;
const HOUR = 3_600_000;
/** Runs are told of for so long. */
const TOLD = '30 days';
/** What came of a row whose act did not refuse but failed: it is for people to look at. */
const FAILED = 'failed';

export function openBulk(
  engine: Engine,
  gates: () => Gates,
  forms: readonly BulkForms[],
  failed: (code: string) => void = () => {},
): Bulk {
  const lists = new Map(forms.flatMap((one) => Object.entries(one.lists ?? {})));
  const acts = new Map(forms.flatMap((one) => Object.entries(one.acts ?? {})));
  const rolesOf = forms.find((one) => one.rolesOf !== undefined)?.rolesOf;
  const pool = engine.pools.of('answer');

  const formOf = (name: string, actor: Actor): { act: BulkAct; list: BulkList } => {
    const act = acts.get(name);
    const list = lists.get(name.slice(0, name.indexOf('.')));
    if (act === undefined || list === undefined) throw new Refusal('bulk.unknown-act', ['act']);
    if (!actor.roles?.includes(act.role)) throw new Refusal('identity.role-missing');
    return { act, list };
  };

  const doneIn = async (run: string): Promise<string[]> => {
    if (!isPersonNumber(run)) return [];
    const { rows } = await pool.query<{ id: string }>({
      name: 'bulk.done',
      text: `select id from gate.bulk_row where run = $1 and came = '${DONE}' order by place`,
      values: [run],
    });
    return rows.map(({ id }) => id);
  };

  /** The rows that are meant, each once. */
  const chosen = async (asked: BulkAsked, actor: Actor, at: Date): Promise<BulkRow[]> => {
    const { list } = formOf(asked.act, actor);
    const found = new Map<string, BulkRow>();
    const add = (rows: readonly BulkRow[]) => {
      for (const row of rows) found.set(row.id, row);
      if (found.size > MOST) throw new Refusal('bulk.too-many', ['rows']);
    };
    if (asked.choice === undefined) {
      const given = asked.of === undefined ? (asked.rows ?? []) : await doneIn(asked.of);
      const ids = [...new Set(given)].filter(isPersonNumber);
      if (ids.length > 0) add(await list.among(gates(), ids, actor));
    } else {
      const choice = list.choice.safeParse(asked.choice);
      if (!choice.success) throw new Refusal('collect.invalid-field', ['choice']);
      for await (const rows of list.every(gates(), choice.data, actor, at)) add(rows);
    }
    return [...found.values()];
  };

  const take = async (now: Date) => {
    const { rows } = await pool.query<Taken>({
      name: 'bulk.take',
      text: `update gate.bulk set moved_at = $1 where id = (
               select id from gate.bulk where done_at is null
                  and (moved_at is null or moved_at < $1::timestamptz - interval '${LEASE} seconds')
                order by at, id limit 1 for update skip locked)
             returning id, person, act, dated::text as date, at`,
      values: [now],
    });
    return rows[0];
  };

  /** Lets go of runs that are not told of any more; asked when there is nothing else to do, and acted on once an hour. */
  let cleared = 0;
  const clear = async (now: Date) => {
    if (now.getTime() - cleared < HOUR) return;
    cleared = now.getTime();
    await pool.query(
      `with old as (delete from gate.bulk where at < $1::timestamptz - interval '${TOLD}')
       delete from gate.bulk_row where at < $1::timestamptz - interval '${TOLD}'`,
      [now],
    );
  };

  /**
   * What becomes of one row: a refusal is a result, and anything else that goes wrong is for people to look at. Whoever
   * began the run acts with the roles they have now: one that was taken from them takes effect on the next row.
   */
  const tried = async ({ act: name, person, at, id, date }: Taken, row: BulkRow): Promise<string> => {
    try {
      const actor: Actor = { kind: 'staff', id: person, roles: await rolesOf?.(gates(), person) };
      const { act } = formOf(name, actor);
      await act.act(gates(), row, { actor, at, run: id, date: date ?? undefined });
      return DONE;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      failed(codeOf(error));
      return FAILED;
    }
  };

  return {
    count: async (asked, actor, at) => (await chosen(asked, actor, at)).length,

    async begin(asked, actor, at) {
      const { act } = formOf(asked.act, actor);
      if (act.dated && asked.date === undefined) throw new Refusal('collect.missing-field', ['date']);
      if (act.dated && asked.date! > osloDate(at)) throw new Refusal('collect.invalid-field', ['date']);
      const rows = await chosen(asked, actor, at);
      if (rows.length === 0) throw new Refusal('bulk.nothing-chosen', ['rows']);
      const run = randomUUID();
      const client = await pool.connect();
      try {
        await inTransaction(client, async () => {
          await client.query(
            'insert into gate.bulk (person, id, act, dated, rows, at) values ($1, $2, $3, $4, $5, $6)',
            [actor.id, run, asked.act, act.dated ? asked.date : null, rows.length, at],
          );
          await client.query(
            `insert into gate.bulk_row (person, run, id, place, at)
             select u.person, $3, u.id, u.place, $4 from unnest($1::uuid[], $2::uuid[]) with ordinality u(person, id, place)`,
            [rows.map(({ person }) => person), rows.map(({ id }) => id), run, at],
          );
        });
      } finally {
        client.release();
      }
      return run;
    },

    async view(run, page, actor, at) {
      const seen = isPersonNumber(run) ? await headOf(pool, run, actor, at) : undefined;
      if (seen === undefined) throw new Refusal('bulk.unknown-run');
      const { list } = formOf(seen.act, actor);
      const { rows } = await pool.query<{ id: string; place: number; came: string | null }>({
        name: 'bulk.rows',
        text: 'select id, place, came from gate.bulk_row where run = $1 and place > $2 order by place limit $3',
        values: [run, Number(page.after ?? 0), page.limit + 1],
      });
      const { shown, next } = paged(rows, page, ({ place }) => String(place));
      const names = await list.names(
        gates(),
        shown.map(({ id }) => id),
        actor,
        at,
      );
      return {
        ...seen,
        results: shown.map(({ id, came }) => ({ id, name: names.get(id) ?? null, came })),
        next,
      };
    },

    runs: (page, actor, at) =>
      headsOf(
        pool,
        [...acts].flatMap(([name, { role }]) => (actor.roles?.includes(role) ? [name] : [])),
        page,
        actor,
        at,
      ),

    async work(now, isOver = () => false) {
      const run = await take(now());
      if (run === undefined) {
        await clear(now());
        return false;
      }
      for (;;) {
        const { rows } = await pool.query<BulkRow>({
          name: 'bulk.next',
          text: 'select id, person from gate.bulk_row where run = $1 and came is null order by place limit 1',
          values: [run.id],
        });
        const [row] = rows;
        if (row === undefined || isOver()) {
          // What is not done is free for the next process at once.
          await pool.query(
            'update gate.bulk set moved_at = null, done_at = case when $3 then $2::timestamptz end where id = $1',
            [run.id, now(), row === undefined],
          );
          return true;
        }
        const came = await tried(run, row);
        await pool.query({
          name: 'bulk.came',
          text: `with moved as (update gate.bulk set moved_at = $4 where id = $1)
                 update gate.bulk_row set came = $3 where run = $1 and id = $2`,
          values: [run.id, row.id, came, now()],
        });
      }
    },
  };
}

interface Taken {
  readonly id: string;
  readonly person: string;
  readonly act: string;
  readonly date: string | null;
  readonly at: Date;
}
