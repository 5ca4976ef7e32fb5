import type { ReactNode } from 'react';
import type { CompanyHit, CompanySource } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime, longDate } from '../dates.ts';
import { companyTexts } from '../texts/company.ts';
import { placeName, spaced } from './company-words.ts';

type Facts = Pick<CompanyHit, 'number' | 'form' | 'place' | 'industry' | 'employees' | 'state' | 'since'> & {
  readonly founded?: string | null;
};

/** What a register says of a company: each value with where it is from and when, and what it does not say as not said. */
export function CompanyFacts(props: {
  company: Facts;
  source: Pick<CompanySource, 'fetchedAt'>;
  language: Language;
}) {
  const { company, source, language } = props;
  const texts = companyTexts[language];
  const { place, form, industry } = company;
  const postal = [place.postalCode, placeName(place.place)].filter(Boolean).join(' ');
  const from = `${texts.units}, ${texts.fetched(longDate(source.fetchedAt, language))}`;
  const facts: [name: string, value: ReactNode][] = [
    [texts.number, spaced(company.number)],
    [texts.form, norwegian(`${form.label} (${form.code})`)],
    [
      texts.state,
      company.since === null
        ? texts.states[company.state]
        : texts.since(texts.states[company.state], longDate(company.since, language)),
    ],
    ...(postal === '' ? [] : [[texts.place, postal] as [string, ReactNode]]),
    [texts.municipality, placeName(place.municipality)],
    [texts.industry, industry && norwegian(`${industry.label} (${industry.code})`)],
    [texts.employees, company.employees?.replace('-', '–')],
    ...(company.founded === undefined
      ? []
      : [[texts.founded, company.founded && longDate(company.founded, language)] as [string, ReactNode]]),
  ];
  return (
    <dl className="company-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value ?? <span className="quiet">{texts.unknown}</span>}
            <span className="company-from">{from}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The register's own words are Norwegian on every page. */
function norwegian(text: string): ReactNode {
  return <span lang="nb">{text}</span>;
}

/** Whose data it is and under which licence, wherever it shows (NLOD 2.0); and a warning where it is older than it should be. */
export function Source({ source, language }: { source: CompanySource; language: Language }) {
  const texts = companyTexts[language];
  return (
    <div className="company-source quiet small">
      {source.stale ? (
        <p>
          <strong>{texts.stale(dateAndTime(source.fetchedAt, language))}</strong>
        </p>
      ) : null}
      <p>
        {texts.source(source.name)}{' '}
        <a className="ds-link" href={source.licence.url} rel="license noreferrer">
          {source.licence.name}
        </a>
        . {texts.changed}
      </p>
    </div>
  );
}
