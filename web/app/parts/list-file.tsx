import type { Language } from '#statement/grammar.ts';
import { people } from '../texts/people.ts';
import { Hidden } from './press.tsx';
import { ReasonField } from './reason.tsx';

/** A whole list as a file, straight from the API, which writes it as it reads: no page holds a million people. */
export function ListFile(props: {
  from: `/${string}`;
  chosen: Readonly<Record<string, string>>;
  about: string;
  language: Language;
}) {
  const { from, chosen, about, language } = props;
  const words = people[language];
  return (
    <details className="traces">
      <summary>{words.fileTitle}</summary>
      <p>{about}</p>
      <form className="form" method="get" action={`/api/v1${from}`}>
        <Hidden of={chosen} />
        <ReasonField language={language} value="agreement" />
        <button className="ds-button" data-variant="secondary" type="submit">
          {words.fileGo}
        </button>
      </form>
    </details>
  );
}
