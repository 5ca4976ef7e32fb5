import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { AccountAnswer, ClientLogAnswer, ModuleCatalogueAnswer, SalesAnswer } from '#http/contract.ts';
import type { Language, Text } from '#statement/grammar.ts';
import { lifeOf } from '../client-life.tsx';
import { longDate, shortDate } from '../dates.ts';
import { spaced } from '../parts/company-words.ts';
import { Glance } from '../parts/invoices.tsx';
import { Life } from '../parts/life.tsx';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { billingTexts } from '../texts/billing.ts';
import { consoleClientTexts } from '../texts/console-clients.ts';
import { documents as documentTexts } from '../texts/documents.ts';
import { people } from '../texts/people.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const roles = await demandRoom(context, request, 'consoleClients');
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const where = `/accounts/${encodeURIComponent(params.account ?? '')}`;
  const account = await read<AccountAnswer>(context, request, where);
  const of = new URLSearchParams({ client: account.account, limit: '100' });
  const keepsBooks = roles.includes('finance');
  const [{ modules }, log, invoices] = await Promise.all([
    read<ModuleCatalogueAnswer>(context, request, '/modules'),
    read<ClientLogAnswer>(
      context,
      request,
      `${where}/log${cursor === null ? '' : `?${new URLSearchParams({ cursor })}`}`,
    ),
    keepsBooks ? read<SalesAnswer>(context, request, `/invoices?${of}`) : undefined,
  ]);
  return {
    account,
    // Modules and levels by what they are called now.
    called: new Map<string, Text>([
      ...modules.map(({ module, label }) => [module, label] as const),
      ...account.levels.map(({ level, name }) => [level, name] as const),
    ]),
    log,
    invoices: invoices?.invoices ?? [],
    keepsBooks,
    isFirst: cursor === null,
    language: languageOf(pathname),
  };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleClientTexts[loaderData.language].title },
];

/** One client: where it stands, who uses it, what was agreed, and what has happened with it. */
export default function ConsoleClient() {
  const { account, called, log, invoices, keepsBooks, isFirst, language } = useLoaderData<typeof loader>();
  const words = consoleClientTexts[language];
  const { company, plan, since, ended, until } = account;
  const happenings = lifeOf({ account, called, log, invoices, isFirst, language });
  const long = (date: string | null) => date && longDate(date, language);
  const modules = account.modules.map((each) => called.get(each)?.[language] ?? each).join(', ');
  const spans = billingTexts[language].spans;
  return (
    <div className="my">
      <p>
        <a className="ds-link" href={path('consoleClients', language)}>
          {words.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {company.name || words.nameless}
      </h1>
      <p className="lead">
        {[spaced(company.number), company.place].filter(Boolean).join(', ')}{' '}
        <a className="ds-link" href={path('companyOne', language, { number: company.number })}>
          {words.register}
        </a>
      </p>
      <Glance
        facts={[
          [words.since, long(since)],
          [words.ended, long(ended)],
          [words.until, long(until)],
          [words.plan, plan && `${plan.label[language]}, ${spans[plan.span] ?? plan.span}`],
          [words.modules, modules || words.noModules],
        ]}
      />
      <p className="quiet">{words.looked}</p>
      <People account={account} language={language} />
      {ended === null ? <Agreements account={account} language={language} /> : null}
      <section aria-labelledby="title-life">
        <h2 id="title-life" className="ds-heading" data-size="md">
          {words.life}
        </h2>
        {happenings.length === 0 ? (
          <p>{words.lifeNone}</p>
        ) : (
          <Life happenings={happenings} language={language} />
        )}
        <Pages next={log.next} isFirst={isFirst} words={{ more: words.older, first: words.newest }} />
        {keepsBooks ? (
          <p>
            <a
              className="ds-link"
              href={`${path('consoleInvoices', language)}?${new URLSearchParams({ client: account.account })}`}
            >
              {words.invoices}
            </a>
          </p>
        ) : null}
      </section>
    </div>
  );
}

function People({ account, language }: { account: AccountAnswer; language: Language }) {
  const words = consoleClientTexts[language];
  return (
    <section aria-labelledby="title-people">
      <h2 id="title-people" className="ds-heading" data-size="md">
        {account.ended === null ? words.people : words.pastPeople}
      </h2>
      <Table
        caption={words.shownOf(account.people.length, account.users)}
        head={words.peopleHead}
        rows={account.people.map(({ person, name, email, levelName, since }) => [
          <a key="name" className="ds-link" href={path('consolePerson', language, { id: person })}>
            {name ?? people[language].nameless}
          </a>,
          email ?? '–',
          levelName[language],
          since === null ? '–' : shortDate(since, language),
        ])}
      />
    </section>
  );
}

function Agreements({ account, language }: { account: AccountAnswer; language: Language }) {
  const words = consoleClientTexts[language];
  return (
    <section aria-labelledby="title-agreements">
      <h2 id="title-agreements" className="ds-heading" data-size="md">
        {words.agreements}
      </h2>
      <Table
        caption={words.agreementsCaption}
        head={words.agreementsHead}
        rows={account.documents.map(({ document, version, accepted }) => [
          <a key="document" className="ds-link" href={path(document, language)}>
            {documentTexts[language].names[document]}
          </a>,
          accepted === null ? (
            words.never
          ) : (
            <span key="version">
              {accepted.version}
              {accepted.version === version ? null : <span className="under">{words.old(version)}</span>}
            </span>
          ),
          accepted === null ? '–' : shortDate(accepted.at, language),
          accepted?.by ?? '–',
        ])}
      />
    </section>
  );
}
