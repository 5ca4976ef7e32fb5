import type { PurposeState } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { basisText } from '../rules.ts';
import { my } from '../texts/my.ts';
import { ClauseLink } from './notice.tsx';

/** What a person's data is used for, and the way to say no beside each. */
export function Purposes(props: {
  purposes: readonly PurposeState[];
  statement: Statement;
  language: Language;
}) {
  const { purposes, statement, language } = props;
  const words = my[language];
  const chosen = purposes.filter((each) => each.active || each.objection || each.consent);
  const others = purposes.filter((each) => !chosen.includes(each) && each.objectable);
  const lines = (states: readonly PurposeState[]) => (
    <ul className="purposes">
      {states.map((state) => (
        <PurposeLine key={state.purpose} state={state} statement={statement} language={language} />
      ))}
    </ul>
  );
  return (
    <>
      {lines(chosen)}
      {others.length > 0 ? (
        <details className="traces">
          <summary>{words.otherPurposes(others.length)}</summary>
          {lines(others)}
        </details>
      ) : null}
    </>
  );
}

function PurposeLine(props: { state: PurposeState; statement: Statement; language: Language }) {
  const { state, statement, language } = props;
  const words = my[language];
  const interest = statement.purposes[state.purpose]?.interest?.[language];
  const marketing = statement.purposes[state.purpose]?.marketing;
  return (
    <li className="purpose">
      <div>
        <h3 className="item-label">
          <ClauseLink clause={state.clause} text={state.label[language]} language={language} />
          {state.active ? (
            <span className="ds-tag" data-color="accent" data-size="sm">
              {words.active}
            </span>
          ) : null}
        </h3>
        <p className="purpose-basis">
          {basisText(state.basis, language)}
          {interest ? `. ${interest}` : ''}
        </p>
        {state.consent ? <p>{words.consentGiven(longDate(state.consent.since, language))}.</p> : null}
        {state.objection ? <p>{words.objected(longDate(state.objection.since, language))}.</p> : null}
      </div>
      <form method="post" className="item-acts">
        <input type="hidden" name="purpose" value={state.purpose} />
        {state.consent ? <Act intent="withdraw" text={words.withdraw} what={state.label[language]} /> : null}
        {state.objection ? (
          <Act intent="lift-objection" text={words.liftObjection} what={state.label[language]} />
        ) : null}
        {state.objectable && !state.objection && !state.consent ? (
          <Act
            intent="object"
            text={marketing ? words.objectMarketing : words.object}
            what={state.label[language]}
          />
        ) : null}
        {state.active && !state.objectable && !state.consent ? (
          <p className="quiet small">{words.noObjection}</p>
        ) : null}
      </form>
    </li>
  );
}

function Act({ intent, text, what }: { intent: string; text: string; what: string }) {
  return (
    <button
      className="ds-button"
      data-variant="secondary"
      data-size="sm"
      type="submit"
      name="intent"
      value={intent}
      aria-label={`${text}: ${what}`}
    >
      {text}
    </button>
  );
}
