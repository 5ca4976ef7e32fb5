import type { AcceptedDocuments, ClientAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { list, longDate } from '../dates.ts';
import { path } from '../paths.ts';
import { clientTexts } from '../texts/client.ts';
import { Accepting } from './accepting.tsx';
import type { Errors } from './fields.tsx';

/** The twelve months after the end of a subscription, by their last day, and the way back (clause `k.active-12-months`). */
export function ClientClock(props: {
  client: ClientAnswer;
  labelOf: (module: string) => string;
  versions: AcceptedDocuments;
  errors: Errors;
  language: Language;
}) {
  const { client, labelOf, versions, errors, language } = props;
  const { standing, me } = client;
  if (standing.state !== 'grace') return null;
  const words = clientTexts[language];
  return (
    <section className="sheet stack clock" aria-labelledby="title-clock">
      <ol className="standing">
        {words.steps.map((step, place) => (
          <li key={step} aria-current={place === 1 ? 'step' : undefined}>
            {step}
          </li>
        ))}
      </ol>
      <h2 id="title-clock" className="ds-heading" data-size="md">
        {words.clockTitle}
      </h2>
      <p>{words.clockText(longDate(standing.ended, language))}</p>
      <p className="clock-date">
        <time dateTime={standing.until}>{longDate(standing.until, language)}</time>
      </p>
      <p>
        {words.clockThen} {standing.told ? words.clockTold(longDate(standing.told, language)) : null}
      </p>
      {standing.modules.length > 0 ? (
        <p>{words.clockHad(list(standing.modules.map(labelOf), language))}</p>
      ) : null}
      {me.level === 'owner' ? (
        <form className="form" method="post" noValidate>
          <h3 className="ds-heading" data-size="xs">
            {words.resumeTitle}
          </h3>
          <Accepting versions={versions} errors={errors} language={language} />
          <button className="ds-button" type="submit" name="intent" value="resume">
            {words.resume}
          </button>
        </form>
      ) : (
        <p>{words.resumeOwner}</p>
      )}
      <p className="quiet">
        {words.sooner}{' '}
        <a className="ds-link" href={`${path('my', language)}#uses`}>
          {words.soonerGo}
        </a>
        .
      </p>
    </section>
  );
}
