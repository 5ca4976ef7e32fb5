import type { PromisesAnswer, PublicPromise } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { promiseTexts } from '../texts/promises.ts';
import { Each } from './each.tsx';

/** How many promises hold, in a line that leads to each of them. */
export function PromisesLine({
  answer,
  language,
}: {
  answer: PromisesAnswer | undefined;
  language: Language;
}) {
  const words = promiseTexts[language];
  const checkedAt = answer?.checkedAt;
  return (
    <p className="promises-line">
      {answer && checkedAt ? (
        <>
          {answer.broken > 0 ? (
            <strong className="promise-state" data-state="broken">
              {words.brokenCount(answer.broken)}
            </strong>
          ) : null}{' '}
          {words.summary(answer.holds, answer.promises, dateAndTime(checkedAt, language))}{' '}
          {answer.notYet > 0 ? words.notYetCount(answer.notYet) : null}
        </>
      ) : (
        words.unknown
      )}{' '}
      <a className="ds-link" href="#clauses">
        {words.see}
      </a>
    </p>
  );
}

/** Whether one promise holds, in a word; opened, it tells which checks say so, what they looked at, and when. */
export function PromiseMark({ promise, language }: { promise: PublicPromise; language: Language }) {
  const words = promiseTexts[language];
  const { clause, state, checks, checkedAt, why } = promise;
  return (
    <details className="promise">
      <summary>
        <span className="ds-sr-only">{clause}: </span>
        <PromiseState state={state} language={language} />
      </summary>
      <div className="promise-told">
        {checks.length > 0 ? (
          <ul>
            <Each
              of={checks}
              as={({ title, ok, kinds, looked }) => (
                <li data-ok={ok}>
                  <span className="ds-sr-only">{words.state[ok ? 'holds' : 'broken']}: </span>
                  {title[language]}. {ok ? null : <strong>{words.brokenKinds(kinds)} </strong>}
                  {looked[language] === '' ? null : (
                    <span className="quiet">{words.counted(looked[language])}</span>
                  )}
                </li>
              )}
            />
          </ul>
        ) : null}
        {why ? <p>{words.notYet(why[language])}</p> : null}
        {state === 'unknown' ? <p>{words.unknown}</p> : null}
        {state === 'broken' ? <p>{words.told}</p> : null}
        {checkedAt ? <p className="quiet">{words.checked(dateAndTime(checkedAt, language))}</p> : null}
      </div>
    </details>
  );
}

/** The word alone, with a sign that does not rely on its colour. */
export function PromiseState({ state, language }: { state: PublicPromise['state']; language: Language }) {
  return (
    <span className="promise-state" data-state={state}>
      {promiseTexts[language].state[state]}
    </span>
  );
}
