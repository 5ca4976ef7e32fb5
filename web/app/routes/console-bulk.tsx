import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { BulkBegunAnswer, BulkCountAnswer, BulkRunsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { ErrorSummary, type Errors, TextField } from '../parts/fields.tsx';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, isNoForForm } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { bulkTexts } from '../texts/bulk.ts';
import { refusals } from '../texts/refusals.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleBulk');
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return {
    list: await read<BulkRunsAnswer>(context, request, `/bulk-runs${query}`),
    isFirst: cursor === null,
    language: languageOf(pathname),
  };
}

/** What the action tells the page of: what is asked for, kept as the form brought it. */
interface Told {
  readonly act: string;
  readonly kept: readonly (readonly [string, string])[];
  readonly rows: number;
  readonly date?: string;
  readonly errors: Errors;
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const act = text('act');
  const asked = { act, ...rowsOf(form, text('scope')) };
  const counted = await call<BulkCountAnswer>(context, 'POST', '/bulk-counts', asked);
  if (counted.status >= 300) throw refused(counted, language, pathname);
  const { rows } = counted.body as BulkCountAnswer;
  const kept = ['act', 'scope', 'shown', 'chosen', 'of', 'row'].flatMap((name) =>
    form.getAll(name).map((value) => [name, String(value)] as const),
  );
  const told: Told = { act, kept, rows, date: text('date'), errors: {} };
  if (rows === 0) return { ...told, errors: { '': refusals[language].codes['bulk.nothing-chosen']! } };
  if (text('intent') !== 'go') return told;
  const date = isDated(act) && text('date') !== '' ? { date: text('date') } : {};
  const begun = await call<BulkBegunAnswer>(context, 'POST', '/bulk-runs', { ...asked, ...date });
  if (begun.status < 300) {
    const { run } = begun.body as BulkBegunAnswer;
    throw redirect(`${path('consoleBulkRun', language)}?run=${run}`, 303);
  }
  if (!isNoForForm(begun)) throw refused(begun, language, pathname);
  return data({ ...told, errors: errorsOf(begun, language) }, { status: begun.status });
}

/** The rows that are meant: those ticked, those on the page, all that the list was cut by, or those of a run. */
function rowsOf(form: FormData, scope: string) {
  const of = form.get('of');
  if (of !== null) return { of: String(of) };
  if (scope === 'all')
    return { choice: Object.fromEntries(new URLSearchParams(String(form.get('chosen') ?? ''))) };
  const shown = String(form.get('shown') ?? '').split(' ');
  return { rows: scope === 'page' ? shown : form.getAll('row').map(String) };
}

const isDated = (act: string) => act === 'invoices.paid';

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && bulkTexts[loaderData.language].title },
];

/** The question before the same is done with many rows: how many, and what it means. Unasked, what has been done so. */
export default function ConsoleBulk() {
  const { list: past, isFirst, language } = useLoaderData<typeof loader>();
  const told = useActionData() as Told | undefined;
  const words = bulkTexts[language];
  const act = told && words.acts[told.act];
  const list = told?.act.startsWith('people') ? 'people' : 'invoices';
  const back = path(list === 'people' ? 'consolePeople' : 'consoleInvoices', language);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {told === undefined ? words.past.caption : act && told.rows > 0 ? act.ask(told.rows) : words.title}
      </h1>
      {told === undefined ? (
        <>
          <p className="lead">{words.empty}</p>
          <Past list={past} isFirst={isFirst} language={language} />
        </>
      ) : (
        <>
          <ErrorSummary errors={told.errors} title={refusals[language].summary} />
          {act === undefined || told.rows === 0 ? null : (
            <form
              className="sheet form spaced"
              method="post"
              action={path('consoleBulk', language)}
              id="confirm"
            >
              {told.kept.map(([name, value]) => (
                <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
              ))}
              <p>{act.about}</p>
              <p className="quiet">{words.before}</p>
              {isDated(told.act) ? (
                <TextField
                  language={language}
                  name="date"
                  label={words.date}
                  hint={words.dateHint}
                  required
                  value={told.date}
                  errors={told.errors}
                />
              ) : null}
              <button className="ds-button" type="submit" name="intent" value="go">
                {act.go}
              </button>
            </form>
          )}
          <p className="spaced">
            <a className="ds-link" href={back}>
              {told.rows === 0 ? words.back[list] : words.cancel}
            </a>
          </p>
        </>
      )}
    </div>
  );
}

/** Runs of the last thirty days, the newest first. */
function Past(props: { list: BulkRunsAnswer; isFirst: boolean; language: Language }) {
  const { list, isFirst, language } = props;
  const words = bulkTexts[language];
  if (list.runs.length === 0) return <p className="spaced">{words.past.none}</p>;
  return (
    <>
      <Table
        caption={words.past.caption}
        head={words.past.head}
        rows={list.runs.map((one) => [
          <a key="act" className="ds-link" href={`${path('consoleBulkRun', language)}?run=${one.run}`}>
            {words.acts[one.act]?.name ?? one.act}
          </a>,
          dateAndTime(one.at, language),
          one.mine ? words.past.mine : words.past.other,
          words.states[one.state],
          words.sums(one.done, one.refused),
        ])}
      />
      <Pages next={list.next} isFirst={isFirst} words={words} />
    </>
  );
}
