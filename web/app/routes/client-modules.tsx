import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ClientModulesAnswer, PricesAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { ask, may, part, readOf, useClient } from '../client.ts';
import { longDate } from '../dates.ts';
import { AskOnce } from '../parts/ask-once.tsx';
import { ClientHead } from '../parts/client-head.tsx';
import { Press } from '../parts/press.tsx';
import { priceOf } from '../parts/prices.tsx';
import { languageOf, path } from '../paths.ts';
import { moduleTexts } from '../texts/client-modules.ts';
import { read } from '../visit.ts';

type Module = ClientModulesAnswer['modules'][number];

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  return {
    ...(await readOf<ClientModulesAnswer>(context, request, params, '/modules')),
    prices: await read<PricesAnswer>(context, request, '/prices'),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

export async function action(all: ActionFunctionArgs) {
  const form = await all.request.formData();
  const intent = String(form.get('intent'));
  if (intent === 'take')
    return ask(
      all,
      { method: 'POST', rest: '/modules', body: { module: form.get('module') }, done: 'taken' },
      intent,
    );
  if (intent === 'drop')
    return ask(all, { method: 'DELETE', rest: `/modules/${part(form, 'module')}`, done: 'dropped' }, intent);
  throw redirect(new URL(all.request.url).pathname, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && moduleTexts[loaderData.language].title },
];

/** Modules in use and those that are not; without any the subscription is over, so that the last one is dropped elsewhere. */
export default function ClientModules() {
  const { modules, prices, done, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = moduleTexts[language];
  const taken = modules.filter(({ since }) => since !== null);
  const free = modules.filter(({ since }) => since === null);
  const manages = may(client, 'modules.manage');
  return (
    <div className="my">
      <ClientHead words={words} lead={words.lead} done={done} errors={errors} language={language} />
      <section aria-labelledby="title-taken">
        <h2 id="title-taken" className="ds-heading" data-size="md">
          {words.taken}
        </h2>
        <ul className="items">
          {taken.map((one) => (
            <li className="item" key={one.module}>
              <ModuleText module={one} language={language} />
              {manages && taken.length > 1 ? (
                <AskOnce
                  title={words.drop}
                  label={words.dropLabel(one.label[language])}
                  text={words.dropText(one.label[language])}
                  go={words.dropGo}
                  intent="drop"
                  about={{ module: one.module }}
                />
              ) : null}
              {taken.length === 1 && may(client, 'agreement.end') ? (
                <p>
                  {words.last}{' '}
                  <a className="ds-link" href={path('clientEnd', language, { client: client.client })}>
                    {words.lastGo}
                  </a>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="title-free">
        <h2 id="title-free" className="ds-heading" data-size="md">
          {words.free}
        </h2>
        {free.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <>
            <p>{words.priced}</p>
            <ul className="items">
              {free.map((one) => (
                <li className="item" key={one.module}>
                  <ModuleText module={one} language={language} />
                  <p className="quiet small">{priceOf(prices, one.module, language)}</p>
                  {manages ? (
                    <Press
                      text={words.take}
                      label={words.takeLabel(one.label[language])}
                      intent="take"
                      about={{ module: one.module }}
                      look="plain"
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function ModuleText({ module, language }: { module: Module; language: Language }) {
  const words = moduleTexts[language];
  return (
    <>
      <h3 className="item-value">{module.label[language]}</h3>
      <p>{module.about[language]}</p>
      {module.since === null ? null : (
        <p className="quiet small">{words.since(longDate(module.since, language))}</p>
      )}
    </>
  );
}
