import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { PeopleAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { shortDate } from '../dates.ts';
import { choicesOf, SelectField } from '../parts/fields.tsx';
import { Pages } from '../parts/pages.tsx';
import { ReasonField } from '../parts/reason.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { people } from '../texts/people.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consolePeople');
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const chosen = {
    which: known(people[language].kinds, searchParams.get('which')),
    sort: known(people[language].sorts, searchParams.get('sort')),
  };
  const query = new URLSearchParams(chosen);
  const cursor = searchParams.get('cursor');
  if (cursor !== null) query.set('cursor', cursor);
  const list = await read<PeopleAnswer>(context, request, `/people?${query}`);
  return { list, chosen, language, isFirst: cursor === null };
}

/** A choice of the form; the first of them when the address says another thing. */
function known(choices: Readonly<Record<string, string>>, value: string | null): string {
  return value !== null && Object.hasOwn(choices, value) ? value : Object.keys(choices)[0]!;
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && people[loaderData.language].title },
];

/** People with a profile, a page at a time; the whole choice as a file. */
export default function ConsolePeople() {
  const { list, chosen, language, isFirst } = useLoaderData<typeof loader>();
  const words = people[language];
  const here = path('consolePeople', language);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <form className="filters" method="get" action={here}>
        <SelectField
          id="which"
          name="which"
          label={words.which}
          choices={choicesOf(words.kinds)}
          value={chosen.which}
        />
        <SelectField
          id="sort"
          name="sort"
          label={words.sort}
          choices={choicesOf(words.sorts)}
          value={chosen.sort}
        />
        <button className="ds-button" data-variant="secondary" type="submit">
          {words.show}
        </button>
      </form>
      {list.people.length === 0 ? (
        <p className="spaced">{words.none}</p>
      ) : (
        <Table
          caption={words.caption(list.people.length)}
          head={words.head}
          rows={list.people.map((one) => [
            <span key="name">
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
      <File chosen={chosen} language={language} />
    </div>
  );
}

/** Straight from the API, which writes the file as it reads: no page holds a million people. */
function File({ chosen, language }: { chosen: Record<string, string>; language: Language }) {
  const words = people[language];
  return (
    <details className="traces">
      <summary>{words.fileTitle}</summary>
      <p>{words.fileText}</p>
      <form className="form" method="get" action="/api/v1/people/file">
        {Object.entries(chosen).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <ReasonField language={language} value="agreement" />
        <button className="ds-button" data-variant="secondary" type="submit">
          {words.fileGo}
        </button>
      </form>
    </details>
  );
}
