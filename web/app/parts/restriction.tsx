import type { AccessAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { my } from '../texts/my.ts';
import { Checkbox } from './fields.tsx';

/** Restriction (GDPR art. 18): the grounds to choose from, or the one in force and the way to lift it. */
export function Restriction(props: {
  restricted: AccessAnswer['restricted'];
  statement: Statement;
  language: Language;
}) {
  const { restricted, statement, language } = props;
  const words = my[language];
  const onward = Object.entries(statement.purposes).filter(([, purpose]) => purpose.duringRestriction);
  return (
    <section id="limits" aria-labelledby="title-limits">
      <h2 id="title-limits" className="ds-heading" data-size="md">
        {words.limits}
      </h2>
      {restricted ? (
        <form method="post" className="sheet stack">
          <p>
            {words.restrictedSince(longDate(restricted.since, language))} {words.restrictedReason}:{' '}
            {words.restrictReasons[restricted.reason] ?? restricted.reason}.
          </p>
          <button className="ds-button" type="submit" name="intent" value="lift-restriction">
            {words.lift}
          </button>
        </form>
      ) : (
        <form method="post" className="sheet form">
          <fieldset className="ds-fieldset">
            <legend>{words.restrictText}</legend>
            <div className="choices">
              {Object.entries(words.restrictReasons).map(([reason, text]) => (
                <Checkbox
                  key={reason}
                  id={`reason-${reason}`}
                  name="reason"
                  value={reason}
                  label={text}
                  type="radio"
                  required
                />
              ))}
            </div>
          </fieldset>
          <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="restrict">
            {words.restrict}
          </button>
        </form>
      )}
      <details className="traces">
        <summary>{words.whileRestricted}</summary>
        <dl className="onward">
          {onward.map(([id, purpose]) => (
            <div key={id}>
              <dt>{purpose.label[language]}</dt>
              <dd>{purpose.duringRestriction?.[language]}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
