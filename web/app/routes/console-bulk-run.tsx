import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { BulkRunAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { Pages } from '../parts/pages.tsx';
import { Press } from '../parts/press.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { bulkTexts } from '../texts/bulk.ts';
import { refusals } from '../texts/refusals.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleBulk');
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const id = encodeURIComponent(searchParams.get('run') ?? '');
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return {
    run: await read<BulkRunAnswer>(context, request, `/bulk-runs/${id}${query}`),
    isFirst: cursor === null,
    language: languageOf(pathname),
  };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && (bulkTexts[loaderData.language].acts[loaderData.run.act]?.name ?? '') },
];

/** How far the same thing, done with many rows, has come, and what came of each. */
export default function ConsoleBulkRun() {
  const { run, isFirst, language } = useLoaderData<typeof loader>();
  const words = bulkTexts[language];
  const list = run.act.startsWith('people') ? 'people' : 'invoices';
  const isOver = run.state === 'done';
  return (
    <div className="my">
      <p className="pages">
        <a className="ds-link" href={path('consoleBulk', language)}>
          {words.past.all}
        </a>
        <a className="ds-link" href={path(list === 'people' ? 'consolePeople' : 'consoleInvoices', language)}>
          {words.back[list]}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {words.acts[run.act]?.name ?? run.act}
      </h1>
      {run.date === null ? null : <p className="lead">{longDate(run.date, language)}</p>}
      <Moving run={run} language={language} />
      <div data-results="">
        {isOver && run.act === 'invoices.paid' && run.done > 0 ? (
          <Press
            text={words.undo}
            about={{ act: 'invoices.take-back', of: run.run }}
            look="plain"
            action={path('consoleBulk', language)}
            className="spaced"
          />
        ) : null}
        <Table
          caption={words.results}
          head={words.head}
          rows={run.results.map((row) => [
            <RowLink key="row" row={row} list={list} language={language} />,
            cameText(row.came, language),
          ])}
        />
        <Pages next={run.next} isFirst={isFirst} chosen={{ run: run.run }} words={words} />
      </div>
      {isOver ? null : <script type="module" src="/progress.js" />}
    </div>
  );
}

/** No page reloads itself, since that takes the place from whoever reads it by ear (WCAG 2.2.1): a script moves this part, or a link asks again. */
function Moving({ run, language }: { run: BulkRunAnswer; language: Language }) {
  const words = bulkTexts[language];
  const had = run.done + run.refused;
  const isOver = run.state === 'done';
  return (
    <div className="sheet stack moving spaced" data-progress={run.state}>
      <p>
        <label htmlFor="progress">
          <strong>{words.states[run.state]}.</strong> {words.moved(had, run.rows)}
        </label>
      </p>
      <progress id="progress" value={had} max={run.rows} />
      <p role="status">{words.sums(run.done, run.refused)}</p>
      {isOver ? null : (
        <>
          <p className="quiet">{words.leave}</p>
          <p>
            <a className="ds-link" href={`?run=${run.run}`}>
              {words.again}
            </a>
          </p>
        </>
      )}
    </div>
  );
}

function RowLink(props: {
  row: BulkRunAnswer['results'][number];
  list: 'invoices' | 'people';
  language: Language;
}) {
  const { row, list, language } = props;
  const words = bulkTexts[language].row;
  const [href, text] =
    list === 'people'
      ? [path('consolePerson', language, { id: row.id }), words.people(row.id)]
      : [path('consoleInvoice', language, { invoice: row.id }), words.invoices(row.name ?? row.id)];
  return (
    <a className="ds-link" href={href}>
      {text}
    </a>
  );
}

function cameText(came: string | null, language: Language): string {
  const words = bulkTexts[language].came;
  return words[came ?? 'none'] ?? refusals[language].codes[came ?? ''] ?? came ?? '';
}
