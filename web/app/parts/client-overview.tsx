import type { ClientAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { may } from '../client.ts';
import { type Page, path } from '../paths.ts';
import { clientTexts } from '../texts/client.ts';
import { AskOnce } from './ask-once.tsx';
import { CompletionSource } from './client-completion.tsx';
import { placeName, spaced } from './company-words.ts';
import { type Errors, TextField } from './fields.tsx';

interface Props {
  client: ClientAnswer;
  language: Language;
}

/** What whoever has just become a customer does next. */
export function NextSteps({ client, language }: Props) {
  const words = clientTexts[language];
  const { next } = words;
  const steps: [readonly string[], string, string][] = [
    [next.users, next.usersGo, path('clientUsers', language, { client: client.client })],
    [next.factor, next.factorGo, path('my', language)],
    [next.modules, next.modulesGo, path('clientModules', language, { client: client.client })],
  ];
  return (
    <section aria-labelledby="title-next">
      <h2 id="title-next" className="ds-heading" data-size="md">
        {words.nextTitle}
      </h2>
      <ol className="steps">
        {steps.map(([[title, text], go, href]) => (
          <li key={href}>
            <h3 className="ds-heading" data-size="xs">
              {title}
            </h3>
            <p>{text}</p>
            <a className="ds-link" href={href}>
              {go}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What is said of the company, and the form that corrects it. */
export function ClientFacts(
  props: Props & { values: Readonly<Record<string, string>> | undefined; errors: Errors },
) {
  const { client, values, errors, language } = props;
  const { name, number, place } = client.company;
  const words = clientTexts[language];
  const isRegisters = client.completion?.state === 'completed';
  return (
    <section aria-labelledby="title-company">
      <h2 id="title-company" className="ds-heading" data-size="md">
        {words.companyTitle}
      </h2>
      <dl className="item-facts">
        <div>
          <dt>{words.name}</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>{words.orgNumber}</dt>
          <dd>{spaced(number)}</dd>
        </div>
        <div>
          <dt>{words.place}</dt>
          <dd>{(isRegisters ? placeName(place) : place) ?? words.placeNone}</dd>
        </div>
        <div>
          <dt>{words.glance.owner}</dt>
          <dd>{client.owner?.name ?? words.nobody}</dd>
        </div>
      </dl>
      <CompletionSource client={client} language={language} />
      {client.standing.state === 'active' && may(client, 'company.change') ? (
        <details className="traces" open={values !== undefined}>
          <summary>{words.companyChange}</summary>
          <form className="form" method="post" noValidate>
            <TextField
              language={language}
              name="name"
              label={words.name}
              required
              autoComplete="organization"
              value={values?.name ?? name}
              errors={errors}
            />
            <TextField
              language={language}
              name="place"
              label={words.place}
              required={false}
              value={values?.place ?? place}
              errors={errors}
            />
            <button className="ds-button" type="submit" name="intent" value="change">
              {words.save}
            </button>
          </form>
        </details>
      ) : null}
    </section>
  );
}

/** The ways out: a copy, leaving, ending. */
export function ClientWays({ client, language }: Props) {
  const words = clientTexts[language];
  const to = (page: Page) => path(page, language, { client: client.client });
  const isOwner = client.me.level === 'owner';
  return (
    <div className="ways-out">
      {may(client, 'export') ? (
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {words.exportTitle}
          </h2>
          <p>{words.exportText}</p>
          <p>
            <a className="ds-button" data-variant="secondary" href={to('clientExport')}>
              {words.exportGo}
            </a>
          </p>
        </section>
      ) : null}
      {isOwner ? null : (
        <section className="sheet" id="leave">
          <h2 className="ds-heading" data-size="xs">
            {words.leaveTitle}
          </h2>
          <AskOnce
            title={words.leaveAsk}
            text={words.leaveText}
            go={words.leaveGo}
            intent="leave"
            about={{ person: client.me.person }}
          />
        </section>
      )}
      {may(client, 'agreement.end') ? (
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {words.endTitle}
          </h2>
          <p>{words.endText}</p>
          <p>
            <a className="ds-button" data-variant="secondary" href={to('clientEnd')}>
              {words.endGo}
            </a>
          </p>
        </section>
      ) : null}
    </div>
  );
}
