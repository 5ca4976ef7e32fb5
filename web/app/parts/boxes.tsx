import { Checkbox, FieldError } from './fields.tsx';

/** Boxes of one question, of which as many are ticked as one likes, and what is wrong with the answer. */
export function Boxes(props: {
  id: string;
  name: string;
  choices: readonly { value: string; label: string; about?: string }[];
  chosen: readonly string[];
  legend: string;
  hint?: string;
  error?: string;
}) {
  const { id, name, choices, chosen, legend, hint, error } = props;
  return (
    <fieldset
      className="ds-fieldset"
      id={id}
      tabIndex={-1}
      aria-describedby={error ? `${id}-error` : undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className="ds-label" data-weight="medium">
        {legend}
      </legend>
      {hint ? <p data-field="description">{hint}</p> : null}
      <div className="choices">
        {choices.map(({ value, label, about }) => (
          <Checkbox
            key={value}
            id={`${id}-${value}`}
            name={name}
            value={value}
            label={label}
            about={about}
            checked={chosen.includes(value)}
          />
        ))}
      </div>
      {error ? <FieldError id={`${id}-error`} text={error} /> : null}
    </fieldset>
  );
}
