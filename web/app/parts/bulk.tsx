import type { Language } from '#statement/grammar.ts';
import { path } from '../paths.ts';
import { bulkTexts } from '../texts/bulk.ts';
import { Checkbox, SelectField } from './fields.tsx';

const FORM = 'bulk';

/** The box before a row's name, by which it is chosen for {@link BulkForm}. */
export function Choose({ id, name, language }: { id: string; name: string; language: Language }) {
  return (
    <input
      className="chosen"
      type="checkbox"
      name="row"
      value={id}
      form={FORM}
      aria-label={bulkTexts[language].choose(name)}
    />
  );
}

/**
 * Under a list: one thing to do with the rows that are ticked, with all on the page, or with all that `chosen` finds. The
 * next page says how many they are, and asks.
 */
export function BulkForm(props: {
  acts: readonly string[];
  shown: readonly string[];
  chosen: Readonly<Record<string, string>>;
  language: Language;
}) {
  const { acts, shown, chosen, language } = props;
  const words = bulkTexts[language];
  if (acts.length === 0 || shown.length === 0) return null;
  return (
    <form id={FORM} className="sheet form bulk" method="post" action={path('consoleBulk', language)}>
      <input type="hidden" name="shown" value={shown.join(' ')} />
      <input type="hidden" name="chosen" value={new URLSearchParams(chosen).toString()} />
      <h2 className="ds-heading" data-size="sm">
        {words.title}
      </h2>
      <SelectField
        id="act"
        name="act"
        label={words.act}
        choices={acts.map((act) => ({ value: act, label: words.acts[act]!.name }))}
      />
      <fieldset className="ds-fieldset">
        <legend className="ds-label" data-weight="medium">
          {words.scope}
        </legend>
        {Object.entries(words.scopes).map(([scope, label]) => (
          <Checkbox
            key={scope}
            id={`scope-${scope}`}
            name="scope"
            value={scope}
            label={label}
            type="radio"
            checked={scope === 'ticked'}
          />
        ))}
      </fieldset>
      <button className="ds-button" data-variant="secondary" type="submit">
        {words.next}
      </button>
    </form>
  );
}
