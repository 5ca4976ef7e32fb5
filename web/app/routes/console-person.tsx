import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type { AccessAnswer, ErasureAnswer, TopicsAnswer } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Alert } from '../parts/fields.tsx';
import { groupOf, ItemCard, ItemTable, type Sight } from '../parts/items.tsx';
import { languageOf, path } from '../paths.ts';
import { demandPrivacyRole } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { my } from '../texts/my.ts';
import { act, read } from '../visit.ts';

const where = (id: string | undefined) => `/persons/${encodeURIComponent(id ?? '')}`;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  await demandPrivacyRole(context, request);
  const access = await read<AccessAnswer>(context, request, `${where(params.id)}/items`);
  await demandStatement(context, request);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  return { access, topics, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { receipt } = await act<ErasureAnswer>(context, request, 'DELETE', where(params.id));
  throw redirect(path('receipt', language, { id: receipt }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].personTitle },
];

/** One person, to be looked at and not changed, except by erasing. */
export default function ConsolePerson() {
  const { access, topics, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const words = consoleTexts[language];
  const sight: Sight = { language, statement, topics, readOnly: true };
  const cards = access.items.filter(
    (item) => groupOf(item) === 'who' || item.category === 'preference.topics',
  );
  const traces = access.items.filter((item) => !cards.includes(item));
  return (
    <div className="wide page my">
      <p className="eyebrow">
        <a className="ds-link" href={path('console', language)}>
          {words.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {words.personTitle}
      </h1>
      <p className="lead">
        {words.number}: <code>{access.person}</code>
      </p>
      <Alert color="info">{words.looked}</Alert>
      {access.restricted ? <Alert color="warning">{words.restricted}</Alert> : null}
      <section aria-labelledby="title-items">
        <h2 id="title-items" className="ds-heading" data-size="md">
          {words.items}
        </h2>
        <div className="item-group">
          <h3 className="ds-heading" data-size="xs">
            {my[language].groups.who}
          </h3>
          <ul className="items">
            {cards.map((item) => (
              <ItemCard key={item.id} item={item} sight={sight} />
            ))}
          </ul>
        </div>
        {traces.length > 0 ? (
          <details className="traces">
            <summary>{my[language].showAll(traces.length)}</summary>
            <ItemTable items={traces} caption={my[language].groups.records} sight={sight} />
          </details>
        ) : null}
      </section>
      <section className="sheet" aria-labelledby="title-erase">
        <h2 id="title-erase" className="ds-heading" data-size="xs">
          {words.eraseTitle}
        </h2>
        <p>{words.eraseText}</p>
        <form method="post">
          <button className="ds-button" data-color="danger" type="submit">
            {words.erase}
          </button>
        </form>
      </section>
    </div>
  );
}
