import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type {
  FactorsAnswer,
  Problem,
  ProvidersAnswer,
  SessionAnswer,
  SessionsAnswer,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime, list, longDate } from '../dates.ts';
import { Alert } from '../parts/fields.tsx';
import { Press } from '../parts/press.tsx';
import { Table } from '../parts/table.tsx';
import { backIn, languageOf, type Page, path, withBack } from '../paths.ts';
import { messageOf } from '../refusals.ts';
import { signingIn } from '../texts/signing-in.ts';
import { call, elsewhere, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const { lacks, roles } = await read<SessionAnswer>(context, request, '/sessions/current');
  const factors = await read<FactorsAnswer>(context, request, '/me/factors');
  const { sessions } =
    lacks === null ? await read<SessionsAnswer>(context, request, '/me/sessions') : { sessions: [] };
  const { providers } = await read<ProvidersAnswer>(context, request, '/sign-in/providers');
  const [done, no] = [searchParams.get('done') ?? '', searchParams.get('no') ?? ''];
  const back = backIn(request);
  const isStaff = roles.length > 0;
  return { lacks, isStaff, factors, sessions, providers, done, no, back, language: languageOf(pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const id = encodeURIComponent(String(form.get('id') ?? ''));
  const asked = {
    remove: { where: `/me/factors/${id}`, done: 'removed' },
    end: { where: `/me/sessions/${id}`, done: 'ended' },
    'end-others': { where: '/me/sessions', done: 'ended' },
  }[String(form.get('intent'))];
  if (!asked) throw redirect(pathname, 303);
  const answer = await call(context, 'DELETE', asked.where);
  if (answer.status < 300) throw redirect(`${pathname}?done=${asked.done}`, 303);
  if (elsewhere(answer, language, pathname) || answer.status >= 500)
    throw refused(answer, language, pathname);
  throw redirect(`${pathname}?no=${encodeURIComponent((answer.body as Problem).code ?? '')}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language].title },
];

/** How a person signs in and where they are signed in, each with its way out. */
export default function SigningIn() {
  const { lacks, isStaff, factors, sessions, providers, done, no, back, language } =
    useLoaderData<typeof loader>();
  const words = signingIn[language];
  const others = sessions.filter(({ current }) => !current);
  return (
    <div className="wide page my">
      <h1 className="ds-heading" data-size="xl">
        {lacks === null ? words.title : words.setUpTitle}
      </h1>
      <p className="lead">{lacks === null ? words.lead : isStaff ? words.setUpText : words.setUpOwner}</p>
      {words.done[done] ? <Alert color="success">{words.done[done]}</Alert> : null}
      {lacks === null && back !== null && done !== '' ? (
        <p className="actions">
          <a className="ds-button" href={back}>
            {words.goOn}
          </a>
        </p>
      ) : null}
      {lacks === null ? null : <SetUpWays language={language} />}
      {no ? <Alert color="danger">{messageOf(no, 409, language)}</Alert> : null}
      <section aria-labelledby="title-ways">
        <h2 id="title-ways" className="ds-heading" data-size="md">
          {words.ways}
        </h2>
        <Ways
          factors={factors}
          providers={providers}
          setUp={lacks !== null}
          back={back}
          language={language}
        />
      </section>
      {lacks === null ? (
        <section aria-labelledby="title-sessions">
          <h2 id="title-sessions" className="ds-heading" data-size="md">
            {words.sessions}
          </h2>
          <p>{words.sessionsAbout}</p>
          <Table
            caption={words.sessions}
            head={words.sessionHead}
            rows={sessions.map((session) => [
              dateAndTime(session.beganAt, language),
              dateAndTime(session.usedAt, language),
              list(
                session.means.map((means) => words.means[means]),
                language,
              ),
              longDate(session.expiresAt, language),
              session.current ? (
                words.thisOne
              ) : (
                <End key="end" id={session.id} since={session.beganAt} language={language} />
              ),
            ])}
          />
          {others.length > 0 ? (
            <Press text={words.endOthers} intent="end-others" look="plain" className="spaced" />
          ) : null}
        </section>
      ) : null}
    </div>
  );
}

function Ways({
  factors,
  providers,
  setUp,
  back,
  language,
}: {
  factors: FactorsAnswer;
  providers: ProvidersAnswer['providers'];
  setUp: boolean;
  /** Where to go on to when it is done. */
  back: string | null;
  language: Language;
}) {
  const words = signingIn[language];
  const has = (kind: string) => factors.factors.some((factor) => factor.kind === kind);
  const second = has('codes') || has('passkey');
  return (
    <>
      <ul className="items">
        <li className="item">
          <h3 className="item-label">{words.link}</h3>
          <p>{words.linkAbout}</p>
        </li>
        {factors.factors.map(({ id, kind, name, addedAt, usedAt }) => {
          const what = name ?? words.kinds[kind];
          return (
            <li className="item" key={id}>
              <div className="item-head">
                <div>
                  <h3 className="item-label">{words.kinds[kind]}</h3>
                  {name ? <p className="item-value">{name}</p> : null}
                  <p className="quiet">
                    {words.added(longDate(addedAt, language))}, {words.used(longDate(usedAt, language))}
                  </p>
                </div>
                <Press
                  text={words.remove}
                  label={words.removeLabel(what)}
                  intent="remove"
                  about={{ id }}
                  look="plain-danger"
                  small
                  className="item-acts"
                />
              </div>
            </li>
          );
        })}
        {second ? (
          <li className="item">
            <h3 className="item-label">{words.recoveryTitle}</h3>
            <p>
              {factors.recoveryCodes === 0 ? words.recoveryNone : words.recoveryLeft(factors.recoveryCodes)}
            </p>
          </li>
        ) : null}
      </ul>
      <div className="actions">
        <Go page="signingInPasskey" text={words.addPasskey} back={back} language={language} />
        <Go
          page="signingInCodes"
          text={has('codes') ? words.changeCodes : words.addCodes}
          back={back}
          language={language}
        />
        {setUp ? null : (
          <Go
            page="signingInPassword"
            text={has('password') ? words.changePassword : words.addPassword}
            language={language}
          />
        )}
        {setUp
          ? null
          : providers.map(({ id, name }) => (
              <a
                className="ds-button"
                data-variant="secondary"
                key={id}
                href={path('signInWith', language, { provider: id })}
              >
                {words.addProvider(name[language])}
              </a>
            ))}
        {second ? <Go page="signingInRecovery" text={words.addRecovery} language={language} /> : null}
      </div>
    </>
  );
}

/** What the two second factors are, for somebody who must choose one. */
function SetUpWays({ language }: { language: Language }) {
  return (
    <ul className="ds-list">
      {signingIn[language].setUpWays.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Go(props: { page: Page; text: string; back?: string | null; language: Language }) {
  const { page, text, back = null, language } = props;
  return (
    <a className="ds-button" data-variant="secondary" href={withBack(path(page, language), back)}>
      {text}
    </a>
  );
}

function End({ id, since, language }: { id: string; since: string; language: Language }) {
  const words = signingIn[language];
  return (
    <Press
      text={words.end}
      label={words.endLabel(dateAndTime(since, language))}
      intent="end"
      about={{ id }}
      look="plain"
      small
    />
  );
}
