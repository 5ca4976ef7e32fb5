import type { ClientsAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { list, longDate, periodText } from '../dates.ts';
import { path } from '../paths.ts';
import { agreement } from '../texts/agreement.ts';

/** Where each client stands that a person uses, and the ways on from there (clause `k.active-12-months`). */
export function Agreements(props: {
  clients: ClientsAnswer['clients'];
  statement: Statement;
  language: Language;
}) {
  const { clients, statement, language } = props;
  if (clients.length === 0) return null;
  const words = agreement[language];
  return (
    <section id="agreement" aria-labelledby="title-agreement">
      <h2 id="title-agreement" className="ds-heading" data-size="md">
        {words.title}
      </h2>
      <div className="stack">
        {clients.map((client) => (
          <Agreement key={client.client} client={client} statement={statement} language={language} />
        ))}
      </div>
    </section>
  );
}

function Agreement(props: {
  client: ClientsAnswer['clients'][number];
  statement: Statement;
  language: Language;
}) {
  const { client, statement, language } = props;
  const { standing } = client;
  if (standing.state === 'none') return null;
  const words = agreement[language];
  const modules = list(standing.modules, language);
  const grace = statement.storage.resume;
  const page = path('client', language, { client: client.client });
  return (
    <form method="post" className="sheet stack">
      <h3 className="ds-heading" data-size="sm">
        {client.company.name}
      </h3>
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
          <p>
            <a className="ds-link" href={page}>
              {words.open}
            </a>
          </p>
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
            <a className="ds-button" href={page}>
              {words.resume}
            </a>
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
  );
}
