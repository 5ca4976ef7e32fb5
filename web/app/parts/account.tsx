import type { ErasurePreview } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { erase } from '../texts/erase.ts';
import { ClauseLink } from './notice.tsx';
import { Table } from './table.tsx';

/** What an erasure takes; what it leaves, why, and until when (GDPR art. 17(3)). */
export function ErasureAccount({ account, language }: { account: ErasurePreview; language: Language }) {
  const words = erase[language];
  const goes = account.goes.filter((each) => each.count > 0);
  return (
    <>
      <section aria-labelledby="title-goes">
        <h2 id="title-goes" className="ds-heading" data-size="sm">
          {words.goesTitle}
        </h2>
        <p>{goes.length === 0 ? words.nothingGoes : words.goesText}</p>
        {goes.length > 0 ? (
          <Table
            caption={words.goesTitle}
            head={words.goesHead}
            rows={goes.map((each) => [each.label[language], String(each.count)])}
          />
        ) : null}
      </section>
      <section className="spaced" aria-labelledby="title-stays">
        <h2 id="title-stays" className="ds-heading" data-size="sm">
          {words.staysTitle}
        </h2>
        <p>{account.stays.length === 0 ? words.nothingStays : words.staysText}</p>
        {account.stays.length > 0 ? (
          <Table
            caption={words.staysTitle}
            head={words.staysHead}
            rows={account.stays.map((each) => [
              each.what[language],
              <ClauseLink key="why" clause={each.clause} text={each.why[language]} language={language} />,
              each.until ? longDate(each.until, language) : words.noDate,
            ])}
          />
        ) : null}
      </section>
    </>
  );
}
