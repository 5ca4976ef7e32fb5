import type { Item } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { list, longDate } from '../dates.ts';
import { lower } from '../rules.ts';
import { my } from '../texts/my.ts';

const width = 720;
const height = 64;
const edge = 14;

/** Items by the date they leave, nearest first; those without a date are left out. */
export function departures(items: readonly Item[]): { date: string; items: Item[] }[] {
  const byDate = new Map<string, Item[]>();
  for (const item of items) {
    if (item.expires) byDate.set(item.expires, [...(byDate.get(item.expires) ?? []), item]);
  }
  return [...byDate]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([date, due]) => ({ date, items: due }));
}

/**
 * When things leave: a line of time from today, and the same as a list, which is what screen readers get. The line is
 * drawn by the square root of the days, so that what leaves next week and what leaves in five years both have room.
 */
export function Timeline({
  items,
  today,
  language,
}: {
  items: readonly Item[];
  today: string;
  language: Language;
}) {
  const words = my[language];
  const due = departures(items);
  const last = due.at(-1);
  if (!last) return null;
  const days = (date: string) => Math.max(0, (Date.parse(date) - Date.parse(today)) / 86_400_000);
  const span = Math.sqrt(days(last.date)) || 1;
  const at = (date: string) => edge + (Math.sqrt(days(date)) / span) * (width - 2 * edge);
  return (
    <figure className="timeline">
      <figcaption>
        <strong>{words.timelineTitle}</strong>{' '}
        <span className="quiet">{words.timelineAbout(due.length, longDate(last.date, language))}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <path className="timeline-ground" d={`M${edge} 46H${width - edge}`} />
        <path className="timeline-today" d={`M${edge} 30V54`} />
        {due.map(({ date, items: leaving }) => (
          <g key={date}>
            <path className="timeline-stem" d={`M${at(date)} 46V26`} />
            <circle className="timeline-dot" cx={at(date)} cy="22" r={5 + Math.min(7, leaving.length)} />
          </g>
        ))}
      </svg>
      <ol className="timeline-list">
        {due.map(({ date, items: leaving }) => (
          <li key={date}>
            <strong>{longDate(date, language)}</strong> <span>{names(leaving, language)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** What leaves, each kind named once: «Navn, sted og språk». */
function names(items: readonly Item[], language: Language): string {
  const text = list([...new Set(items.map((item) => lower(item.label[language])))], language);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
