import type { Item } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { fieldOf } from '../fields.ts';

/** What a person may do with a vault value: correct what they gave, and erase what nobody needs while the rest stays. */
export function can(
  { statement }: Pick<Engine, 'statement'>,
  category: string,
  purposes: readonly string[],
): Item['can'] {
  if (!/^(contact|preference)\./.test(category) || category === 'contact.lookup') return [];
  return needed({ statement }, category, purposes) ? ['correct'] : ['correct', 'erase'];
}

/** True when some collection point demands the category for a purpose that is still kept. */
export function needed(
  { statement }: Pick<Engine, 'statement'>,
  category: string,
  purposes: readonly string[],
): boolean {
  if (fieldOf(category) === 'language') return true;
  return Object.values(statement.points).some(
    (point) => purposes.includes(point.purpose) && point.asks[category] === 'required',
  );
}
