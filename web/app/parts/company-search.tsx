import type { CompaniesAnswer, CompanyHit } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { companyTexts } from '../texts/company.ts';
import { Source } from './company-facts.tsx';
import { placeName, spaced } from './company-words.ts';
import { FieldError } from './fields.tsx';

interface SearchProps {
  language: Language;
  /** What was searched for; empty before anything is. */
  words: string;
  /** What came of it; absent where nothing was searched for, or it was refused. */
  answer?: CompaniesAnswer;
  /** What is wrong with what was searched for. */
  error?: string;
  /** Where a company leads. */
  to: (company: CompanyHit) => string;
}

/** A search for companies and what it found; the form sends itself to the page that it is on, by GET and without a script. */
export function CompanySearch({ language, words, answer, error, to }: SearchProps) {
  const texts = companyTexts[language];
  return (
    <search>
      <form className="company-search" method="get">
        <div className="ds-field">
          <label className="ds-label" data-weight="medium" htmlFor="q">
            {texts.query}
          </label>
          <input
            className="ds-input"
            id="q"
            name="q"
            type="search"
            autoComplete="organization"
            defaultValue={words}
            maxLength={200}
            spellCheck={false}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? 'q-error' : undefined}
          />
        </div>
        <button className="ds-button" type="submit">
          {texts.search}
        </button>
        {error ? <FieldError id="q-error" text={error} /> : null}
      </form>
      {answer ? <Results language={language} words={words} answer={answer} to={to} /> : null}
    </search>
  );
}

function Results({ language, words, answer, to }: Omit<SearchProps, 'error'> & { answer: CompaniesAnswer }) {
  const texts = companyTexts[language];
  const { companies, more, source } = answer;
  return (
    <section className="spaced" aria-labelledby="found">
      <h2 id="found" className="ds-heading" data-size="sm">
        {companies.length === 0 ? texts.none(words) : texts.found(companies.length, words)}
      </h2>
      {companies.length === 0 ? <p>{texts.noneHint}</p> : null}
      <ul className="company-hits">
        {companies.map((company) => (
          <li key={company.number}>
            <a className="company-hit" href={to(company)}>
              <strong>{company.name}</strong>
              <span className="quiet small">{aboutHit(company, language)}</span>
            </a>
          </li>
        ))}
      </ul>
      {more ? <p className="quiet">{texts.more}</p> : null}
      <Source source={source} language={language} />
    </section>
  );
}

/** What tells two companies of one name apart. */
function aboutHit(company: CompanyHit, language: Language): string {
  const { states } = companyTexts[language];
  return [
    spaced(company.number),
    company.form.label,
    placeName(company.place.place ?? company.place.municipality),
    company.industry?.label,
    company.state === 'active' ? null : states[company.state],
  ]
    .filter(Boolean)
    .join(' · ');
}
