import type { ClauseId, Language, Statement, StorageRule } from '#statement/grammar.ts';
import { list } from '../dates.ts';
import { path } from '../paths.ts';
import { isAtOnce, lower, span } from '../rules.ts';
import { common } from '../texts/common.ts';
import { statementTexts } from '../texts/statement.ts';

/** The storage periods that people ask about first; a statement without one of these clauses simply shows fewer. */
const asked: readonly ClauseId[] = [
  'k.active-12-months',
  'k.behaviour-18-months',
  'k.opt-out',
  'k.bookkeeping',
];

/** The statement on half a page: who, what for, how long, who gets it, and what you can do. */
export function InShort({ statement, language }: { statement: Statement; language: Language }) {
  const words = statementTexts[language];
  const { operator, recipients, purposes } = statement;
  const names = Object.values(recipients).map((recipient) => recipient.name);
  return (
    <dl className="short">
      <div>
        <dt>{words.who}</dt>
        <dd>
          {words.whoIs(operator.name)}{' '}
          <a className="ds-link" href={`mailto:${operator.mailbox}`}>
            {operator.mailbox}
          </a>
        </dd>
      </div>
      <div>
        <dt>{words.why}</dt>
        <dd>
          {sentence(
            Object.values(purposes).map((purpose) => purpose.label[language]),
            language,
          )}
        </dd>
      </div>
      <div>
        <dt>{words.howLong}</dt>
        {asked.flatMap((clause) => {
          const rule = longest(statement, clause);
          return rule ? (
            <dd key={clause}>
              <a className="ds-link" data-color="neutral" href={`#${clause}`}>
                {statement.clauses[clause]?.title[language] ?? clause}
              </a>
              {isAtOnce(rule.period) ? '' : `: ${span(statement, rule, language)}`}
            </dd>
          ) : (
            []
          );
        })}
      </div>
      <div>
        <dt>{words.whoGets}</dt>
        <dd>{names.length === 0 ? words.nobodyGets : words.someGet(list(names, language))}</dd>
      </div>
      <div>
        <dt>{words.rights}</dt>
        <dd>
          {words.rightsText}{' '}
          <a className="ds-link" href={path('my', language)}>
            {common[language].my}
          </a>
        </dd>
      </div>
    </dl>
  );
}

/** The rule of a clause that keeps readable data longest, so that the short version never promises too much. */
function longest(statement: Statement, clause: ClauseId): StorageRule | undefined {
  const rules = Object.values(statement.storage).filter(
    (rule) => rule.clause === clause && rule.end !== 'hash',
  );
  return rules.sort((one, other) => days(other.period) - days(one.period))[0];
}

function days(period: string): number {
  const sizes = { Y: 365.25, M: 30.44, W: 7, D: 1 } as const;
  let sum = 0;
  for (const [, count, unit] of period.split('T')[0]!.matchAll(/(\d+)([YMWD])/g)) {
    sum += Number(count) * sizes[unit as keyof typeof sizes];
  }
  return sum;
}

function sentence(parts: readonly string[], language: Language): string {
  const text = list(parts.map(lower), language);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
