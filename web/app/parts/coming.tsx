import type { AccessAnswer, ComingAnswer } from '#http/contract.ts';
import type { Language, Text } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { path } from '../paths.ts';
import { versionTexts } from '../texts/versions.ts';
import { Alert } from './fields.tsx';

/** Names in the query of the page that compares, as the language of its path has them. */
export const ASKED = { nb: { from: 'fra', to: 'til' }, en: { from: 'from', to: 'to' } } as const;

/** The page with two versions beside each other. */
export function comparison(from: string, to: string, language: Language): string {
  const names = ASKED[language];
  return `${path('versions', language)}?${names.from}=${from}&${names.to}=${to}`;
}

/** That another version applies from a date (clause `v.notice`); nothing when none waits. */
export function ComingBanner(props: {
  coming: ComingAnswer | null | undefined;
  current: string;
  language: Language;
}) {
  const { coming, current, language } = props;
  if (!coming) return null;
  const words = versionTexts[language];
  return (
    <Alert color="info">
      {words.coming(longDate(coming.effectiveAt, language), coming.version)}{' '}
      <a className="ds-link" href={comparison(current, coming.version, language)}>
        {words.comingLook}
      </a>
    </Alert>
  );
}

/** The question that a coming version asks of a person whose consent does not cover it, and the one press that answers. */
export function RenewalForm(props: {
  renewal: Pick<AccessAnswer['renewals'][number], 'effectiveAt' | 'answered'> & {
    words: Text;
    purpose?: string;
  };
  title?: string;
  language: Language;
}) {
  const { renewal, title, language } = props;
  const words = versionTexts[language];
  const date = longDate(renewal.effectiveAt, language);
  if (renewal.answered) return <Alert color="success">{words.renewed(date)}</Alert>;
  return (
    <form className="sheet form renewal" method="post">
      <h2 className="ds-heading" data-size="xs">
        {title ? `${words.renewTitle}: ${title}` : words.renewTitle}
      </h2>
      <p>{words.renewText(date)}</p>
      <p className="quiet">{words.renewWords}</p>
      <blockquote className="assent">{renewal.words[language]}</blockquote>
      <input type="hidden" name="language" value={language} />
      {renewal.purpose ? <input type="hidden" name="purpose" value={renewal.purpose} /> : null}
      <button className="ds-button" type="submit" name="intent" value="renew">
        {words.renew}
      </button>
    </form>
  );
}
