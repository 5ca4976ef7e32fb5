/** Looks up what the statement says, in words: the pages hold no period, ground or recipient of their own. */
import type { Basis, CategoryId, Language, PurposeId, Statement, StorageRule } from '#statement/grammar.ts';
import { list, periodText } from './dates.ts';
import { common } from './texts/common.ts';

/** The legal basis in plain words with its article: «Avtalen med deg (personvernforordningen art. 6 nr. 1 bokstav b)». */
export function basisText(basis: Basis, language: Language): string {
  const words = common[language];
  return `${words.basis[basis]} (${words.article(basis.slice(-1))})`;
}

/** A storage rule as a stretch of time: «12 måneder etter at du sist brukte profilen», «til du meldte deg av». */
export function span(statement: Statement, rule: StorageRule, language: Language): string {
  const from = statement.clocks[rule.clock]?.label[language] ?? '';
  if (isAtOnce(rule.period)) return `${{ nb: 'til', en: 'until' }[language]} ${from}`;
  return `${periodText(rule.period, language)} ${{ nb: 'etter at', en: 'after' }[language]} ${from}`;
}

/** The rules that say how long a purpose keeps what it asked for, the shortest account of each clause. */
export function rulesFor(
  statement: Statement,
  purpose: PurposeId,
  categories: readonly CategoryId[],
): StorageRule[] {
  return Object.values(statement.storage).filter(
    (rule) =>
      rule.purposes.includes(purpose) &&
      (rule.categories === undefined || rule.categories.some((category) => categories.includes(category))),
  );
}

/** Names of categories inside a sentence: «navn, e-postadresse og sted». */
export function categoryNames(statement: Statement, ids: readonly CategoryId[], language: Language): string {
  return list(
    ids.map((id) => lower(categoryLabel(statement, id, language))),
    language,
  );
}

/** The name of a category, as forms ask for it. */
export function categoryLabel(statement: Statement, id: CategoryId, language: Language): string {
  return statement.categories[id]?.label[language] ?? id;
}

/** A label inside a sentence: `Navn` is `navn`, while `IP-adresse` stays. */
export function lower(label: string): string {
  return /^\p{Lu}(?=[\p{Ll}\s-])/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** True for `P0D`: the period is over the moment its clock is set. */
export function isAtOnce(period: string): boolean {
  return !/[1-9]/.test(period);
}
