import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { ClientLogAnswer, LevelsAnswer, ModuleCatalogueAnswer } from '#http/contract.ts';
import { readOf } from '../client.ts';
import { dateAndTime } from '../dates.ts';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf } from '../paths.ts';
import { clientLogTexts } from '../texts/client-log.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  const { modules } = await read<ModuleCatalogueAnswer>(context, request, '/modules');
  const { levels } = await readOf<LevelsAnswer>(context, request, params, '/levels');
  return {
    // Modules and levels by what they are called now; one that is gone goes by its number.
    called: new Map([
      ...modules.map(({ module, label }) => [module, label] as const),
      ...levels.map(({ level, name }) => [level, name] as const),
    ]),
    log: await readOf<ClientLogAnswer>(context, request, params, `/log${query}`),
    isFirst: cursor === null,
    language: languageOf(pathname),
  };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientLogTexts[loaderData.language].title },
];

/** What was done with the account, by whom and about whom, a page at a time. */
export default function ClientLog() {
  const { log, called, isFirst, language } = useLoaderData<typeof loader>();
  const words = clientLogTexts[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {log.entries.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          caption={words.caption}
          head={words.head}
          rows={log.entries.map(({ at, act, by, key, about, what }) => [
            dateAndTime(at, language),
            [by.name ?? words.somebody, ...(key === null ? [] : [words.withKey(key)])].join(', '),
            words.acts[act],
            [about && (about.name ?? words.somebody), what && (called.get(what)?.[language] ?? what)]
              .filter((each) => each !== null)
              .join(', ') || '–',
          ])}
        />
      )}
      <Pages next={log.next} isFirst={isFirst} words={words} />
    </div>
  );
}
