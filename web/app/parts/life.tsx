import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { dateOf, dayName, timeOfDay } from '../dates.ts';
import { Each } from './each.tsx';

/** One thing that happened, or will. */
export interface Happening {
  /** A moment, or a calendar date where no time of day is known. */
  at: string;
  text: ReactNode;
  /** What a life turns on, to be seen at a glance; or what is still to come. */
  weight?: 'turn' | 'coming';
}

/** What happened, day by day, in the order it is given in. */
export function Life({ happenings, language }: { happenings: readonly Happening[]; language: Language }) {
  const days = Map.groupBy(happenings, ({ at }) => dateOf(at));
  return (
    <ol className="life">
      {[...days].map(([day, of]) => (
        <li key={day}>
          <h3 className="life-day">
            <time dateTime={day}>{dayName(day, language)}</time>
          </h3>
          <ul>
            <Each
              of={of}
              as={({ at, text, weight }) => (
                <li data-weight={weight}>
                  <span className="life-time">
                    {at.length > 10 ? <time dateTime={at}>{timeOfDay(at, language)}</time> : null}
                  </span>
                  <span>{text}</span>
                </li>
              )}
            />
          </ul>
        </li>
      ))}
    </ol>
  );
}
