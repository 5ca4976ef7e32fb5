import type { Language } from '#statement/grammar.ts';
import { consoleTexts } from '../texts/console.ts';
import { people } from '../texts/people.ts';

/** Why staff look, of the closed list; the person reads it in their log. */
export function ReasonField({ language, value }: { language: Language; value?: string }) {
  return (
    <div className="ds-field">
      <label className="ds-label" data-weight="medium" htmlFor="reason">
        {consoleTexts[language].reasonLabel}
      </label>
      <select className="ds-input" id="reason" name="reason" defaultValue={value} data-width="auto">
        {Object.entries(people[language].reasons).map(([reason, words]) => (
          <option key={reason} value={reason}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
