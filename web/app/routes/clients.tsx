import { type LoaderFunctionArgs, type MetaFunction, redirect, useLoaderData } from 'react-router';
import type { ClientsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { spaced } from '../parts/company-words.ts';
import { Message } from '../parts/message.tsx';
import { Pages } from '../parts/pages.tsx';
import { languageOf, path } from '../paths.ts';
import { clientTexts } from '../texts/client.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const cursor = searchParams.get('cursor');
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  const list = await read<ClientsAnswer>(context, request, `/clients${query}`);
  const [only, other] = list.clients;
  if (only !== undefined && other === undefined && list.next === null && cursor === null)
    throw redirect(path('client', language, { client: only.client }), 303);
  return { list, language, isFirst: cursor === null };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTexts[loaderData.language].listTitle },
];

/** The companies that somebody uses. Whoever uses one comes straight to it. */
export default function Clients() {
  const { list, language, isFirst } = useLoaderData<typeof loader>();
  const words = clientTexts[language];
  if (list.clients.length === 0 && isFirst)
    return (
      <Message title={words.none} lead={words.noneText}>
        <p className="actions">
          <a className="ds-button" href={path('become', language)}>
            {words.become}
          </a>
        </p>
      </Message>
    );
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.listTitle}
      </h1>
      <p className="lead">{words.listLead}</p>
      <ul className="items">
        {list.clients.map(({ client, company, levelName, standing }) => (
          <li className="item" key={client}>
            <div className="item-head">
              <div>
                <a className="ds-link" href={path('client', language, { client })}>
                  {company.name}
                </a>
                <p className="quiet small">{words.number(spaced(company.number))}</p>
              </div>
              <div>
                <p className="item-label">{levelName[language]}</p>
                <p className="quiet small">{standingText(standing, language)}</p>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <Pages next={list.next} isFirst={isFirst} words={words} />
      <p className="actions">
        <a className="ds-button" data-variant="secondary" href={path('become', language)}>
          {words.become}
        </a>
      </p>
    </div>
  );
}

function standingText(standing: ClientsAnswer['clients'][number]['standing'], language: Language): string {
  const words = clientTexts[language];
  if (standing.state === 'active') return words.running(longDate(standing.since, language));
  return standing.state === 'grace' ? words.resting(longDate(standing.until, language)) : '–';
}
