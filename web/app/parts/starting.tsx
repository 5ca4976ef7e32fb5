import type { Language } from '#statement/grammar.ts';
import type { Chosen } from '../company-choice.ts';
import { useStatement } from '../known.ts';
import { path } from '../paths.ts';
import { become } from '../texts/become.ts';
import { forms } from '../texts/forms.ts';
import { refusals } from '../texts/refusals.ts';
import { signUp } from '../texts/sign-up.ts';
import { Assent } from './assent.tsx';

import { ErrorSummary, type Errors, TextField } from './fields.tsx';
import { Notice } from './notice.tsx';

/** Who acts for the company: a name and an address, which the letter shows to be theirs. */
export function Starting(props: {
  chosen: Chosen;
  values: Readonly<Record<string, string | undefined>>;
  errors: Errors;
  language: Language;
}) {
  const { chosen, values, errors, language } = props;
  const { statement, version } = useStatement();
  const words = become[language];
  return (
    <div className="beside">
      <div>
        <h2 className="ds-heading" data-size="md">
          {words.whoTitle}
        </h2>
        <p>
          {words.whoText} {words.signedInAlready}
        </p>
        <form className="form" method="post" noValidate>
          <ErrorSummary errors={errors} title={refusals[language].summary} />
          <TextField
            language={language}
            name="name"
            label={words.company}
            required
            autoComplete="organization"
            value={chosen.name}
            errors={errors}
          />
          <TextField
            language={language}
            name="person"
            label={words.yourName}
            required
            autoComplete="name"
            value={values.person}
            errors={errors}
          />
          <TextField
            language={language}
            name="email"
            label={forms[language].email}
            required
            type="email"
            autoComplete="email"
            value={values.email}
            errors={errors}
          />
          <Assent text={signUp[language].assent} version={version} language={language} />
          <div className="actions">
            <button className="ds-button" type="submit" name="intent" value="start">
              {words.sendLink}
            </button>
            <a className="ds-button" data-variant="tertiary" href={path('become', language)}>
              {words.other}
            </a>
          </div>
        </form>
      </div>
      <Notice statement={statement} point="profile" language={language} />
    </div>
  );
}
