import { type LoaderFunctionArgs, type MetaFunction, redirect, useLoaderData } from 'react-router';
import type { ClientsAnswer, MyInvitationsAnswer } from '#http/contract.ts';
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
  const [list, { invitations }] = await Promise.all([
    read<ClientsAnswer>(context, request, `/clients${query}`),
    read<MyInvitationsAnswer>(context, request, '/me/invitations'),
  ]);
  const [only, other] = list.clients;
  const isAlone = other === undefined && list.next === null && cursor === null && invitations.length === 0;
  if (only !== undefined && isAlone) throw redirect(path('client', language, { client: only.client }), 303);
  return { list, invitations: cursor === null ? invitations : [], language, isFirst: cursor === null };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTexts[loaderData.language].listTitle },
];

/** The companies that somebody uses, and invitations that wait for them. Whoever uses one and is asked nothing comes straight to it. */
export default function Clients() {
  const { list, invitations, language, isFirst } = useLoaderData<typeof loader>();
  const words = clientTexts[language];
  if (list.clients.length === 0 && invitations.length === 0 && isFirst)
    return (
      <Message
        title={words.none}
        lead={words.noneText}
        onward={{ text: words.become, href: path('become', language) }}
      />
    );
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.listTitle}
      </h1>
      {list.clients.length === 0 ? null : <p className="lead">{words.listLead}</p>}
      <Asked invitations={invitations} language={language} />
      <ul className="items" hidden={list.clients.length === 0}>
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

/** Invitations that wait for an answer, each with the way to its page. */
function Asked({ invitations, language }: MyInvitationsAnswer & { language: Language }) {
  const words = clientTexts[language];
  if (invitations.length === 0) return null;
  return (
    <section className="spaced" aria-labelledby="title-asked">
      <h2 id="title-asked" className="ds-heading" data-size="md">
        {words.askedTitle}
      </h2>
      <ul className="items">
        {invitations.map(({ invitation, company, by, levelName, expiresAt }) => (
          <li className="item" key={invitation}>
            <div className="item-head">
              <div>
                <p className="item-label">{company.name}</p>
                <p className="quiet small">{words.askedBy(by, levelName[language])}</p>
              </div>
              <div>
                <a
                  className="ds-button"
                  data-variant="secondary"
                  href={path('invitation', language, { token: invitation })}
                >
                  {words.askedSee}
                  <span className="ds-sr-only"> {words.askedFrom(company.name)}</span>
                </a>
                <p className="quiet small">{words.askedUntil(longDate(expiresAt, language))}</p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standingText(standing: ClientsAnswer['clients'][number]['standing'], language: Language): string {
  const words = clientTexts[language];
  if (standing.state === 'active') return words.running(longDate(standing.since, language));
  return standing.state === 'grace' ? words.resting(longDate(standing.until, language)) : '–';
}
