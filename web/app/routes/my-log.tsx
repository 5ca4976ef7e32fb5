import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { LogAnswer } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { LogTable } from '../parts/log-table.tsx';
import { languageOf, path } from '../paths.ts';
import { log } from '../texts/log.ts';
import { my } from '../texts/my.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const paged = cursor ? `?${new URLSearchParams({ cursor })}` : '';
  const answer = await read<LogAnswer>(context, request, `/me/log${paged}`);
  await demandStatement(context, request);
  return { answer, first: paged === '', language: languageOf(pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && log[loaderData.language].title },
];

/** The whole log, a page at a time. */
export default function MyLog() {
  const { answer, first, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const words = log[language];
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {answer.entries.length === 0 ? (
        <p>{my[language].logEmpty}</p>
      ) : (
        <LogTable entries={answer.entries} statement={statement} language={language} />
      )}
      <nav className="actions" aria-label={words.caption}>
        {answer.next ? (
          <a
            className="ds-button"
            data-variant="secondary"
            href={`?${new URLSearchParams({ cursor: answer.next })}`}
          >
            {words.older}
          </a>
        ) : null}
        {first ? null : (
          <a className="ds-button" data-variant="secondary" href={path('myLog', language)}>
            {words.newest}
          </a>
        )}
        <a className="ds-button" data-variant="tertiary" href={path('my', language)}>
          {words.back}
        </a>
      </nav>
    </div>
  );
}
