import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { LevelsAnswer } from '#http/contract.ts';
import { ask, may, part, readOf, said, useClient } from '../client.ts';
import { ClientHead } from '../parts/client-head.tsx';
import { LevelCard, LevelForm } from '../parts/levels.tsx';
import { languageOf } from '../paths.ts';
import { missingIn } from '../refusals.ts';
import { accessTexts } from '../texts/client-access.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  return {
    list: await readOf<LevelsAnswer>(context, request, params, '/levels'),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

/** The form for a new level has this number. */
const NEW = 'new';

export async function action(all: ActionFunctionArgs) {
  const { pathname } = new URL(all.request.url);
  const language = languageOf(pathname);
  const form = await all.request.formData();
  const intent = String(form.get('intent'));
  const level = String(form.get('level'));
  const rest = `/levels/${part(form, 'level')}`;
  if (intent === 'remove') return ask(all, { method: 'DELETE', rest, done: 'removed' }, 'remove');
  if (intent !== 'make' && intent !== 'change') throw redirect(pathname, 303);
  const name = String(form.get('name') ?? '');
  const rights = form.getAll('rights').map(String);
  const values = { name, rights: rights.join(' ') };
  const missing = missingIn({ levelName: name, rights: values.rights }, language);
  if (Object.keys(missing).length > 0) return said(level, values, missing);
  const asked =
    intent === 'make'
      ? ({ method: 'POST', rest: '/levels', done: 'made' } as const)
      : ({ method: 'PATCH', rest, done: 'changed' } as const);
  return ask(all, { ...asked, body: { name, rights } }, level, values);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && accessTexts[loaderData.language].title },
];

/** What each access level gives the right to do, and the company's own levels to make and change (clause `u.customer`). */
export default function ClientLevels() {
  const { list, done, language } = useLoaderData<typeof loader>();
  const { form, values = {}, errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = accessTexts[language];
  const givable = may(client, 'levels.manage') ? list.rights.filter(({ right }) => may(client, right)) : [];
  const written = (id: string) =>
    form === id ? { name: values.name ?? '', rights: (values.rights ?? '').split(' '), errors } : undefined;
  const groups = [
    [words.builtIn, list.levels.filter(({ custom }) => !custom)],
    [words.own, list.levels.filter(({ custom }) => custom)],
  ] as const;
  return (
    <div className="my">
      <ClientHead
        words={words}
        lead={words.lead}
        done={done}
        errors={errors}
        anchors={{ levelName: `${form}-name`, name: `${form}-name`, rights: `${form}-rights` }}
        language={language}
      />
      {groups.map(([title, levels]) =>
        levels.length === 0 ? null : (
          <section key={title} aria-label={title}>
            <h2 className="ds-heading" data-size="md">
              {title}
            </h2>
            <ul className="items">
              {levels.map((level) => (
                <LevelCard
                  key={level.level}
                  level={level}
                  rights={list.rights}
                  givable={givable}
                  written={written(level.level)}
                  language={language}
                />
              ))}
            </ul>
          </section>
        ),
      )}
      {givable.length > 0 ? (
        <section aria-labelledby="title-make">
          <h2 id="title-make" className="ds-heading" data-size="md">
            {words.makeTitle}
          </h2>
          <div className="sheet">
            <LevelForm
              id={NEW}
              rights={givable}
              written={written(NEW) ?? { name: '', rights: [], errors: {} }}
              intent="make"
              go={words.make}
              language={language}
            />
          </div>
        </section>
      ) : null}
    </div>
  );
}
