import type { Language } from '#statement/grammar.ts';
import { path } from '../paths.ts';
import { signUp } from '../texts/sign-up.ts';

/**
 * What somebody acknowledges by sending a form (clause `0.acceptance`): that they have been shown this version of the
 * statement, which the form names, and nothing beyond what it says. `text` is the beginning of the sentence.
 */
export function Assent({ text, version, language }: { text: string; version: string; language: Language }) {
  const { assentVersion, assentEnd } = signUp[language];
  return (
    <p className="assent">
      <input type="hidden" name="statement" value={version} />
      {text}{' '}
      <a className="ds-link" href={path('statement', language)}>
        {assentVersion(version)}
      </a>
      . {assentEnd}
    </p>
  );
}
