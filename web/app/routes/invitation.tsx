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
  InvitationTaken,
  InvitationView,
  MyInvitationsAnswer,
  MyInvitationTaken,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { said } from '../client.ts';
import { longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Assent } from '../parts/assent.tsx';
import { ErrorSummary, TextField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { Notice } from '../parts/notice.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, isNoForForm, missingIn, textOf } from '../refusals.ts';
import { invitationTexts } from '../texts/invitation.ts';
import { refusals } from '../texts/refusals.ts';
import { act, call, read, refused } from '../visit.ts';

/** The letter's link carries a token; whoever is signed in as who was asked comes by the invitation's number. */
const isMine = (token = '') => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token);

const where = (token = '') =>
  isMine(token) ? `/me/invitations/${token}` : `/invitations/${encodeURIComponent(token)}`;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  await demandStatement(context, request);
  if (isMine(params.token)) {
    const { invitations } = await read<MyInvitationsAnswer>(context, request, '/me/invitations');
    const view = invitations.find(({ invitation }) => invitation === params.token);
    return data<Loaded>({ view, language }, { status: view === undefined ? 404 : 200 });
  }
  const answer = await call<InvitationView>(context, 'GET', where(params.token));
  if (answer.status === 404) return data<Loaded>({ language }, { status: 404 });
  if (answer.status !== 200) throw refused(answer, language, new URL(request.url).pathname);
  return data<Loaded>({ view: answer.body as InvitationView, language });
}

interface Loaded {
  view?: InvitationView;
  language: Language;
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  if (form.get('intent') !== 'yes') {
    const answer = await call(context, 'DELETE', where(params.token));
    // An invitation that is not there any more is as good as declined.
    if (answer.status >= 300 && answer.status !== 404)
      throw refused(answer, language, new URL(request.url).pathname);
    throw redirect(path('invitationDeclined', language), 303);
  }
  const { name = '', statement = '' } = textOf(form, ['name', 'statement']);
  const missing = missingIn({ person: name }, language);
  if (missing.person !== undefined) return said('yes', { name }, { name: missing.person });
  const answer = await call<InvitationTaken | MyInvitationTaken>(context, 'POST', where(params.token), {
    name,
    accept: { statement },
  });
  if (answer.status === 404) throw redirect(pathname, 303);
  if (isNoForForm(answer)) return said('yes', { name }, errorsOf(answer, language), answer.status);
  if (answer.status >= 300) throw refused(answer, language, new URL(request.url).pathname);
  const taken = answer.body as InvitationTaken | MyInvitationTaken;
  if ('signIn' in taken) await act(context, request, 'POST', '/sessions', { token: taken.signIn });
  const { client } = taken;
  throw redirect(`${path('client', language, { client })}?done=joined`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  {
    title:
      loaderData &&
      (loaderData.view
        ? invitationTexts[loaderData.language].title(loaderData.view.company.name)
        : invitationTexts[loaderData.language].spentTitle),
  },
];

/** What one is invited to, by whom, and what it means; yes and no. Opening it changes nothing. */
export default function Invitation() {
  const { view, language } = useLoaderData<typeof loader>();
  const { values, errors = {} } = useActionData<typeof action>() ?? {};
  const { statement, version } = useStatement();
  const words = invitationTexts[language];
  if (!view)
    return (
      <Message
        title={words.spentTitle}
        lead={words.spentText}
        onward={{ text: words.spentGo, href: path('signIn', language) }}
      />
    );
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title(view.company.name)}
      </h1>
      <p className="lead">{words.lead(view.by, view.levelName[language])}</p>
      <div className="beside">
        <div>
          <h2 className="ds-heading" data-size="xs">
            {words.rights}
          </h2>
          {view.rights.length === 0 ? (
            <p>{words.noRights}</p>
          ) : (
            <ul className="ds-list">
              {view.rights.map(({ right, label }) => (
                <li key={right}>{label[language]}</li>
              ))}
            </ul>
          )}
          <p className="quiet">
            {words.address(view.email)} {words.expires(longDate(view.expiresAt, language))}
          </p>
          <form className="form" method="post" noValidate>
            <ErrorSummary errors={errors} title={refusals[language].summary} />
            <TextField
              language={language}
              name="name"
              label={words.name}
              required
              autoComplete="name"
              value={values?.name ?? view.name}
              errors={errors}
            />
            <Assent text={words.assent} version={version} language={language} />
            <div className="equal">
              <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="yes">
                {words.yes}
              </button>
              <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="no">
                {words.no}
              </button>
            </div>
            <p className="quiet">{words.noText}</p>
          </form>
        </div>
        <Notice statement={statement} point="client.member" language={language} />
      </div>
    </div>
  );
}
