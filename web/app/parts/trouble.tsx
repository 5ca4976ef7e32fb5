import type { Language } from '#statement/grammar.ts';
import { path } from '../paths.ts';
import { common } from '../texts/common.ts';
import { problems } from '../texts/problems.ts';
import { refusals } from '../texts/refusals.ts';

/** The calm page shown when a page could not be: what it means, what to do, and the code to quote. */
export function Trouble({ status, code, language }: { status: number; code: string; language: Language }) {
  const words = problems[language];
  const [title, text] = account(status, language);
  return (
    <div className="narrow page">
      <p className="eyebrow">{status}</p>
      <h1 className="ds-heading" data-size="xl">
        {title}
      </h1>
      <p className="lead">{refusals[language].codes[code] ?? text}</p>
      <p className="actions">
        <a className="ds-button" href={path('home', language)}>
          {common[language].backHome}
        </a>
        <a className="ds-button" data-variant="secondary" href={path('statement', language)}>
          {words.read}
        </a>
      </p>
      <p className="quiet">
        {words.code}: <code>{code}</code>
      </p>
    </div>
  );
}

/** Title and text for an HTTP status. */
function account(status: number, language: Language): [string, string] {
  const words = problems[language];
  if (status === 404 || status === 410) return [words.notFoundTitle, words.notFoundText];
  if (status === 401 || status === 403) return [words.forbiddenTitle, words.forbiddenText];
  if (status === 429) return [words.tooManyTitle, words.tooManyText];
  if (status === 503) return [words.unavailableTitle, words.unavailableText];
  if (status < 500) return [words.refusedTitle, words.refusedText];
  return [words.title, words.text];
}

/** Title of the page shown for a status, for the browser's tab. */
export function troubleTitle(status: number, language: Language): string {
  return account(status, language)[0];
}
