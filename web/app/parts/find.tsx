import type { AccountsFound } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { shortDate } from '../dates.ts';
import type { Finding } from '../finding.ts';
import { path } from '../paths.ts';
import { consoleTexts } from '../texts/console.ts';
import { consoleClientTexts } from '../texts/console-clients.ts';
import { people as peopleTexts } from '../texts/people.ts';
import { refusals } from '../texts/refusals.ts';
import { spaced } from './company-words.ts';
import { Alert, ErrorSummary, TextField } from './fields.tsx';
import { ReasonField } from './reason.tsx';

/** The one box by which staff find a person or a client; `guards` are asked why they look. */
export function Find(props: { sent?: Finding | undefined; guards: boolean; language: Language }) {
  const { sent, guards, language } = props;
  const words = consoleTexts[language];
  const errors = sent?.errors ?? {};
  return (
    <section className="spaced sheet" aria-labelledby="title-find">
      <h2 id="title-find" className="ds-heading" data-size="xs">
        {words.findTitle}
      </h2>
      <p>{words.findText}</p>
      <form className="form" method="post" action={path('console', language)} noValidate>
        <ErrorSummary
          errors={errors}
          title={refusals[language].summary}
          anchors={{ email: 'address', phone: 'address', name: 'address', number: 'address' }}
        />
        <TextField
          language={language}
          name="address"
          label={words.address}
          required
          value={sent?.address}
          autoComplete="off"
          errors={errors}
        />
        {guards ? <ReasonField language={language} value={sent?.reason} /> : null}
        <button className="ds-button" type="submit">
          {words.find}
        </button>
      </form>
      {sent?.nobody ? (
        <div className="spaced">
          <Alert color="info">{words.nobody}</Alert>
        </div>
      ) : null}
      {sent && sent.count > 0 ? (
        <div className="stack spaced">
          <p>{words.several(sent.count)}</p>
          <ul className="ds-list">
            {sent.people.map((one) => (
              <li key={one.person}>
                <a className="ds-link" href={path('consolePerson', language, { id: one.person })}>
                  {one.name ?? peopleTexts[language].nameless}
                </a>{' '}
                {[one.company, one.place, one.email].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {sent && sent.clients.length > 0 ? (
        <div className="stack spaced">
          <p>{words.severalClients(sent.clients.length)}</p>
          <Clients clients={sent.clients} language={language} />
        </div>
      ) : null}
    </section>
  );
}

/** The same box in a row above a list; what it finds is shown on the page of the box itself. */
export function FindRow({ guards, language }: { guards: boolean; language: Language }) {
  const words = consoleTexts[language];
  return (
    <search>
      <form className="filters find-row" method="post" action={path('console', language)} noValidate>
        <div className="ds-field">
          <label className="ds-label" data-weight="medium" htmlFor="address">
            {words.findTitle}
          </label>
          <input
            className="ds-input"
            id="address"
            name="address"
            autoComplete="off"
            maxLength={254}
            placeholder={words.address}
          />
        </div>
        {guards ? <ReasonField language={language} /> : null}
        <button className="ds-button" data-variant="secondary" type="submit">
          {words.find}
        </button>
      </form>
    </search>
  );
}

/** Clients in a few words each, leading to them. */
export function Clients({ clients, language }: { clients: AccountsFound['found']; language: Language }) {
  const words = consoleClientTexts[language];
  return (
    <ul className="ds-list">
      {clients.map(({ account, company, since, until }) => (
        <li key={account}>
          <a className="ds-link" href={path('consoleClient', language, { account })}>
            {company.name || words.nameless}
          </a>{' '}
          {[
            spaced(company.number),
            company.place,
            since && words.ofSince(shortDate(since, language)),
            until && words.ofUntil(shortDate(until, language)),
          ]
            .filter(Boolean)
            .join(', ')}
        </li>
      ))}
    </ul>
  );
}
