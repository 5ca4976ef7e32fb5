import type { CategoryId, Point, PointId, PurposeId, Recipient, Statement, StorageRule } from './grammar.ts';
import { after } from './period.ts';

/** A storage rule with its id in the statement. */
export interface NamedRule {
  readonly id: string;
  readonly rule: StorageRule;
}

/** Categories that some collection point asks for on behalf of a purpose, in the order they are asked. */
export function collected(statement: Statement, purpose: PurposeId): CategoryId[] {
  const asked = Object.values(statement.points)
    .filter((point) => point.purpose === purpose)
    .flatMap((point) => Object.keys(point.asks));
  return [...new Set(asked)];
}

/** Every (purpose, category) that a storage rule decides over: those it lists, or all that its purposes collect. */
export function covered(statement: Statement, rule: StorageRule): [PurposeId, CategoryId][] {
  return rule.purposes.flatMap((purpose) =>
    (rule.categories ?? collected(statement, purpose)).map((category): [PurposeId, CategoryId] => [
      purpose,
      category,
    ]),
  );
}

const indexes = new WeakMap<Statement, Map<string, NamedRule>>();

/** The one storage rule for a category kept for a purpose; undefined when the statement lets nothing be kept. */
export function ruleFor(
  statement: Statement,
  purpose: PurposeId,
  category: CategoryId,
): NamedRule | undefined {
  let index = indexes.get(statement);
  if (index === undefined) {
    index = new Map();
    for (const [id, rule] of Object.entries(statement.storage))
      for (const pair of covered(statement, rule)) index.set(pair.join(' '), { id, rule });
    indexes.set(statement, index);
  }
  return index.get(`${purpose} ${category}`);
}

/** The clock of what the bookkeeping act holds: when the fiscal year is over. */
export const FISCAL_YEAR_ENDED = 'fiscal-year-ended';

/** What a duty to keep accounts holds, each with the purpose that it is held for and its rule. */
export function heldCategories(
  statement: Statement,
): { purpose: PurposeId; category: CategoryId; named: NamedRule }[] {
  return Object.entries(statement.storage).flatMap(([id, rule]) =>
    rule.end === 'hold' && rule.clock === FISCAL_YEAR_ENDED
      ? covered(statement, rule).map(([purpose, category]) => ({ purpose, category, named: { id, rule } }))
      : [],
  );
}

/** Collection points that serve a purpose. */
export function pointsOf(statement: Statement, purpose: PurposeId): [PointId, Point][] {
  return Object.entries(statement.points).filter(([, point]) => point.purpose === purpose);
}

/** Purposes that rest on consent (art. 6(1)(a)). */
export function consentPurposes(statement: Statement): PurposeId[] {
  return Object.keys(statement.purposes).filter((id) => statement.purposes[id]!.basis === 'A6-1-a');
}

/** Whether a person can object to a purpose: its basis is article 6(1)(e) or (f), or it is marketing (art. 21). */
export function objectable(statement: Statement, purpose: PurposeId): boolean {
  const { basis, marketing = false } = statement.purposes[purpose]!;
  return marketing || basis === 'A6-1-e' || basis === 'A6-1-f';
}

/** Parties that get a category for a purpose. */
export function recipientsOf(
  statement: Statement,
  purpose: PurposeId,
  category: CategoryId,
): [string, Recipient][] {
  return Object.entries(statement.recipients).filter(
    ([, recipient]) => recipient.purposes.includes(purpose) && recipient.categories.includes(category),
  );
}

/** The fewest people that a figure kept without them may be made of, when a statement does not say. */
const FEWEST = 10;

/** The fewest people that a group may have for its number to be kept (clause `k.anonymise`). */
export function smallestGroup({ anonymising }: Statement): number {
  return anonymising?.people ?? FEWEST;
}

/** The moment a deadline of the statement is over, counted from `start`. RangeError when the statement has none by that name. */
export function deadlineAfter(statement: Statement, name: string, start: Date): Date {
  const deadline = statement.deadlines?.[name];
  if (deadline === undefined) throw new RangeError(`the statement has no deadline ${name}`);
  return after(start, deadline.period);
}
