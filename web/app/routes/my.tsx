import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type {
  AccessAnswer,
  ClientsAnswer,
  LeaveAnswer,
  LogAnswer,
  Problem,
  SessionAnswer,
  TopicsAnswer,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Agreements } from '../parts/agreement.tsx';
import { ComingBanner, RenewalForm } from '../parts/coming.tsx';
import { Consents } from '../parts/consents.tsx';
import { Alert } from '../parts/fields.tsx';
import { OwnHolds } from '../parts/holds.tsx';
import { type Group, groupOf, ItemCard, ItemTable, type Sight } from '../parts/items.tsx';
import { LogTable } from '../parts/log-table.tsx';
import { Purposes } from '../parts/purposes.tsx';
import { Restriction } from '../parts/restriction.tsx';
import { Summary } from '../parts/summary.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { languageOf, type Page, path } from '../paths.ts';
import { messageOf } from '../refusals.ts';
import { my } from '../texts/my.ts';
import { act, call, elsewhere, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const access = await read<AccessAnswer>(context, request, '/me');
  await demandStatement(context, request);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  const { clients } = await read<ClientsAnswer>(context, request, '/clients');
  const { entries } = await read<LogAnswer>(context, request, '/me/log');
  const { roles } = await read<SessionAnswer>(context, request, '/sessions/current');
  return {
    access,
    isStaff: roles.length > 0,
    topics,
    clients,
    // What others did is what people come to see; their own visits are in the whole log.
    entries: entries.filter((entry) => entry.actor !== 'person').slice(0, 5),
    today: new Date().toISOString().slice(0, 10),
    done: searchParams.get('done') ?? '',
    no: searchParams.get('no') ?? '',
    language: languageOf(pathname),
  };
}

/** What each button asks of the API, and what to say when it is done. */
const acts: Record<
  string,
  (form: FormData) => { method: string; where: string; body?: unknown; done: string }
> = {
  'erase-item': (form) => ({ method: 'DELETE', where: `/me/items/${part(form, 'item')}`, done: 'erased' }),
  object: (form) => ({ method: 'PUT', where: `/me/objections/${part(form, 'purpose')}`, done: 'objected' }),
  'lift-objection': (form) => ({
    method: 'DELETE',
    where: `/me/objections/${part(form, 'purpose')}`,
    done: 'lifted',
  }),
  restrict: (form) => ({
    method: 'PUT',
    where: '/me/restriction',
    body: { reason: form.get('reason') },
    done: 'restricted',
  }),
  renew: (form) => ({
    method: 'PUT',
    where: `/me/consents/${part(form, 'purpose')}`,
    body: { language: form.get('language') },
    done: 'renewed',
  }),
  'lift-restriction': () => ({ method: 'DELETE', where: '/me/restriction', done: 'lifted' }),
  'leave-agreement': () => ({ method: 'PUT', where: '/me/objections/resume', done: 'departed' }),
};

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const intent = String(form.get('intent'));
  if (intent === 'sign-out') {
    await act(context, request, 'DELETE', '/sessions/current');
    throw redirect(path('home', language), 303);
  }
  if (intent === 'withdraw') {
    const left = await act<LeaveAnswer>(context, request, 'DELETE', `/me/consents/${part(form, 'purpose')}`);
    // Where the consent was all there was, everything is gone and so is the session.
    const next = left.erased
      ? `${path('receipt', language, { id: left.receipt })}?done=left`
      : `${pathname}?done=withdrawn`;
    throw redirect(next, 303);
  }
  const asked = acts[intent]?.(form);
  if (!asked) throw redirect(pathname, 303);
  const answer = await call(context, asked.method, asked.where, asked.body);
  const gone = answer.body as Partial<LeaveAnswer> | undefined;
  if (answer.status < 300 && gone?.erased)
    throw redirect(`${path('receipt', language, { id: gone.receipt! })}?done=left`, 303);
  if (answer.status < 300) throw redirect(`${pathname}?done=${asked.done}`, 303);
  if (elsewhere(answer, language, pathname) || answer.status >= 500)
    throw refused(answer, language, pathname);
  throw redirect(`${pathname}?no=${encodeURIComponent((answer.body as Problem).code ?? '')}`, 303);
}

function part(form: FormData, name: string): string {
  return encodeURIComponent(String(form.get(name) ?? ''));
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && my[loaderData.language].title },
];

/** «Mitt personvern»: everything held on a person, and every way to change that (GDPR art. 12-22). */
export default function My() {
  const loaded = useLoaderData<typeof loader>();
  const { access, isStaff, topics, clients, entries, today, done, no, language } = loaded;
  const { statement, coming, version } = useStatement();
  const words = my[language];
  const sight: Sight = { language, statement, topics };
  return (
    <div className="wide page my">
      <div className="my-head">
        <div>
          <h1 className="ds-heading" data-size="xl">
            {words.title}
          </h1>
          <p className="lead">{words.lead}</p>
        </div>
        <form method="post">
          {isStaff ? (
            <a className="ds-button" data-variant="secondary" data-size="sm" href={path('console', language)}>
              {words.console}
            </a>
          ) : null}
          <button
            className="ds-button"
            data-variant="secondary"
            data-size="sm"
            type="submit"
            name="intent"
            value="sign-out"
          >
            {words.signOut}
          </button>
        </form>
      </div>
      {words.done[done] ? <Alert color="success">{words.done[done]}</Alert> : null}
      {no ? <Alert color="danger">{messageOf(no, 409, language)}</Alert> : null}
      {access.restricted ? (
        <Alert color="warning">{words.restrictedSince(longDate(access.restricted.since, language))}</Alert>
      ) : null}
      <ComingBanner coming={coming} current={version} language={language} />
      {access.renewals.map((renewal) => (
        <RenewalForm
          key={renewal.purpose}
          renewal={renewal}
          title={statement.purposes[renewal.purpose]?.label[language]}
          language={language}
        />
      ))}
      <OwnHolds holds={access.holds} statement={statement} language={language} />
      <Summary access={access} statement={statement} language={language} />
      <Agreements clients={clients} statement={statement} language={language} />
      <Contents language={language} />
      <section id="held" aria-labelledby="title-held">
        <h2 id="title-held" className="ds-heading" data-size="md">
          {words.held}
        </h2>
        <Timeline items={access.items} today={today} language={language} />
        <Items access={access} sight={sight} />
      </section>
      <section id="uses" aria-labelledby="title-uses">
        <h2 id="title-uses" className="ds-heading" data-size="md">
          {words.uses}
        </h2>
        <p>{words.purposesLead}</p>
        <Purposes purposes={access.purposes} statement={statement} language={language} />
      </section>
      <Restriction restricted={access.restricted} statement={statement} language={language} />
      <section id="looked" aria-labelledby="title-looked">
        <h2 id="title-looked" className="ds-heading" data-size="md">
          {words.looked}
        </h2>
        <p>{words.logLead}</p>
        {entries.length === 0 ? (
          <p>{words.logOnlyYou}</p>
        ) : (
          <LogTable entries={entries} statement={statement} language={language} />
        )}
        <p>
          <a className="ds-link" href={path('myLog', language)}>
            {words.logAll}
          </a>
        </p>
      </section>
      <Consents access={access} statement={statement} language={language} />
      <div className="ways-out">
        <WayOut
          id="take"
          title={words.take}
          text={words.exportText}
          page="myExport"
          go={words.export}
          language={language}
        />
        <WayOut
          id="erase"
          title={words.erase}
          text={words.eraseText}
          page="myErase"
          go={words.eraseGo}
          language={language}
        />
        <WayOut
          id="sign-in"
          title={words.signingIn}
          text={words.signingInText}
          page="signingIn"
          go={words.signingInGo}
          language={language}
        />
        <WayOut
          id="complain"
          title={words.complain}
          text={words.complainText}
          page="complaint"
          go={words.complain}
          language={language}
        />
      </div>
    </div>
  );
}

function Contents({ language }: { language: Language }) {
  const words = my[language];
  const parts = [
    ['held', words.held],
    ['uses', words.uses],
    ['limits', words.limits],
    ['looked', words.looked],
    ['proofs', words.proofs],
    ['take', words.take],
    ['erase', words.erase],
  ];
  return (
    <nav className="my-contents" aria-label={words.contents}>
      <ul>
        {parts.map(([id, text]) => (
          <li key={id}>
            <a className="ds-link" href={`#${id}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Values as cards, traces as a folded table: a person with a long history still finds their own address at once. */
function Items({ access, sight }: { access: AccessAnswer; sight: Sight }) {
  const words = my[sight.language];
  const groups = Object.keys(words.groups) as Group[];
  return groups.map((group) => {
    const items = access.items.filter((item) => groupOf(item) === group);
    if (items.length === 0) return null;
    const cards =
      group === 'who' || group === 'letters' ? items.filter((item) => item.category !== 'record.mail') : [];
    const traces = items.filter((item) => !cards.includes(item));
    return (
      <div className="item-group" key={group}>
        <h3 className="ds-heading" data-size="xs">
          {words.groups[group]}
        </h3>
        {group === 'records' ? <p className="quiet">{words.recordsAbout}</p> : null}
        {cards.length > 0 ? (
          <ul className="items">
            {cards.map((item) => (
              <ItemCard key={item.id} item={item} sight={sight} />
            ))}
          </ul>
        ) : null}
        {traces.length > 0 ? (
          <details className="traces">
            <summary>{words.showAll(traces.length)}</summary>
            <ItemTable items={traces} caption={words.groups[group]} sight={sight} />
          </details>
        ) : null}
      </div>
    );
  });
}

function WayOut(props: {
  id: string;
  title: string;
  text: string;
  page: Page;
  go: string;
  language: Language;
}) {
  return (
    <section className="sheet" id={props.id}>
      <h2 className="ds-heading" data-size="xs">
        {props.title}
      </h2>
      <p>{props.text}</p>
      <p>
        <a className="ds-button" data-variant="secondary" href={path(props.page, props.language)}>
          {props.go}
        </a>
      </p>
    </section>
  );
}
