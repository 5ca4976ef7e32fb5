import type { KeyFigures } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { companyTexts } from '../texts/company.ts';
import { Each } from './each.tsx';

const FIGURES = ['revenue', 'operatingResult', 'result', 'assets', 'equity', 'debt'] as const;
type Figure = (typeof FIGURES)[number];

const numbers = {
  nb: new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }),
};

/**
 * Key figures, one year or several, oldest first: each amount in words, with a bar beside it where there are two or more to
 * compare. Amounts in another currency than the newest year's have no bar, since their lengths would mean nothing.
 */
export function FiguresPlot(props: { years: readonly KeyFigures[]; fetchedAt: string; language: Language }) {
  const { years, fetchedAt, language } = props;
  const texts = companyTexts[language];
  const newest = years.at(-1);
  if (newest === undefined) return null;
  const alike = years.filter(({ currency }) => currency === newest.currency);
  const amounts = alike.flatMap((year) => FIGURES.flatMap((figure) => year[figure] ?? []));
  const scale = amounts.length < 2 ? undefined : scaleOf(amounts);
  return (
    <figure className="figures">
      <figcaption>
        {texts.period(longDate(newest.from, language), longDate(newest.to, language))}
        <span className="company-from">
          {texts.accounts}, {texts.fetched(longDate(fetchedAt, language))}
        </span>
      </figcaption>
      <dl>
        <Each
          of={FIGURES}
          as={(figure) => (
            <div>
              <dt>{texts.figure[figure]}</dt>
              <Each
                of={years}
                as={(year) => (
                  <Amount
                    year={year}
                    figure={figure}
                    several={years.length > 1}
                    scale={alike.includes(year) ? scale : undefined}
                    language={language}
                  />
                )}
              />
            </div>
          )}
        />
      </dl>
    </figure>
  );
}

/** Where nought is, and how wide one unit is, in hundredths of the width. */
interface Scale {
  readonly nought: number;
  readonly unit: number;
}

function scaleOf(amounts: readonly number[]): Scale {
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const unit = most === least ? 0 : 100 / (most - least);
  return { nought: -least * unit, unit };
}

function Amount(props: {
  year: KeyFigures;
  figure: Figure;
  several: boolean;
  scale: Scale | undefined;
  language: Language;
}) {
  const { year, figure, several, scale, language } = props;
  const texts = companyTexts[language];
  const amount = year[figure];
  return (
    <dd>
      {several ? <span className="figures-year">{year.year}</span> : null}
      {amount === null ? (
        <span className="quiet">{texts.unknown}</span>
      ) : (
        <span className="figures-amount">
          {numbers[language].format(amount).replace('-', '−')} {year.currency}
        </span>
      )}
      {amount === null || scale === undefined ? null : <Bar amount={amount} scale={scale} />}
    </dd>
  );
}

function Bar({ amount, scale: { nought, unit } }: { amount: number; scale: Scale }) {
  const width = Math.max(0.4, Math.abs(amount) * unit);
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <line x1={nought} x2={nought} y1="0" y2="8" />
      <rect
        className={amount < 0 ? 'minus' : 'plus'}
        x={amount < 0 ? nought - width : nought}
        y="1"
        width={width}
        height="6"
      />
    </svg>
  );
}
