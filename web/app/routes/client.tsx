import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ModuleCatalogueAnswer } from '#http/contract.ts';
import { ask, may, said, under, useClient } from '../client.ts';
import { longDate } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { acceptedIn, versionsInForce } from '../parts/accepting.tsx';
import { ClientClock } from '../parts/client-clock.tsx';
import { CompletionNotice } from '../parts/client-completion.tsx';
import { ClientFacts, ClientWays, NextSteps } from '../parts/client-overview.tsx';
import { Alert, ErrorSummary } from '../parts/fields.tsx';
import { languageOf, path } from '../paths.ts';
import { missingIn, textOf } from '../refusals.ts';
import { clientTexts } from '../texts/client.ts';
import { refusals } from '../texts/refusals.ts';
import { act, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  await demandStatement(context, request);
  return {
    versions: await versionsInForce(context, request),
    ...(await read<ModuleCatalogueAnswer>(context, request, '/modules')),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

export async function action(all: ActionFunctionArgs) {
  const { context, request, params } = all;
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const intent = form.get('intent');
  if (intent === 'change') {
    const { name = '', place = '' } = textOf(form, ['name', 'place']);
    const missing = missingIn({ name }, language);
    if (missing.name !== undefined)
      return said('change', { name, place }, { name: refusals[language].missing.company! });
    return ask(all, { method: 'PATCH', rest: '', body: { name, place }, done: 'changed' }, 'change', {
      name,
      place,
    });
  }
  if (intent === 'resume') {
    const { accept, errors } = acceptedIn(form, language);
    if (Object.keys(errors).length > 0) return said('resume', {}, errors);
    return ask(all, { method: 'PUT', rest: '/subscription', body: { accept }, done: 'resumed' }, 'resume');
  }
  if (intent === 'leave') {
    await act(
      context,
      request,
      'DELETE',
      `${under(params)}/users/${encodeURIComponent(String(form.get('person')))}`,
    );
    throw redirect(path('clients', language), 303);
  }
  throw redirect(new URL(request.url).pathname, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTexts[loaderData.language].label },
];

/** A company's own page: how it stands, what comes next, and where to go. After the end, its clock. */
export default function Client() {
  const { versions, modules, done, language } = useLoaderData<typeof loader>();
  const { form, values = {}, errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const { standing, company } = client;
  const words = clientTexts[language];
  const label = (id: string) => modules.find(({ module }) => module === id)?.label[language] ?? id;
  const glance: [string, string][] = [
    ...(standing.state === 'active'
      ? [
          [words.glance.since, longDate(standing.since, language)] satisfies [string, string],
          [words.glance.modules, standing.modules.map(label).join(', ')] satisfies [string, string],
        ]
      : []),
    [words.glance.users, String(client.users)],
    [words.glance.level, client.me.levelName[language]],
  ];
  return (
    <div className="my">
      <p className="eyebrow">{words.label}</p>
      <h1 className="ds-heading" data-size="xl">
        {company.name}
      </h1>
      <div className="spaced">
        {words.done[done] ? <Alert color="success">{words.done[done]}</Alert> : null}
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        {client.due.length > 0 && standing.state === 'active' ? (
          <Alert color="warning">
            {words.due}{' '}
            <a className="ds-link" href={path('clientAgreements', language, { client: client.client })}>
              {words.dueGo}
            </a>
          </Alert>
        ) : null}
        {client.offer?.mine ? (
          <Alert color="info">
            {words.offered}{' '}
            <a className="ds-link" href={path('clientOwnership', language, { client: client.client })}>
              {words.offeredGo}
            </a>
          </Alert>
        ) : null}
        <CompletionNotice client={client} language={language} />
        <ClientClock
          client={client}
          labelOf={label}
          versions={versions}
          errors={form === 'resume' ? errors : {}}
          language={language}
        />
        <dl className="glance">
          {glance.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {standing.state === 'active' && may(client, 'users.manage') && client.users === 1 ? (
        <NextSteps client={client} language={language} />
      ) : null}
      <ClientFacts
        client={client}
        values={form === 'change' ? values : undefined}
        errors={form === 'change' ? errors : {}}
        language={language}
      />
      {standing.state === 'active' ? <ClientWays client={client} language={language} /> : null}
    </div>
  );
}
