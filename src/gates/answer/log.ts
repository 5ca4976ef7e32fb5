import { type Actor, demandPerson } from '../actor.ts';
import type { LogAnswer } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { UNTOLD } from '../held.ts';
import { type Page, paged } from '../paging.ts';

const NEWEST: Page = { after: undefined, limit: 50 };

interface LogRow {
  id: number;
  at: Date;
  gate: string;
  act: string;
  actor: Actor['kind'];
  purpose: string | null;
  reason: string | null;
}

/** Who looked at a person and what was done, newest first. Reading one's own log is not itself logged. */
export async function log(
  engine: Engine,
  person: string,
  actor: Actor,
  page: Page = NEWEST,
): Promise<LogAnswer> {
  demandPerson(actor, person);
  const all = actor.kind !== 'person';
  const rows = await logRows(engine, person, {
    before: page.after === undefined ? Number.MAX_SAFE_INTEGER : Number(page.after),
    limit: page.limit + 1,
    all,
  });
  const { shown, next } = paged(rows, page, ({ id }) => String(id));
  const entries = shown.map(({ id, at, purpose, ...row }) => ({
    ...row,
    id: String(id),
    at: at.toISOString(),
    purpose,
    label: purpose === null ? null : (engine.statement.purposes[purpose]?.label ?? null),
  }));
  return { entries, next };
}

/** The whole log of a person as they may see it, oldest last, page by page. */
export async function* wholeLog(engine: Engine, person: string): AsyncGenerator<LogRow> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = await logRows(engine, person, { before, limit: 1000, all: false });
    yield* rows;
    if (rows.length < 1000) return;
    before = rows.at(-1)!.id;
  }
}

/** Entries of a person; `all` has those too that the law forbids telling them of. */
async function logRows(
  engine: Engine,
  person: string,
  { before, limit, all }: { before: number; limit: number; all: boolean },
): Promise<LogRow[]> {
  const { rows } = await engine.pools.of('answer').query<LogRow>({
    name: 'answer.log',
    text: `select id, at, gate, act, actor, purpose, reason from journal.entry
            where person = $1 and id < $2 and ($4 or act not like '%${UNTOLD}') order by id desc limit $3`,
    values: [person, before, limit, all],
  });
  return rows;
}
