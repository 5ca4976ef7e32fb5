import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { PeopleAnswer } from '#http/contract.ts';
import { shortDate } from '../dates.ts';
import { BulkForm, Choose } from '../parts/bulk.tsx';
import { chosenOf } from '../parts/fields.tsx';
import { Filters } from '../parts/filters.tsx';
import { FindRow } from '../parts/find.tsx';
import { ListFile } from '../parts/list-file.tsx';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { people } from '../texts/people.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const roles = await demandRoom(context, request, 'consolePeople');
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const chosen = {
    which: chosenOf(people[language].kinds, searchParams.get('which')),
    sort: chosenOf(people[language].sorts, searchParams.get('sort')),
  };
  const query = new URLSearchParams(chosen);
  const cursor = searchParams.get('cursor');
  if (cursor !== null) query.set('cursor', cursor);
  const list = await read<PeopleAnswer>(context, request, `/people?${query}`);
  const acts = roles.includes('administrator') ? ['people.sign-out'] : [];
  return { list, chosen, acts, language, isFirst: cursor === null, guards: roles.includes('privacy') };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && people[loaderData.language].title },
];

/** People with a profile, a page at a time; the whole choice as a file. */
export default function ConsolePeople() {
  const { list, chosen, acts, language, isFirst, guards } = useLoaderData<typeof loader>();
  const words = people[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <FindRow guards={guards} language={language} />
      <Filters
        action={path('consolePeople', language)}
        filters={[
          { name: 'which', label: words.which, words: words.kinds, value: chosen.which },
          { name: 'sort', label: words.sort, words: words.sorts, value: chosen.sort },
        ]}
        show={words.show}
      />
      {list.people.length === 0 ? (
        <p className="spaced">{words.none}</p>
      ) : (
        <Table
          caption={words.caption(list.people.length)}
          head={words.head}
          rows={list.people.map((one) => [
            <span key="name">
              {acts.length === 0 ? null : (
                <Choose id={one.person} name={one.name ?? words.nameless} language={language} />
              )}
              <a className="ds-link" href={path('consolePerson', language, { id: one.person })}>
                {one.name ?? words.nameless}
              </a>
              <span className="under">{one.email}</span>
            </span>,
            one.company ?? '–',
            one.modules.join(', ') || '–',
            shortDate(one.active, language),
            shortDate(one.leaves, language),
          ])}
        />
      )}
      <Pages next={list.next} isFirst={isFirst} chosen={chosen} words={words} />
      <BulkForm
        acts={acts}
        shown={list.people.map(({ person }) => person)}
        chosen={chosen}
        language={language}
      />
      <ListFile from="/people/file" chosen={chosen} about={words.fileText} language={language} />
    </div>
  );
}
