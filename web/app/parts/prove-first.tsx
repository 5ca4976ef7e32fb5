import type { Language } from '#statement/grammar.ts';
import { confirmFrom } from '../paths.ts';
import { signingIn } from '../texts/signing-in.ts';
import { Alert } from './fields.tsx';

/** In place of a form that only who has just shown who they are may fill in. `href` leads there and back. */
export function ProveBefore({ text, href, language }: { text: string; href: string; language: Language }) {
  return (
    <>
      <p>{text}</p>
      <p>
        <a className="ds-button" href={href}>
          {signingIn[language].proveBeforeGo}
        </a>
      </p>
    </>
  );
}

/**
 * Above a form that was filled in and came too late: who it is must be shown anew first. In a tab of its own, so that what
 * was written stays where it is, and is sent again from there.
 */
export function ProveFirst({ back, language }: { back: string; language: Language }) {
  const words = signingIn[language];
  return (
    <Alert color="warning">
      {words.proveFirst}{' '}
      <a className="ds-link" href={confirmFrom(back)} target="_blank" rel="noopener">
        {words.proveFirstGo}
      </a>
    </Alert>
  );
}
