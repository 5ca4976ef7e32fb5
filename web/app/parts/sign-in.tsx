import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { forms } from '../texts/forms.ts';
import { refusals } from '../texts/refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { ErrorSummary, type Errors, TextField } from './fields.tsx';

interface Asked {
  language: Language;
  errors: Errors;
}

/** A form in which somebody says who they are, or how they will from now on: what stood in the way, the fields, and the way on or out. */
export function SignInForm(
  props: Asked & { go: string; out?: { href: string; text: string }; children: ReactNode },
) {
  const { language, errors, go, out, children } = props;
  return (
    <form className="form" method="post" noValidate>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      {children}
      <div className="actions">
        <button className="ds-button" type="submit">
          {go}
        </button>
        {out ? (
          <a className="ds-button" data-variant="tertiary" href={out.href}>
            {out.text}
          </a>
        ) : null}
      </div>
    </form>
  );
}

/** The address that somebody is known by; `username` where a password manager is to fill in both. */
export function Address(
  props: Asked & { value?: string; hint?: string; autoComplete?: 'email' | 'username' },
) {
  const { autoComplete = 'email', ...rest } = props;
  return (
    <TextField
      {...rest}
      name="email"
      label={forms[rest.language].email}
      required
      type="email"
      autoComplete={autoComplete}
    />
  );
}

/** A password, one that is had or a new one. It is never shown again. */
export function Password(
  props: Asked & { autoComplete: 'current-password' | 'new-password'; label?: string },
) {
  const { label = signIn[props.language].password, ...rest } = props;
  return <TextField {...rest} name="password" label={label} required type="password" />;
}
