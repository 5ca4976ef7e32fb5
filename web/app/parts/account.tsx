import type { ErasurePreview } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { erase } from '../texts/erase.ts';
import { ClauseLink } from './notice.tsx';
import { Table } from './table.tsx';

/** What an erasure takes, or took; what it leaves, why, and until when (GDPR art. 17(3)). */
export function ErasureAccount(props: { account: ErasurePreview; language: Language; done?: boolean }) {
  const { account, language, done } = props;
  const words = erase[language];
  const [goesTitle, staysTitle] = done
    ? [words.goneTitle, words.leftTitle]
    : [words.goesTitle, words.staysTitle];
  const goes = account.goes.filter((each) => each.count > 0);
  return (
    <>
      <section aria-labelledby="title-goes">
        <h2 id="title-goes" className="ds-heading" data-size="sm">
          {goesTitle}
        </h2>
        <p>{goes.length === 0 ? words.nothingGoes : done ? words.goneText : words.goesText}</p>
        {goes.length > 0 ? (
          <Table
            caption={goesTitle}
            head={words.goesHead}
            figures={[1]}
            rows={goes.map((each) => [each.label[language], String(each.count)])}
          />
        ) : null}
      </section>
      <section className="spaced" aria-labelledby="title-stays">
        <h2 id="title-stays" className="ds-heading" data-size="sm">
          {staysTitle}
        </h2>
        <p>
          {account.stays.length === 0 ? (done ? words.nothingLeft : words.nothingStays) : words.staysText}
        </p>
        {account.stays.some((each) => each.count) ? <p>{words.archive}</p> : null}
        {account.stays.length > 0 ? (
          <Table
            caption={staysTitle}
            head={words.staysHead}
            rows={account.stays.map((each) => [
              each.count ? `${each.what[language]} (${each.count})` : each.what[language],
              <ClauseLink key="why" clause={each.clause} text={each.why[language]} language={language} />,
              each.until ? untilText(each.until, each.count, language) : words.noDate,
            ])}
          />
        ) : null}
      </section>
    </>
  );
}

/** Of several records the date is that of the last to leave. */
function untilText(date: string, count: number | undefined, language: Language): string {
  const said = longDate(date, language);
  return count && count > 1 ? erase[language].last(said) : said;
}
