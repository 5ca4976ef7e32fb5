import type { ReactNode } from 'react';
import type { InvoicesAnswer, MonthsAnswer, SubscriptionAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { monthName, shortDate } from '../dates.ts';
import { kroner, money } from '../money.ts';
import { billingTexts } from '../texts/billing.ts';
import { Table } from './table.tsx';

type Row = InvoicesAnswer['invoices'][number];
type Line = SubscriptionAnswer['next']['lines'][number];

/** What is left of an invoice, in words where nothing is. */
export function leftOf(one: Pick<Row, 'kind' | 'left' | 'credited' | 'net'>, language: Language): string {
  const { kind, left, credited, net } = one;
  const words = billingTexts[language];
  if (kind === 'credit') return '–';
  if (left === 0) return credited > 0 && credited === net ? words.credited : words.paid;
  return left > 0 ? money(left, language) : words.comes(money(-left, language));
}

/** When an invoice is due, and under it when it was reminded of. */
export function Due(props: {
  one: Pick<Row, 'due' | 'reminded'>;
  language: Language;
  date?: typeof shortDate;
}) {
  const { one, language, date = shortDate } = props;
  if (one.due === null) return '–';
  return (
    <>
      {date(one.due, language)}
      {one.reminded === null ? null : (
        <span className="under">{billingTexts[language].reminded(date(one.reminded, language))}</span>
      )}
    </>
  );
}

/** A few facts beside one another; those without a value are left out. */
export function Glance({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="glance">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Lines of an invoice, and what they amount to. */
export function Lines(props: { caption: string; lines: readonly Line[]; total: number; language: Language }) {
  const { caption, lines, total, language } = props;
  const words = billingTexts[language];
  return (
    <>
      <Table
        caption={caption}
        head={words.lineHead}
        figures={[2, 3]}
        rows={lines.map(({ what, from, to, rate, net }) => [
          what,
          `${shortDate(from, language)} – ${shortDate(to, language)}`,
          `${rate} %`,
          money(net, language),
        ])}
      />
      <p>
        {words.total}: <strong>{money(total, language)}</strong>
      </p>
    </>
  );
}

/** Links to an invoice as PDF and as EHF, straight from the API. */
export function Files({ from, number, language }: { from: string; number: number; language: Language }) {
  const words = billingTexts[language];
  return (
    <span className="pages">
      <a
        className="ds-link"
        href={`/api/v1${from}/paper?language=${language}`}
        aria-label={words.file(words.paper, number)}
      >
        {words.paper}
      </a>{' '}
      <a className="ds-link" href={`/api/v1${from}/ehf`} aria-label={words.file(words.ehf, number)}>
        {words.ehf}
      </a>
    </span>
  );
}

const width = 480;
const height = 400;
const ground = height - 4;
const gap = 8;
const above = 24;

/** What was invoiced month by month: bars, and beside them the same numbers as a table. */
export function Months({ months, language }: { months: MonthsAnswer['months']; language: Language }) {
  const words = billingTexts[language].console;
  const most = Math.max(1, ...months.map(({ invoiced }) => invoiced));
  const step = width / months.length;
  const tall = (invoiced: number) => Math.max(0, (invoiced / most) * (ground - above));
  return (
    <figure className="timeline weeks">
      <figcaption>
        <strong>{words.plot}</strong> <span className="quiet">{words.plotAbout}</span>
      </figcaption>
      <div className="weeks-pair">
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
          {months.map(({ month, invoiced }, at) => (
            <rect
              key={month}
              className="weeks-bar"
              x={at * step + gap / 2}
              y={ground - tall(invoiced)}
              width={step - gap}
              height={tall(invoiced)}
              rx="2"
            />
          ))}
          <path className="timeline-ground" d={`M2 ${ground}H${width - 2}`} />
        </svg>
        <Table
          caption={words.plot}
          head={words.plotHead}
          figures={[1]}
          rows={months
            .toReversed()
            .filter(({ documents }) => documents > 0)
            .map(({ month, invoiced }) => [monthName(month, language), kroner(invoiced, language)])}
        />
      </div>
    </figure>
  );
}
