import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { common } from '../texts/common.ts';

/** Messages by field name; `''` is about the form as a whole. */
export type Errors = Readonly<Record<string, string>>;

interface TextFieldProps {
  language: Language;
  name: string;
  label: string;
  required: boolean;
  type?: 'text' | 'email' | 'tel' | 'password';
  autoComplete?: string;
  hint?: string;
  value?: string | null;
  errors: Errors;
}

/**
 * One line of text, with its label, what it is for, and what is wrong with it. `required` is not given to the
 * browser, whose own message would come before ours and in a language of its choosing.
 */
export function TextField(props: TextFieldProps) {
  const { name, label, required, type = 'text', autoComplete, hint, value, errors, language } = props;
  const error = errors[name];
  const about = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className="ds-field">
      <label className="ds-label" data-weight="medium" htmlFor={name}>
        {label}{' '}
        <span className="mark-required">({common[language][required ? 'required' : 'optional']})</span>
      </label>
      {hint ? (
        <p data-field="description" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <input
        className="ds-input"
        id={name}
        name={name}
        type={type}
        autoComplete={autoComplete}
        aria-required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={about || undefined}
        defaultValue={value ?? ''}
        maxLength={type === 'password' ? 256 : 254}
        spellCheck={type === 'text' ? undefined : false}
      />
      {error ? <FieldError id={`${name}-error`} text={error} /> : null}
    </div>
  );
}

/** What is wrong with a field, beside it. */
export function FieldError({ id, text }: { id: string; text: string }) {
  return (
    <p className="ds-validation-message" data-field="validation" id={id}>
      {text}
    </p>
  );
}

/** A box to tick, never ticked beforehand by us. */
export function Checkbox(props: {
  id: string;
  name: string;
  value: string;
  label: string;
  about?: string;
  checked?: boolean;
  type?: 'checkbox' | 'radio';
  required?: boolean;
}) {
  const { id, name, value, label, about, checked, required, type = 'checkbox' } = props;
  return (
    <div className="ds-field">
      <input
        className="ds-input"
        type={type}
        id={id}
        name={name}
        value={value}
        defaultChecked={checked}
        required={required}
        aria-describedby={about ? `${id}-about` : undefined}
      />
      <label className="ds-label" data-weight="regular" htmlFor={id}>
        {label}
      </label>
      {about ? (
        <p data-field="description" id={`${id}-about`}>
          {about}
        </p>
      ) : null}
    </div>
  );
}

/** Choices of a list from words by value. */
export function choicesOf(words: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** A choice of a list; the first of them when an address says another thing. */
export function chosenOf(words: Readonly<Record<string, string>>, value: string | null): string {
  return value !== null && Object.hasOwn(words, value) ? value : Object.keys(words)[0]!;
}

/** One of a few, from a list. */
export function SelectField(props: {
  id: string;
  name: string;
  label: string;
  choices: readonly { value: string; label: string }[];
  value?: string | undefined;
  error?: string | undefined;
}) {
  const { id, name, label, choices, value, error } = props;
  return (
    <div className="ds-field">
      <label className="ds-label" data-weight="medium" htmlFor={id}>
        {label}
      </label>
      <select
        className="ds-input"
        id={id}
        name={name}
        defaultValue={value}
        data-width="auto"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {error ? <FieldError id={`${id}-error`} text={error} /> : null}
    </div>
  );
}

/** Norwegian or English, as the language of letters and pages. */
export function LanguageField({
  language,
  value,
  label,
}: {
  language: Language;
  value: string;
  label: string;
}) {
  const { languages } = common[language];
  const choices = (['nb', 'en'] as const).map((each) => ({ value: each, label: languages[each] }));
  return <SelectField id="language" name="language" label={label} choices={choices} value={value} />;
}

/** Everything that stands in the way, on top, each line a link to its field. Said aloud when the page opens. */
export function ErrorSummary({
  errors,
  title,
  anchors = {},
}: {
  errors: Errors;
  title: string;
  anchors?: Errors;
}) {
  const lines = Object.entries(errors);
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: the page was opened to say this, and a keyboard should start here
    <div className="ds-error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{title}</h2>
      <ul className="ds-list">
        {lines.map(([field, text]) => (
          <li key={field}>
            {field === '' ? (
              text
            ) : (
              <a className="ds-link" href={`#${anchors[field] ?? field}`}>
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A message at the top of a page: something was done, or could not be. */
export function Alert({
  color,
  children,
}: {
  color: 'success' | 'warning' | 'info' | 'danger';
  children: ReactNode;
}) {
  return (
    <div className="ds-alert" data-color={color} role={color === 'danger' ? 'alert' : 'status'}>
      <div>{children}</div>
    </div>
  );
}
