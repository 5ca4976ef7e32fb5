import type { ForecastAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { Table } from './table.tsx';

const DAY = 86_400_000;
const width = 480;
const height = 360;
const ground = height - 4;
const gap = 6;
/** Room for the number above the tallest bar. */
const above = 24;
/** The least that can be seen: one entry among thousands is still an entry. */
const least = 3;

/** How much leaves in each week from a date on, weeks with nothing among them. */
export function weeks(forecast: ForecastAnswer, from: string): { from: string; rows: number }[] {
  const start = Date.parse(from);
  const all = Array.from({ length: Math.ceil(forecast.days / 7) }, (_, week) => ({
    from: new Date(start + week * 7 * DAY).toISOString().slice(0, 10),
    rows: 0,
  }));
  for (const { date, rows } of forecast.clauses.flatMap(({ byDay }) => byDay)) {
    // The last day of the forecast may begin a week of its own.
    const week = Math.min(all.length - 1, Math.max(0, Math.floor((Date.parse(date) - start) / (7 * DAY))));
    all[week]!.rows += rows;
  }
  return all;
}

/** What leaves, week by week: bars, and beside them the same numbers as a table, which is what screen readers get. */
export function Weeks({ all, language }: { all: { from: string; rows: number }[]; language: Language }) {
  const words = forecastTexts[language];
  const most = all.reduce((one, other) => (other.rows > one.rows ? other : one));
  const step = width / all.length;
  const tall = (rows: number) => (rows === 0 ? 0 : Math.max(least, (rows / most.rows) * (ground - above)));
  return (
    <figure className="timeline weeks">
      <figcaption>
        <strong>{words.chartTitle}</strong>{' '}
        <span className="quiet">
          {words.chartAbout(words.entries(most.rows), longDate(most.from, language))}
        </span>
      </figcaption>
      <div className="weeks-pair">
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
          {all.map(({ from, rows }, week) => (
            <g key={from}>
              <rect
                className="weeks-bar"
                x={week * step + gap / 2}
                y={ground - tall(rows)}
                width={step - gap}
                height={tall(rows)}
                rx="2"
              />
              {rows > 0 ? (
                <text className="weeks-count" x={(week + 0.5) * step} y={ground - tall(rows) - 7}>
                  {rows}
                </text>
              ) : null}
            </g>
          ))}
          <path className="timeline-ground" d={`M2 ${ground}H${width - 2}`} />
        </svg>
        <Table
          caption={words.weekCaption}
          head={words.weekHead}
          figures={[1]}
          rows={all
            .filter(({ rows }) => rows > 0)
            .map(({ from, rows }) => [longDate(from, language), String(rows)])}
        />
      </div>
    </figure>
  );
}
