import { ident, tableIdent } from '#platform/database.ts';
import { after, osloDate } from '#statement/period.ts';
import { FISCAL_YEAR_ENDED } from '#statement/rules.ts';
import { type Actor, demandPurpose } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { append } from '../journal.ts';
import { archives, type Content, openRecord } from './shelf.ts';

/** An archived record as bookkeeping sees it. */
export interface ArchivedRecord {
  readonly person: string;
  readonly id: string;
  readonly category: string;
  readonly content: Content;
  /** Last day of the fiscal year that it belongs to, and the day it leaves; calendar dates in Oslo. */
  readonly fiscalYear: string;
  readonly leaves: string;
}

/**
 * The records of one fiscal year, or all of them, for whoever keeps the books or controls them (bokføringsloven § 13):
 * read under the purpose's own role, by kind and then by number. Each person looked at has the look in their log before
 * anything is answered. Refuses an actor without the purpose.
 */
export async function archivedRecords(
  engine: Engine,
  { fiscalYear }: { fiscalYear?: string },
  actor: Actor,
  at: Date,
): Promise<ArchivedRecord[]> {
  const found: ArchivedRecord[] = [];
  for (const archive of archives(engine.map, engine.statement)) {
    const { table, category, purpose, named } = archive;
    demandPurpose(actor, purpose);
    const content = table.columns.find((column) => column.category === category)!.name;
    const { rows } = await engine.pools.of(purpose).query<{
      person: string;
      id: string;
      shelf: string;
      content: Buffer;
      year: Date;
    }>(
      `select ${ident(table.subject)} as person, id, shelf, ${ident(content)} as content, ${ident(table.clocks[FISCAL_YEAR_ENDED]!)} as year
         from ${tableIdent(table.name)} order by year, id`,
    );
    const mine = rows.filter(({ year }) => fiscalYear === undefined || lastDay(year) === fiscalYear);
    const keys = await engine.keys.shelves.of([...new Set(mine.map(({ shelf }) => shelf))]);
    const open = mine.filter(({ shelf }) => keys.has(shelf));
    await append(
      engine.pools.of('collect'),
      [...new Set(open.map(({ person }) => person))].map((person) => ({
        gate: 'use' as const,
        act: 'archive',
        person,
        actor: actor.kind,
        actorId: actor.id,
        purpose,
        statement: engine.statement.version,
        at,
      })),
    );
    for (const { person, id, shelf, content: sealed, year } of open)
      found.push({
        person,
        id,
        category,
        content: openRecord(archive, keys.get(shelf)!, { person, id, content: sealed }),
        fiscalYear: lastDay(year),
        leaves: osloDate(after(year, named.rule.period)),
      });
  }
  return found;
}

const lastDay = (yearEnded: Date) => osloDate(new Date(yearEnded.getTime() - 1));
