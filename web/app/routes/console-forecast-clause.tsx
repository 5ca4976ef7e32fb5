import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { OpenedAnswer } from '#http/contract.ts';
import { longDate } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { ClauseTag } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleForecast');
  const { statement } = await demandStatement(context, request);
  const clause = params.clause ?? '';
  const opened = await read<OpenedAnswer>(context, request, `/forecast/${encodeURIComponent(clause)}`);
  const language = languageOf(new URL(request.url).pathname);
  return { opened, title: statement.clauses[clause]?.title[language] ?? clause, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && forecastTexts[loaderData.language].rowsTitle(loaderData.title) },
];

/** The rows behind one clause of the forecast: when, what, and whose by number. */
export default function ConsoleForecastClause() {
  const { opened, title, language } = useLoaderData<typeof loader>();
  const words = forecastTexts[language];
  return (
    <div className="my">
      <p className="eyebrow">
        <a className="ds-link" href={path('consoleForecast', language)}>
          {words.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {words.rowsTitle(title)}
      </h1>
      <p className="lead">
        {words.rowsLead} <ClauseTag clause={opened.clause} language={language} />
      </p>
      {opened.rows.length === 0 ? <p>{words.noRows}</p> : null}
      {opened.more ? <p>{words.moreRows(opened.rows.length)}</p> : null}
      {opened.rows.length > 0 ? (
        <Table
          caption={words.rowsCaption(opened.rows.length)}
          head={words.rowsHead}
          rows={opened.rows.map(({ date, what, table, person }) => [
            longDate(date, language),
            <span key="what">
              {what[language]} <code className="item-why">{table}</code>
            </span>,
            person === null ? (
              words.onlyHash
            ) : (
              <a key="person" className="ds-link" href={path('consolePerson', language, { id: person })}>
                {words.person(person)}
              </a>
            ),
          ])}
        />
      ) : null}
    </div>
  );
}
