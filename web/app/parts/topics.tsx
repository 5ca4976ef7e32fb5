import type { TopicsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { Checkbox, FieldError } from './fields.tsx';

/** Topics to tick, and what each is about. */
export function Topics(props: {
  topics: TopicsAnswer['topics'];
  chosen: readonly string[];
  legend: string;
  hint?: string;
  error?: string;
  language: Language;
}) {
  const { topics, chosen, legend, hint, error, language } = props;
  return (
    <fieldset
      className="ds-fieldset"
      id="topics"
      tabIndex={-1}
      aria-describedby={error ? 'topics-error' : undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className="ds-label" data-weight="medium">
        {legend}
      </legend>
      {hint ? <p data-field="description">{hint}</p> : null}
      <div className="choices">
        {topics.map((topic) => (
          <Checkbox
            key={topic.id}
            id={`topic-${topic.id}`}
            name="topics"
            value={topic.id}
            label={topic.label[language]}
            about={topic.about[language]}
            checked={chosen.includes(topic.id)}
          />
        ))}
      </div>
      {error ? <FieldError id="topics-error" text={error} /> : null}
    </fieldset>
  );
}
