import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type {
  AccessAnswer,
  AccountsFound,
  ErasureAnswer,
  PersonAnswer,
  TopicsAnswer,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Alert } from '../parts/fields.tsx';
import { Clients } from '../parts/find.tsx';
import { HoldFacts, PlaceHold } from '../parts/holds.tsx';
import { groupOf, ItemCard, ItemTable, type Sight } from '../parts/items.tsx';
import { Press } from '../parts/press.tsx';
import { ReasonField } from '../parts/reason.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { common } from '../texts/common.ts';
import { consoleTexts } from '../texts/console.ts';
import { consoleClientTexts } from '../texts/console-clients.ts';
import { holdTexts } from '../texts/holds.ts';
import { my } from '../texts/my.ts';
import { people } from '../texts/people.ts';
import { act, call, read, refused } from '../visit.ts';

const where = (id: string | undefined) => `/persons/${encodeURIComponent(id ?? '')}`;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const roles = await demandRoom(context, request, 'consolePeople');
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const guards = roles.includes('privacy');
  const reason = searchParams.get('reason');
  const contact = await call<PersonAnswer>(context, 'GET', where(params.id));
  // Whoever is restricted is nobody to those who run the customer relationship, and somebody still to privacy staff.
  if (contact.status >= 300 && !(guards && contact.status === 404)) throw refused(contact, language);
  const isThere = contact.status === 200;
  const clients = isThere
    ? await read<AccountsFound>(context, request, `${where(params.id)}/accounts`)
    : { found: [] };
  const seen = {
    id: params.id!,
    contact: isThere ? (contact.body as PersonAnswer) : null,
    clients: clients.found,
    done: searchParams.get('done') ?? '',
    language,
    guards,
  };
  if (!guards || reason === null) return { ...seen, access: null, topics: [] };
  const why = `?reason=${encodeURIComponent(reason)}`;
  const access = await read<AccessAnswer>(context, request, `${where(params.id)}/items${why}`);
  await demandStatement(context, request);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  return { ...seen, access, topics };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  if (form.get('intent') === 'hold') {
    const values = textOf(form, ['why', 'until', 'review', 'untold']);
    const answer = await call(context, 'POST', `${where(params.id)}/holds`, { why: '', ...values });
    const why = new URL(request.url).searchParams.get('reason') ?? 'request';
    if (answer.status < 300)
      throw redirect(`${pathname}?done=placed&reason=${encodeURIComponent(why)}#holds`, 303);
    if (answer.status !== 422) throw refused(answer, language, new URL(request.url).pathname);
    return data({ values, errors: errorsOf(answer, language) }, { status: 422 });
  }
  const { receipt } = await act<ErasureAnswer>(context, request, 'DELETE', where(params.id));
  throw redirect(path('receipt', language, { id: receipt }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].personTitle },
];

/** One person: how to reach them, and for those who look after privacy, who say why, everything that is stored. */
export default function ConsolePerson() {
  const { id, contact, clients, access, topics, done, language, guards } = useLoaderData<typeof loader>();
  const words = consoleTexts[language];
  const listed = people[language];
  const fields = Object.entries(listed.fields) as [keyof typeof listed.fields, string][];
  const spoken = contact?.language && common[language].languages[contact.language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {contact?.name ?? words.personTitle}
      </h1>
      <p className="lead">
        {words.number}: <code>{id}</code>
      </p>
      <Alert color="info">{words.looked}</Alert>
      {contact ? (
        <section aria-labelledby="title-contact">
          <h2 id="title-contact" className="ds-heading" data-size="md">
            {listed.contact}
          </h2>
          <dl className="glance">
            {fields.map(([field, name]) => (
              <div key={field}>
                <dt>{name}</dt>
                <dd>{(field === 'language' ? spoken : contact[field]) ?? '–'}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {clients.length > 0 ? (
        <section aria-labelledby="title-clients">
          <h2 id="title-clients" className="ds-heading" data-size="md">
            {consoleClientTexts[language].of}
          </h2>
          <Clients clients={clients} language={language} />
        </section>
      ) : null}
      {guards && access === null ? (
        <section aria-labelledby="title-everything">
          <h2 id="title-everything" className="ds-heading" data-size="md">
            {listed.everything}
          </h2>
          <p>
            {listed.everythingText} {words.reasonText}
          </p>
          <form className="form" method="get">
            <ReasonField language={language} />
            <button className="ds-button" type="submit">
              {words.reasonGo}
            </button>
          </form>
        </section>
      ) : null}
      {access === null ? null : (
        <Everything access={access} topics={topics} done={done} language={language} />
      )}
    </div>
  );
}

/** Everything stored on a person, to be looked at and not changed, except by erasing. */
function Everything(props: {
  access: AccessAnswer;
  topics: TopicsAnswer['topics'];
  done: string;
  language: Language;
}) {
  const { access, topics, done, language } = props;
  const { values = {}, errors = {} } = useActionData<typeof action>() ?? {};
  const { statement } = useStatement();
  const words = consoleTexts[language];
  const held = holdTexts[language];
  const sight: Sight = { language, statement, topics, readOnly: true };
  const cards = access.items.filter(
    (item) => groupOf(item) === 'who' || item.category === 'preference.topics',
  );
  const traces = access.items.filter((item) => !cards.includes(item));
  return (
    <>
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
      <section id="holds" aria-labelledby="title-holds">
        <h2 id="title-holds" className="ds-heading" data-size="md">
          {held.title}
        </h2>
        {held.done[done] ? <Alert color="success">{held.done[done]}</Alert> : null}
        {access.holds.length > 0 ? (
          <>
            <ul className="items">
              {access.holds.map((hold) => (
                <li className="item" key={hold.id}>
                  <HoldFacts hold={hold} language={language} />
                </li>
              ))}
            </ul>
            <p>
              <a className="ds-link" href={path('consoleHolds', language)}>
                {held.onPerson}
              </a>
            </p>
          </>
        ) : null}
        <details className="traces" open={Object.keys(errors).length > 0}>
          <summary>{held.add}</summary>
          <p>{held.addText}</p>
          <PlaceHold statement={statement} language={language} errors={errors} values={values} />
        </details>
      </section>
      <section className="sheet" aria-labelledby="title-erase">
        <h2 id="title-erase" className="ds-heading" data-size="xs">
          {words.eraseTitle}
        </h2>
        <p>{access.holds.length > 0 ? held.notErased : words.eraseText}</p>
        {access.holds.length > 0 ? null : <Press text={words.erase} intent="erase" look="danger" />}
      </section>
    </>
  );
}
