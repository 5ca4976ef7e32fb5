import type { AcceptedDocuments } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import type { Chosen } from '../company-choice.ts';
import { useStatement } from '../known.ts';
import { path } from '../paths.ts';
import { become } from '../texts/become.ts';
import { refusals } from '../texts/refusals.ts';
import { Accepting } from './accepting.tsx';
import { Boxes } from './boxes.tsx';
import { spaced } from './company-words.ts';
import { Checkbox, ErrorSummary, type Errors, TextField } from './fields.tsx';
import { Notice } from './notice.tsx';
import { type Offered, priceOf } from './prices.tsx';

/** The last step: the company as it is to stand, the modules, and what is agreed. Sending it makes the client. */
export function Founding(props: {
  chosen: Chosen;
  offer: Offered & { versions: AcceptedDocuments };
  modules: readonly string[];
  ticked: AcceptedDocuments | undefined;
  errors: Errors;
  /** Whoever is signed in; where no name is held it is asked for. */
  who: { name: string | null; email: string };
  person: string | undefined;
  /** The register is to fill in what was written by hand. */
  complete: boolean;
  language: Language;
}) {
  const { chosen, offer, modules, ticked, errors, who, person, complete, language } = props;
  const { statement } = useStatement();
  const words = become[language];
  const field = { language, errors };
  return (
    <div className="beside">
      <div>
        <h2 className="ds-heading" data-size="md">
          {words.companyTitle}
        </h2>
        <p>
          {words.signedIn(who.name ?? who.email)} {chosen.register ? words.fromRegister : words.byHand}
        </p>
        <form className="form" method="post" noValidate>
          <ErrorSummary errors={errors} title={refusals[language].summary} />
          <input type="hidden" name="register" value={chosen.register ? 'yes' : 'no'} />
          <TextField
            {...field}
            name="name"
            label={words.company}
            required
            autoComplete="organization"
            value={chosen.name}
          />
          <TextField
            {...field}
            name="number"
            label={words.number}
            required
            hint={words.numberHint}
            value={spaced(chosen.number)}
          />
          <TextField {...field} name="place" label={words.place} required={false} value={chosen.place} />
          {chosen.register ? null : (
            <Checkbox
              id="complete"
              name="complete"
              value="yes"
              label={words.complete}
              about={words.completeHint}
              checked={complete}
            />
          )}
          {who.name === null || person !== undefined ? (
            <TextField
              {...field}
              name="person"
              label={words.yourName}
              required
              autoComplete="name"
              value={person ?? who.name}
            />
          ) : null}
          <Boxes
            id="modules"
            name="modules"
            legend={words.modulesLegend}
            hint={words.modulesHint}
            choices={offer.modules.map(({ module, label, about }) => ({
              value: module,
              label: label[language],
              about: [about[language], priceOf(offer.prices, module, language)].filter(Boolean).join(' '),
            }))}
            chosen={modules}
            error={errors.modules}
          />
          <Accepting versions={offer.versions} ticked={ticked} errors={errors} language={language} />
          <div className="actions">
            <button className="ds-button" type="submit" name="intent" value="found">
              {words.go}
            </button>
            <a className="ds-button" data-variant="tertiary" href={`${path('become', language)}?q=`}>
              {words.other}
            </a>
          </div>
        </form>
      </div>
      <Notice statement={statement} point="client" language={language} />
    </div>
  );
}
