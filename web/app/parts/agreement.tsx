import type { StandingAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { list, longDate, periodText } from '../dates.ts';

import { agreement } from '../texts/agreement.ts';

/** Where a customer relationship stands, and the ways on from there (clause `k.active-12-months`). */
export function Agreement(props: { standing: StandingAnswer; statement: Statement; language: Language }) {
  const { standing, statement, language } = props;
  if (standing.state === 'none') return null;
  const words = agreement[language];
  const modules = list(standing.modules, language);
  const grace = statement.storage.resume;
  return (
    <section id="agreement" aria-labelledby="title-agreement">
      <h2 id="title-agreement" className="ds-heading" data-size="md">
        {words.title}
      </h2>
      <form method="post" className="sheet stack">
        <ol className="standing">
          {words.steps.map((step, at) => (
            <li key={step} aria-current={at === (standing.state === 'active' ? 0 : 1) ? 'step' : undefined}>
              {step}
            </li>
          ))}
        </ol>
        {standing.state === 'active' ? (
          <>
            <p>
              {words.active(longDate(standing.since, language))}{' '}
              {standing.modules.length > 0 ? words.modules(modules) : null}
            </p>
            {grace ? <p className="quiet">{words.endAbout(periodText(grace.period, language))}</p> : null}
            <div className="row">
              <button
                className="ds-button"
                data-variant="secondary"
                type="submit"
                name="intent"
                value="end-agreement"
              >
                {words.end}
              </button>
            </div>
          </>
        ) : (
          <>
            <p>
              {words.ended(longDate(standing.ended, language))}{' '}
              {words.until(longDate(standing.until, language))}{' '}
              {standing.modules.length > 0 ? words.had(modules) : null}
            </p>
            {standing.told ? <p className="quiet">{words.told(longDate(standing.told, language))}</p> : null}
            <div className="row">
              <button className="ds-button" type="submit" name="intent" value="resume-agreement">
                {words.resume}
              </button>
              <button
                className="ds-button"
                data-variant="secondary"
                type="submit"
                name="intent"
                value="leave-agreement"
              >
                {words.notInterested}
              </button>
            </div>
          </>
        )}
      </form>
    </section>
  );
}
