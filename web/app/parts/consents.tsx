import type { AccessAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { dateAndTime, longDate } from '../dates.ts';
import { path } from '../paths.ts';
import { my } from '../texts/my.ts';
import { purposeLabel } from './items.tsx';
import { Table } from './table.tsx';

/** What a person has said yes and no to, in the words they saw; the receipts; the statements they were shown. */
export function Consents(props: { access: AccessAnswer; statement: Statement; language: Language }) {
  const { access, statement, language } = props;
  const words = my[language];
  return (
    <section id="proofs" aria-labelledby="title-proofs">
      <h2 id="title-proofs" className="ds-heading" data-size="md">
        {words.proofs}
      </h2>
      {access.history.length === 0 ? (
        <p>{words.consentsNone}</p>
      ) : (
        <Table
          caption={words.history}
          head={words.historyHead}
          rows={access.history.map((event) => [
            dateAndTime(event.at, language),
            purposeLabel(statement, event.purpose, language),
            words.states[event.state],
            <q key="words" lang={event.language}>
              {event.words}
            </q>,
          ])}
        />
      )}
      <div className="pair">
        {access.receipts.length > 0 ? (
          <div>
            <h3 className="ds-heading" data-size="2xs">
              {words.receipts}
            </h3>
            <ul className="ds-list">
              {access.receipts.map((receipt) => (
                <li key={receipt.id}>
                  <a className="ds-link" href={path('receipt', language, { id: receipt.id })}>
                    {words.receipt[receipt.kind]}, {dateAndTime(receipt.at, language)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {access.notices.length > 0 ? (
          <div>
            <h3 className="ds-heading" data-size="2xs">
              {words.notices}
            </h3>
            <ul className="ds-list">
              {access.notices.map((told) => (
                <li key={told.statement}>{words.acceptance(told.statement, longDate(told.at, language))}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {access.acceptances.length > 0 ? (
          <div>
            <h3 className="ds-heading" data-size="2xs">
              {words.acceptances}
            </h3>
            <ul className="ds-list">
              {access.acceptances.map((shown) => (
                <li key={shown.at}>{words.acceptance(shown.statement, longDate(shown.at, language))}</li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </section>
  );
}
