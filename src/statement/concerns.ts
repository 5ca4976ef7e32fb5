import type { Change } from './compare.ts';
import type { PurposeId, Statement } from './grammar.ts';

/** Whom a change concerns: everybody, or those whose data is used for some purposes. */
export type Concerned = 'everyone' | readonly PurposeId[];

/**
 * The purposes that a change is about; everybody where it is about none in particular, such as another controller or a
 * right that is gone. In doubt everybody: we would rather tell too many.
 */
export function concernedBy(change: Change, before: Statement, after: Statement): Concerned {
  const [collection = '', ...rest] = change.what.split('.');
  const path = rest.join('.');
  const both = [before, after];
  switch (collection) {
    case 'purposes': {
      const id = entryOf(path, before.purposes) ?? entryOf(path, after.purposes);
      return id === undefined || change.change === 'added' ? 'everyone' : [id];
    }
    case 'points':
      return purposesIn(both, ({ points }) => points[entryOf(path, points) ?? '']?.purpose);
    case 'storage':
      return purposesIn(both, ({ storage }) => storage[entryOf(path, storage) ?? '']?.purposes);
    case 'recipients':
      return purposesIn(both, ({ recipients }) => recipients[entryOf(path, recipients) ?? '']?.purposes);
    case 'categories':
      return purposesIn(both, (statement) => readersOf(statement, entryOf(path, statement.categories)));
    default:
      return 'everyone';
  }
}

/** Whom the material ones of many changes concern together; undefined when none of them is material. */
export function concerned(
  changes: readonly Change[],
  before: Statement,
  after: Statement,
): Concerned | undefined {
  const material = changes.filter((change) => change.material);
  if (material.length === 0) return undefined;
  const each = material.map((change) => concernedBy(change, before, after));
  if (each.includes('everyone')) return 'everyone';
  return [...new Set(each.flat())].sort();
}

/** A purpose whose standing consents a new version does not rest on, and why. */
export interface Uncovered {
  readonly purpose: PurposeId;
  readonly why: string;
}

/**
 * Purposes whose consents stop counting under a new version: what was said yes to is no longer what is done (art. 4(11)).
 * Other words for the same question are not among them: what a person agreed to is in the rules.
 */
export function uncovered(changes: readonly Change[], before: Statement, after: Statement): Uncovered[] {
  const found: Uncovered[] = [];
  for (const [id, purpose] of Object.entries(before.purposes)) {
    if (purpose.basis !== 'A6-1-a') continue;
    const why = whyUncovered(id, changes, before, after);
    if (why !== undefined) found.push({ purpose: id, why });
  }
  return found;
}

function whyUncovered(
  id: PurposeId,
  changes: readonly Change[],
  before: Statement,
  after: Statement,
): string | undefined {
  const now = Object.hasOwn(after.purposes, id) ? after.purposes[id] : undefined;
  if (now === undefined) return 'it is no longer done';
  if (now.basis !== 'A6-1-a') return 'it no longer rests on consent';
  return changes.find((change) => {
    if (!change.material) return false;
    if (change.what === 'operator.name') return true;
    const whom = concernedBy(change, before, after);
    return whom !== 'everyone' && whom.includes(id);
  })?.why;
}

/** The entry that a path leads into: ids hold dots themselves, so the longest one that fits is meant. */
function entryOf(path: string, entries: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(entries)
    .filter((id) => path === id || path.startsWith(`${id}.`))
    .sort((a, b) => b.length - a.length)[0];
}

function purposesIn(
  statements: readonly Statement[],
  find: (statement: Statement) => PurposeId | readonly PurposeId[] | undefined,
): Concerned {
  const all = statements.flatMap((statement) => find(statement) ?? []);
  return all.length === 0 ? 'everyone' : [...new Set(all)].sort();
}

/** Purposes that read a category, or for which it is asked. */
function readersOf(statement: Statement, category: string | undefined): PurposeId[] {
  if (category === undefined) return [];
  const reads = Object.entries(statement.purposes)
    .filter(([, { reads: list }]) => list.includes(category))
    .map(([id]) => id);
  const asks = Object.values(statement.points)
    .filter((point) => Object.hasOwn(point.asks, category))
    .map(({ purpose }) => purpose);
  return [...reads, ...asks];
}
