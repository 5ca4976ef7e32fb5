import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { AcceptancesAnswer } from '#http/contract.ts';
import { ask, may, readOf, said, useClient } from '../client.ts';
import { longDate } from '../dates.ts';
import { Accepting, acceptedIn, versionsInForce } from '../parts/accepting.tsx';
import { ClientHead } from '../parts/client-head.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { agreementTexts } from '../texts/client-agreements.ts';
import { documents as names } from '../texts/documents.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  return {
    ...(await readOf<AcceptancesAnswer>(context, request, params, '/acceptances')),
    versions: await versionsInForce(context, request),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

export async function action(all: ActionFunctionArgs) {
  const { accept, errors } = acceptedIn(
    await all.request.formData(),
    languageOf(new URL(all.request.url).pathname),
  );
  if (Object.keys(errors).length > 0) return said('sign', {}, errors);
  return ask(all, { method: 'POST', rest: '/acceptances', body: { accept }, done: 'signed' }, 'sign');
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && agreementTexts[loaderData.language].title },
];

/** The agreement and the data-processing agreement as this client accepted them (clause `0.roles`). */
export default function ClientAgreements() {
  const { documents, versions, done, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = agreementTexts[language];
  return (
    <div className="my">
      <ClientHead words={words} lead={words.lead} done={done} errors={errors} language={language} />
      <Table
        caption={words.title}
        head={words.head}
        rows={documents.map(({ document, version, accepted }) => [
          <a key="document" className="ds-link" href={path(document, language)}>
            {names[language].names[document]}
          </a>,
          version,
          accepted === null ? (
            words.never
          ) : (
            <a
              key="accepted"
              className="ds-link"
              href={`${path(document, language)}?${new URLSearchParams({ version: accepted.version })}`}
            >
              {accepted.version}
            </a>
          ),
          accepted === null ? words.nobody : longDate(accepted.at, language),
          accepted?.by ?? words.nobody,
        ])}
      />
      {client.due.length === 0 ? null : may(client, 'agreement.sign') ? (
        <section aria-labelledby="title-due">
          <h2 id="title-due" className="ds-heading" data-size="md">
            {words.dueTitle}
          </h2>
          <p>{words.dueText}</p>
          <form className="sheet form" method="post" noValidate>
            <Accepting versions={versions} errors={errors} language={language} />
            <button className="ds-button" type="submit">
              {words.sign}
            </button>
          </form>
        </section>
      ) : (
        <p>{words.dueOther}</p>
      )}
    </div>
  );
}
