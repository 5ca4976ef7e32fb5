import type { LevelAnswer, LevelsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { accessTexts } from '../texts/client-access.ts';
import { AskOnce } from './ask-once.tsx';
import { Boxes } from './boxes.tsx';
import { type Errors, FieldError } from './fields.tsx';

type Rights = LevelsAnswer['rights'];

/** What was written in the form of one level, where it came back. */
export interface Written {
  name: string;
  rights: readonly string[];
  errors: Errors;
}

/** One level and what it gives the right to do; a company's own can be changed and deleted by whoever manages levels. */
export function LevelCard(props: {
  level: LevelAnswer;
  rights: Rights;
  /** Rights that whoever looks can give; none where they do not manage levels. */
  givable: Rights;
  written: Written | undefined;
  language: Language;
}) {
  const { level, rights, givable, written, language } = props;
  const words = accessTexts[language];
  const name = level.name[language];
  const has = rights.filter(({ right }) => level.rights.includes(right));
  const hidden = level.rights.filter((right) => !givable.some((each) => each.right === right));
  return (
    <li className="item">
      <div className="item-head">
        <h3 className="item-value">{name}</h3>
        <p className="quiet small">{words.users(level.users)}</p>
      </div>
      {has.length === 0 ? (
        <p className="quiet">{words.nothing}</p>
      ) : (
        <ul className="rights">
          {has.map(({ right, label }) => (
            <li key={right}>{label[language]}</li>
          ))}
        </ul>
      )}
      {level.custom && givable.length > 0 ? (
        <div className="row">
          <details className="traces" open={written !== undefined}>
            <summary aria-label={words.changeLabel(name)}>{words.change}</summary>
            <LevelForm
              id={level.level}
              rights={givable}
              written={written ?? { name, rights: level.rights, errors: {} }}
              intent="change"
              go={words.save}
              kept={hidden}
              language={language}
            />
          </details>
          <AskOnce
            title={words.remove}
            label={words.removeLabel(name)}
            text={words.removeText}
            go={words.removeGo}
            intent="remove"
            about={{ level: level.level }}
          />
        </div>
      ) : null}
    </li>
  );
}

/** Name and rights of a level. Rights it has that whoever writes lacks are `kept` as they are. */
export function LevelForm(props: {
  id: string;
  rights: Rights;
  written: Written;
  intent: string;
  go: string;
  kept?: readonly string[];
  language: Language;
}) {
  const { id, rights, written, intent, go, kept = [], language } = props;
  const words = accessTexts[language];
  const nameError = written.errors.levelName;
  return (
    <form className="form" method="post" noValidate>
      <input type="hidden" name="level" value={id} />
      {kept.map((right) => (
        <input key={right} type="hidden" name="rights" value={right} />
      ))}
      <div className="ds-field">
        <label className="ds-label" data-weight="medium" htmlFor={`${id}-name`}>
          {words.name}
        </label>
        <input
          className="ds-input"
          id={`${id}-name`}
          name="name"
          defaultValue={written.name}
          maxLength={100}
          autoComplete="off"
          aria-required
          aria-invalid={nameError ? true : undefined}
          aria-describedby={nameError ? `${id}-name-error` : undefined}
        />
        {nameError ? <FieldError id={`${id}-name-error`} text={nameError} /> : null}
      </div>
      <Boxes
        id={`${id}-rights`}
        name="rights"
        legend={words.rights}
        hint={words.rightsHint}
        choices={rights.map(({ right, label }) => ({ value: right, label: label[language] }))}
        chosen={written.rights}
        error={written.errors.rights}
      />
      <button className="ds-button" type="submit" name="intent" value={intent}>
        {go}
      </button>
    </form>
  );
}
