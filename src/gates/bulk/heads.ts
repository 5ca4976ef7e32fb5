import type { Pool } from 'pg';
import type { Actor } from '../actor.ts';
import { keysetOf, type Page, paged, placeText } from '../paging.ts';

/** How far a run has come, without its rows. */
export interface BulkHead {
  readonly run: string;
  readonly act: string;
  readonly date: string | null;
  readonly at: string;
  /** Whether whoever asks began it. */
  readonly mine: boolean;
  readonly rows: number;
  readonly done: number;
  readonly refused: number;
  readonly state: 'running' | 'waiting' | 'done';
}

/** What is noted of a row whose act was done. */
export const DONE = 'done';
/** Seconds after which a run that has not moved is taken for one whose process is gone. */
export const LEASE = 60;

const HEADS = `
select b.id as run, b.act, b.dated::text as date, b.at, b.person, b.rows, b.moved_at as moved,
       b.done_at is not null as over, r.done, r.refused
  from gate.bulk b, lateral (select count(*) filter (where came = '${DONE}')::int as done,
                                    count(*) filter (where came <> '${DONE}')::int as refused
                               from gate.bulk_row where run = b.id) r`;

interface HeadRow extends Pick<BulkHead, 'run' | 'act' | 'date' | 'rows' | 'done' | 'refused'> {
  readonly at: Date;
  readonly person: string;
  readonly moved: Date | null;
  readonly over: boolean;
}

/** One run by its number, which is a UUID. */
export async function headOf(pool: Pool, run: string, actor: Actor, at: Date): Promise<BulkHead | undefined> {
  const { rows } = await pool.query<HeadRow>({
    name: 'bulk.run',
    text: `${HEADS} where b.id = $1`,
    values: [run],
  });
  return rows[0] && seen(rows[0], actor, at);
}

/** Runs of these acts, the newest first. */
export async function headsOf(
  pool: Pool,
  acts: readonly string[],
  page: Page,
  actor: Actor,
  at: Date,
): Promise<{ runs: BulkHead[]; next: string | null }> {
  const { rows } = await pool.query<HeadRow>({
    name: 'bulk.runs',
    text: `${HEADS} where b.act = any($1) and ($2::timestamptz is null or (b.at, b.id) < ($2, $3::uuid))
           order by b.at desc, b.id desc limit $4`,
    values: [acts, ...keysetOf(page), page.limit + 1],
  });
  const { shown, next } = paged(rows, page, (row) => placeText(row.at, row.run));
  return { runs: shown.map((row) => seen(row, actor, at)), next };
}

function seen({ at, person, moved, over, ...rest }: HeadRow, actor: Actor, now: Date): BulkHead {
  const moves = moved !== null && now.getTime() - moved.getTime() < LEASE * 1000;
  return {
    ...rest,
    at: at.toISOString(),
    mine: person === actor.id,
    state: over ? 'done' : moves ? 'running' : 'waiting',
  };
}
