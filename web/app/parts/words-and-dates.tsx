import type { Language } from '#statement/grammar.ts';
import { common } from '../texts/common.ts';
import { type Errors, FieldError } from './fields.tsx';

interface Props {
  language: Language;
  /** The field's name; its id too, unless the page has several forms of the kind. */
  name: string;
  id?: string;
  label: string;
  hint?: string;
  required?: boolean;
  value?: string | null;
  errors: Errors;
}

/** Words of several lines. */
export function WordsField(props: Props & { rows: number }) {
  return (
    <Framed {...props}>
      {(about) => (
        <textarea
          className="ds-input"
          id={props.id ?? props.name}
          name={props.name}
          rows={props.rows}
          maxLength={2000}
          aria-required={props.required}
          aria-invalid={props.errors[props.name] ? true : undefined}
          aria-describedby={about}
          defaultValue={props.value ?? ''}
        />
      )}
    </Framed>
  );
}

/** A calendar date, which the browser writes as its owner is used to. */
export function DateField(props: Props) {
  return (
    <Framed {...props}>
      {(about) => (
        <input
          className="ds-input"
          type="date"
          id={props.id ?? props.name}
          name={props.name}
          data-width="auto"
          aria-invalid={props.errors[props.name] ? true : undefined}
          aria-describedby={about}
          defaultValue={props.value ?? ''}
        />
      )}
    </Framed>
  );
}

function Framed({
  language,
  name,
  id = name,
  label,
  hint,
  required = false,
  errors,
  children,
}: Props & { children: (about: string | undefined) => React.ReactNode }) {
  const error = errors[name];
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="ds-field">
      <label className="ds-label" data-weight="medium" htmlFor={id}>
        {label}{' '}
        <span className="mark-required">({common[language][required ? 'required' : 'optional']})</span>
      </label>
      {hint ? (
        <p data-field="description" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children(about || undefined)}
      {error ? <FieldError id={`${id}-error`} text={error} /> : null}
    </div>
  );
}
