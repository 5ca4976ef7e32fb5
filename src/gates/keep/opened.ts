import type { ClauseId, Text } from '#statement/grammar.ts';
import { type Actor, demandPrivacy } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { append } from '../journal.ts';
import { type Leaving, openForecast } from './forecast.ts';

/** A row that leaves, with what it is in the statement's own words. */
export interface Opened extends Leaving {
  readonly what: Text;
}

/** Most rows that one look opens. */
const SHOWN = 500;

/**
 * Opens one clause of the forecast for whoever looks after privacy: rows by number and date, soonest first. The look is
 * journalled on nobody, because no value of anybody is in it. Asks nothing of the clause: one without rows has none.
 */
export async function openClause(
  engine: Engine,
  clause: ClauseId,
  actor: Actor,
  now: Date,
  days: number,
): Promise<{ clause: ClauseId; days: number; rows: Opened[]; more: boolean }> {
  demandPrivacy(actor);
  const rows = await openForecast(engine, clause, now, { days, limit: SHOWN + 1 });
  await append(engine.pools.of('collect'), [
    {
      gate: 'keep',
      act: 'forecast',
      actor: actor.kind,
      actorId: actor.id,
      purpose: 'accountability',
      statement: engine.statement.version,
      at: now,
    },
  ]);
  const words = wordsOf(engine);
  return {
    clause,
    days,
    rows: rows.slice(0, SHOWN).map((row) => ({ ...row, what: words.get(row.table)! })),
    more: rows.length > SHOWN,
  };
}

/** What the rows of each table are: the first category that it holds, as the statement calls it. */
function wordsOf({ map, statement }: Engine): Map<string, Text> {
  return new Map(
    map.tables.map(({ name, columns }) => {
      const category = columns.find(
        (column) => column.category !== 'none' && column.category !== 'record.person',
      )?.category;
      return [name, statement.categories[category ?? '']?.label ?? { nb: name, en: name }];
    }),
  );
}
