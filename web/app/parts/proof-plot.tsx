import type { RunsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime, longDate } from '../dates.ts';
import { consoleTexts } from '../texts/console.ts';
import { Each } from './each.tsx';

const WIDTH = 720;
const HEIGHT = 170;
const LEFT = 36;
const BOTTOM = 8;
const TOP = 12;
/** A single broken promise among many must be seen: nothing broken is drawn lower than this. */
const LEAST = 5;

type Run = RunsAnswer['runs'][number];

/** How many promises held at each proof, over time: what holds from the bottom, what is broken on top of all. */
export function ProofPlot({ runs, language }: { runs: readonly Run[]; language: Language }) {
  const words = consoleTexts[language];
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return <p>{words.noRuns}</p>;
  const most = Math.max(...runs.map(({ holds, broken, notYet }) => holds + broken + notYet));
  const from = Date.parse(first.at);
  // The newest stands for as long as runs lie apart on the whole, so that it is seen too.
  const to = Math.max(from + 1, Date.parse(last.at) + (Date.parse(last.at) - from) / runs.length);
  const x = (at: number) => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT);
  const tall = (n: number) => (n / most) * (HEIGHT - TOP - BOTTOM);
  const floor = HEIGHT - BOTTOM;
  // What a proof found stands until the next.
  const bars = runs.map((run, place) => {
    const next = runs[place + 1];
    const begin = x(Date.parse(run.at));
    return { run, begin, width: (next === undefined ? WIDTH : x(Date.parse(next.at))) - begin };
  });
  const merged = together(bars);
  return (
    <figure className="plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="plot-title plot-text">
        <title id="plot-title">{words.plotTitle}</title>
        <desc id="plot-text">
          {words.plotText(runs.length, dateAndTime(first.at, language), dateAndTime(last.at, language))}
        </desc>
        <Each
          of={[0, Math.round(most / 2), most]}
          as={(n) => (
            <>
              <line className="grid" x1={LEFT} x2={WIDTH} y1={floor - tall(n)} y2={floor - tall(n)} />
              <text x={LEFT - 6} y={floor - tall(n) + 4} textAnchor="end">
                {n}
              </text>
            </>
          )}
        />
        <Each
          of={merged}
          as={({ run, begin, width }) => {
            const [holds, open] = [tall(run.holds), tall(run.notYet)];
            const broken = run.broken === 0 ? 0 : Math.max(LEAST, tall(run.broken));
            const wide = Math.max(width, run.broken > 0 ? 2 : 0.5);
            return (
              <>
                <rect className="holds" x={begin} y={floor - holds} width={wide} height={holds} />
                <rect className="not-yet" x={begin} y={floor - holds - open} width={wide} height={open} />
                {broken > 0 ? (
                  <rect className="broken" x={begin} y={TOP} width={wide} height={broken} />
                ) : null}
              </>
            );
          }}
        />
      </svg>
      <p className="plot-dates quiet">
        <span>{longDate(first.at, language)}</span>
        <span>{longDate(last.at, language)}</span>
      </p>
      <ul className="plot-key">
        <Each
          of={['broken', 'holds', 'not-yet'] as const}
          as={(state) => (
            <li>
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <rect className={state} width="12" height="12" rx="2" />
              </svg>
              {words.plotKey[state]}
            </li>
          )}
        />
      </ul>
    </figure>
  );
}

interface Bar {
  readonly run: Run;
  readonly begin: number;
  readonly width: number;
}

/** Runs that say the same are drawn as one: a month of them is seven hundred. */
function together(bars: readonly Bar[]): Bar[] {
  const merged: Bar[] = [];
  for (const bar of bars) {
    const before = merged.at(-1);
    const same =
      before !== undefined &&
      before.run.holds === bar.run.holds &&
      before.run.broken === bar.run.broken &&
      before.run.notYet === bar.run.notYet;
    if (same) merged[merged.length - 1] = { ...before, width: before.width + bar.width };
    else merged.push(bar);
  }
  return merged;
}
