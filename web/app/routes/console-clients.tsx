import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { AccountsAnswer, ModuleCatalogueAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { shortDate } from '../dates.ts';
import { spaced } from '../parts/company-words.ts';
import { chosenOf } from '../parts/fields.tsx';
import { Filters } from '../parts/filters.tsx';
import { FindRow } from '../parts/find.tsx';
import { ListFile } from '../parts/list-file.tsx';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { consoleClientTexts } from '../texts/console-clients.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const roles = await demandRoom(context, request, 'consoleClients');
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const words = consoleClientTexts[language];
  const { modules } = await read<ModuleCatalogueAnswer>(context, request, '/modules');
  const names = Object.fromEntries(modules.map(({ module, label }) => [module, label[language]]));
  const module = chosenOf({ '': words.anyModule, ...names }, searchParams.get('module'));
  const chosen = {
    which: chosenOf(words.kinds, searchParams.get('which')),
    sort: chosenOf(words.sorts, searchParams.get('sort')),
    ...(module === '' ? {} : { module }),
  };
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ ...chosen, ...(cursor !== null && { cursor }) });
  const list = await read<AccountsAnswer>(context, request, `/accounts?${query}`);
  const guards = roles.includes('privacy');
  return { list, names, chosen, module, language, isFirst: cursor === null, guards };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleClientTexts[loaderData.language].title },
];

/** Clients, a page at a time; the whole choice as a file. */
export default function ConsoleClients() {
  const { list, names, chosen, module, language, isFirst, guards } = useLoaderData<typeof loader>();
  const words = consoleClientTexts[language];
  const hasEnded = chosen.which === 'ended';
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <FindRow guards={guards} language={language} />
      <Filters
        action={path('consoleClients', language)}
        filters={[
          { name: 'which', label: words.which, words: words.kinds, value: chosen.which },
          { name: 'module', label: words.module, words: { '': words.anyModule, ...names }, value: module },
          { name: 'sort', label: words.sort, words: words.sorts, value: chosen.sort },
        ]}
        show={words.show}
      />
      {list.accounts.length === 0 ? (
        <p className="spaced">{words.none}</p>
      ) : (
        <Table
          caption={words.caption(list.accounts.length)}
          head={hasEnded ? words.head.ended : words.head.running}
          figures={[3]}
          rows={list.accounts.map((one) => [
            <span key="name">
              <a className="ds-link" href={path('consoleClient', language, { account: one.account })}>
                {one.company.name || words.nameless}
              </a>
              <span className="under">{spaced(one.company.number)}</span>
            </span>,
            one.company.place ?? '–',
            one.modules.map((each) => names[each] ?? each).join(', ') || '–',
            String(one.users),
            ...dates(one, language),
          ])}
        />
      )}
      <Pages next={list.next} isFirst={isFirst} chosen={chosen} words={words} />
      <ListFile from="/accounts/file" chosen={chosen} about={words.fileText} language={language} />
    </div>
  );
}

/** Since when; or when it ended, and until when something is left of it. */
function dates({ since, ended, until }: AccountsAnswer['accounts'][number], language: Language): string[] {
  const told = since === null ? [ended, until] : [since];
  return told.map((date) => (date === null ? '–' : shortDate(date, language)));
}
