import { type Actor, demandPerson } from '../actor.ts';
import type { LogAnswer } from '../answers.ts';
import type { Engine } from '../engine.ts';

const PAGE = 50;

interface LogRow {
  id: number;
  at: Date;
  gate: string;
  act: string;
  actor: 'person' | 'staff' | 'system' | 'visitor';
  purpose: string | null;
}

/** Who looked at a person and what was done, newest first. Reading one's own log is not itself logged. */
export async function log(
  engine: Engine,
  person: string,
  actor: Actor,
  before: number | undefined,
): Promise<LogAnswer> {
  demandPerson(actor, person);
  const rows = await logRows(engine, person, before ?? Number.MAX_SAFE_INTEGER, PAGE + 1);
  const entries = rows.slice(0, PAGE).map(({ id, at, purpose, ...row }) => ({
    ...row,
    id: String(id),
    at: at.toISOString(),
    purpose,
    label: purpose === null ? null : (engine.statement.purposes[purpose]?.label ?? null),
  }));
  return { entries, next: rows.length > PAGE ? entries.at(-1)!.id : null };
}

/** The whole log of a person, oldest last, page by page. */
export async function* wholeLog(engine: Engine, person: string): AsyncGenerator<LogRow> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = await logRows(engine, person, before, 1000);
    yield* rows;
    if (rows.length < 1000) return;
    before = rows.at(-1)!.id;
  }
}

async function logRows(engine: Engine, person: string, before: number, limit: number): Promise<LogRow[]> {
  const { rows } = await engine.pools.of('answer').query<LogRow>({
    name: 'answer.log',
    text: `select id, at, gate, act, actor, purpose from journal.entry
            where person = $1 and id < $2 order by id desc limit $3`,
    values: [person, before, limit],
  });
  return rows;
}
