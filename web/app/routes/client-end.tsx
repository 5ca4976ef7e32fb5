import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ModuleCatalogueAnswer } from '#http/contract.ts';
import { ask, may, useClient } from '../client.ts';
import { dateAfter, dateBefore, dateOf, list, longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { ErrorSummary } from '../parts/fields.tsx';
import { Press } from '../parts/press.tsx';
import { ProveBefore } from '../parts/prove-first.tsx';
import { languageOf, path } from '../paths.ts';
import { clientTexts } from '../texts/client.ts';
import { refusals } from '../texts/refusals.ts';
import { freshness, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandStatement(context, request);
  return {
    ...(await read<ModuleCatalogueAnswer>(context, request, '/modules')),
    confirm: await freshness(context, request),
    today: dateOf(new Date().toISOString()),
    language: languageOf(new URL(request.url).pathname),
  };
}

export function action(all: ActionFunctionArgs) {
  return ask(all, { method: 'DELETE', rest: '', done: 'ended', next: 'client' }, 'end');
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTexts[loaderData.language].end.title },
];

/** What ending the subscription does, in dates, before the one button that does it (clause `k.active-12-months`). */
export default function ClientEnd() {
  const { modules, confirm, today, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const { statement } = useStatement();
  const client = useClient();
  const words = clientTexts[language];
  const { standing, company, users } = client;
  const ends = may(client, 'agreement.end');
  const resume = statement.storage.resume;
  const until = resume && dateAfter(today, resume.period);
  const told = until && resume.notice && dateBefore(until, resume.notice);
  const used = standing.state === 'active' ? standing.modules : [];
  const labels = used.map((id) => modules.find(({ module }) => module === id)?.label[language] ?? id);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.end.title}
      </h1>
      <p className="lead">{words.end.lead(company.name)}</p>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <ol className="dates">
        <li>
          <strong>{words.end.today}</strong>
          <p>{words.end.todayText(list(labels, language))}</p>
        </li>
        {told ? (
          <li>
            <strong>{longDate(told, language)}</strong>
            <p>{words.end.told}</p>
          </li>
        ) : null}
        {until ? (
          <li>
            <strong>{longDate(until, language)}</strong>
            <p>
              {words.end.until} {words.end.gone}
            </p>
          </li>
        ) : null}
      </ol>
      {users > 1 ? <p>{words.end.users(users)}</p> : null}
      {may(client, 'export') ? (
        <p>
          {words.end.first}{' '}
          <a className="ds-link" href={path('clientExport', language, { client: client.client })}>
            {words.exportGo}
          </a>
        </p>
      ) : null}
      {ends && confirm ? (
        <ProveBefore text={words.end.confirmText} href={confirm} language={language} />
      ) : null}
      <div className="actions">
        {ends && !confirm ? <Press text={words.end.go} look="danger" /> : null}
        <a
          className="ds-button"
          data-variant="secondary"
          href={path('client', language, { client: client.client })}
        >
          {words.end.back}
        </a>
      </div>
    </div>
  );
}
