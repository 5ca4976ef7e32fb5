import type { Language, PointId, Statement } from '#statement/grammar.ts';
import { list } from '../dates.ts';
import { path } from '../paths.ts';
import { basisText, categoryNames, rulesFor, span } from '../rules.ts';
import { common } from '../texts/common.ts';
import { forms } from '../texts/forms.ts';

/**
 * What a person must know before giving us anything at a collection point (GDPR art. 13): drawn from the rules, so
 * that it cannot say less or other than what is done.
 */
export function Notice({
  statement,
  point: id,
  language,
}: {
  statement: Statement;
  point: PointId;
  language: Language;
}) {
  const point = statement.points[id];
  const purpose = point && statement.purposes[point.purpose];
  if (!point || !purpose) return null;
  const words = forms[language].notice;
  const asked = Object.keys(point.asks);
  const must = asked.filter((category) => point.asks[category] === 'required');
  const may = asked.filter((category) => point.asks[category] === 'optional');
  const recipients = Object.values(statement.recipients).filter((each) =>
    each.purposes.includes(point.purpose),
  );
  return (
    <aside className="notice" aria-labelledby="notice-title">
      <h2 id="notice-title">{words.title}</h2>
      <dl>
        <dt>{words.what}</dt>
        <dd>{words.must(categoryNames(statement, must, language))}</dd>
        {may.length > 0 ? <dd>{words.may(categoryNames(statement, may, language))}</dd> : null}
        <dt>{words.why}</dt>
        <dd>
          <ClauseLink clause={purpose.clause} text={purpose.label[language]} language={language} />
        </dd>
        <dt>{words.basis}</dt>
        <dd>{basisText(purpose.basis, language)}</dd>
        {purpose.interest ? (
          <>
            <dt>{words.interest}</dt>
            <dd>{purpose.interest[language]}</dd>
          </>
        ) : null}
        <dt>{words.howLong}</dt>
        {rulesFor(statement, point.purpose, asked).map((rule) => (
          <dd key={rule.clause + rule.clock + rule.period}>
            <ClauseLink
              clause={rule.clause}
              text={capital(span(statement, rule, language))}
              language={language}
            />
            . {rule.why[language]}
          </dd>
        ))}
        <dt>{words.who}</dt>
        <dd>
          {recipients.length === 0
            ? words.nobody
            : words.some(
                list(
                  recipients.map((each) => each.name),
                  language,
                ),
              )}
        </dd>
        <dt>{words.without}</dt>
        <dd>{point.without[language]}</dd>
        <dt>{words.rights}</dt>
        <dd>{words.rightsText}</dd>
      </dl>
      <p>
        <a className="ds-link" href={path('statement', language)}>
          {words.more}
        </a>
      </p>
    </aside>
  );
}

/** A link to where the statement says it. */
export function ClauseLink({ clause, text, language }: { clause: string; text: string; language: Language }) {
  return (
    <a className="ds-link" data-color="neutral" href={`${path('statement', language)}#${clause}`}>
      {text}
    </a>
  );
}

/** The clause something rests on, small, by its name. */
export function ClauseTag({ clause, language }: { clause: string; language: Language }) {
  if (clause === '') return null;
  return (
    <a
      className="clause-tag"
      href={`${path('statement', language)}#${clause}`}
      aria-label={common[language].clauseLink(clause)}
    >
      {clause}
    </a>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
