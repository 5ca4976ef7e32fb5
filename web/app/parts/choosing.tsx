import type { Language } from '#statement/grammar.ts';
import type { Search } from '../company-choice.ts';
import { path } from '../paths.ts';
import { become } from '../texts/become.ts';
import { CompanySearch } from './company-search.tsx';
import { Alert } from './fields.tsx';

/** The first step of becoming a customer: finding the company, and the way on by hand. */
export function Choosing(props: {
  search: Search | undefined;
  /** A company was chosen that is struck off. */
  closed: boolean;
  language: Language;
}) {
  const { search, closed, language } = props;
  const words = become[language];
  const here = path('become', language);
  return (
    <section aria-labelledby="title-find">
      <h2 id="title-find" className="ds-heading" data-size="md">
        {words.findTitle}
      </h2>
      <p>{words.findText}</p>
      {closed ? <Alert color="warning">{words.closed}</Alert> : null}
      {search?.away ? <Alert color="info">{words.away}</Alert> : null}
      <CompanySearch
        language={language}
        words={search?.words ?? ''}
        answer={search?.answer}
        error={search?.error}
        to={({ number }) => `${here}?${new URLSearchParams({ number })}`}
      />
      <p className="spaced">
        <a className="ds-link" href={`${here}?hand=1`}>
          {words.hand}
        </a>
      </p>
    </section>
  );
}
