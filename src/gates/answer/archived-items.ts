import type { SealKey } from '#platform/keys.ts';
import { startOfDate } from '#statement/period.ts';
import type { Ground, Item } from '../answers.ts';
import { recordText } from '../archive/book.ts';
import { archives, openRecord } from '../archive/shelf.ts';
import type { Engine } from '../engine.ts';
import { clockOfRow, groundOf } from './grounds.ts';
import { bytesOf, type Records } from './records.ts';

type Archived = Pick<
  Item,
  'id' | 'category' | 'value' | 'fields' | 'source' | 'statement' | 'collectedAt' | 'can'
> & {
  readonly grounds: Ground[];
};

/**
 * Records in the restricted archive, opened with the key of their shelf: shown with the date they leave, and nothing can
 * be done to them, since what was issued is corrected by a new one only (bokføringsloven § 10). A record whose shelf has
 * no key is gone already; keeping takes the rest of it away.
 */
export function archivedItems(
  engine: Engine,
  records: Records,
  shelves: ReadonlyMap<string, SealKey>,
): Archived[] {
  return archives(engine.map, engine.statement).flatMap((archive) => {
    const { table, category, purpose } = archive;
    const column = table.columns.find((one) => one.category === category)!;
    const place = `${table.name}.${column.name}`;
    return records[table.name]!.flatMap((row, index): Archived[] => {
      const key = shelves.get(String(row.shelf));
      if (key === undefined) return [];
      const [person, id] = [String(row[table.subject]), String(row.id)];
      const fields = openRecord(archive, key, { person, id, content: bytesOf(row[column.name]) });
      const dated = (fields.date ?? fields.begun ?? fields.begun_at)?.slice(0, 10);
      return [
        {
          id: index === 0 ? place : `${place}#${index + 1}`,
          category,
          value: recordText(category, fields),
          fields,
          source: 'observed',
          statement: engine.statement.version,
          collectedAt: dated === undefined ? '' : startOfDate(dated).toISOString(),
          grounds: [groundOf(engine, purpose, category, clockOfRow(engine, table, row, records))],
          can: [],
        },
      ];
    });
  });
}

/** The keys of every shelf that something on these people lies on. */
export function shelfKeys(engine: Engine, all: readonly Records[]): Promise<Map<string, SealKey>> {
  const shelves = archives(engine.map, engine.statement).flatMap(({ table }) =>
    all.flatMap((records) => records[table.name]!.map((row) => String(row.shelf))),
  );
  return engine.keys.shelves.of([...new Set(shelves)]);
}
