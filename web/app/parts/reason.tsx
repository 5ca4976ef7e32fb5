import type { Language } from '#statement/grammar.ts';
import { consoleTexts } from '../texts/console.ts';
import { people } from '../texts/people.ts';
import { choicesOf, SelectField } from './fields.tsx';

/** Why staff look, of the closed list; the person reads it in their log. */
export function ReasonField({ language, value }: { language: Language; value?: string }) {
  return (
    <SelectField
      id="reason"
      name="reason"
      label={consoleTexts[language].reasonLabel}
      choices={choicesOf(people[language].reasons)}
      value={value}
    />
  );
}
