import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { ForecastAnswer, KeepRoundsAnswer } from '#http/contract.ts';
import { dateOf, longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { KeepRounds } from '../parts/keep-rounds.tsx';
import { Table } from '../parts/table.tsx';
import { Weeks, weeks } from '../parts/weeks.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { read } from '../visit.ts';

/** How far the page looks, and the nearer of the two spans that it tells of. */
const [NEAR, FAR] = [30, 90];
const DAY = 86_400_000;

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleForecast');
  await demandStatement(context, request);
  const forecast = await read<ForecastAnswer>(context, request, `/forecast?days=${FAR}`);
  const { rounds } = await read<KeepRoundsAnswer>(context, request, '/keep-rounds');
  return { forecast, rounds, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && forecastTexts[loaderData.language].title },
];

/** What leaves in the next 30 and 90 days, by week and by clause, and what the last rounds took. */
export default function ConsoleForecast() {
  const { forecast, rounds, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const words = forecastTexts[language];
  const today = dateOf(forecast.from);
  const until = new Date(Date.parse(today) + NEAR * DAY).toISOString().slice(0, 10);
  const near = (byDay: { date: string; rows: number }[]) => sum(byDay.filter(({ date }) => date <= until));
  const days = forecast.clauses.flatMap(({ byDay }) => byDay);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <dl className="glance">
        {[[words.within(NEAR), near(days)] as const, [words.within(FAR), sum(days)] as const].map(
          ([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words.entries(count)}</dd>
            </div>
          ),
        )}
      </dl>
      {days.length === 0 ? (
        <p className="spaced">{words.nothing}</p>
      ) : (
        <>
          <Weeks all={weeks(forecast, today)} language={language} />
          <section aria-labelledby="title-clauses">
            <h2 id="title-clauses" className="ds-heading" data-size="md">
              {words.clauses}
            </h2>
            <Table
              caption={words.clauseCaption}
              head={words.clauseHead}
              figures={[1, 2]}
              rows={forecast.clauses.map(({ clause, rows, byDay }) => {
                const title = statement.clauses[clause]?.title[language] ?? clause;
                return [
                  <a
                    key="clause"
                    className="ds-link"
                    href={path('consoleForecastClause', language, { clause })}
                    aria-label={words.open(title)}
                  >
                    {title}
                  </a>,
                  String(near(byDay)),
                  String(rows),
                  longDate(byDay[0]!.date, language),
                ];
              })}
            />
          </section>
        </>
      )}
      <KeepRounds
        rounds={rounds}
        statement={statement}
        here={`${path('consoleForecast', language)}#rounds`}
        language={language}
      />
    </div>
  );
}

function sum(days: readonly { rows: number }[]): number {
  return days.reduce((total, { rows }) => total + rows, 0);
}
