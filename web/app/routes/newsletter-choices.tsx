import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { LeaveAnswer, PreferencesAnswer, TopicsAnswer } from '#http/contract.ts';
import { longDate } from '../dates.ts';
import { RenewalForm } from '../parts/coming.tsx';
import { Alert, ErrorSummary, LanguageField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { Topics } from '../parts/topics.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { forms } from '../texts/forms.ts';
import { newsletter } from '../texts/newsletter.ts';
import { refusals } from '../texts/refusals.ts';
import { act, call, read, refused } from '../visit.ts';

const where = (token: string | undefined) => `/newsletter/preferences/${encodeURIComponent(token ?? '')}`;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const answer = await call<PreferencesAnswer>(context, 'GET', where(params.token));
  const none = { chosen: undefined, topics: [], language, done: null, receipt: null };
  if (answer.status === 404) return data(none, { status: 404 });
  if (answer.status !== 200) throw refused(answer, language);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  const receipt = searchParams.get('receipt');
  return {
    chosen: answer.body as PreferencesAnswer,
    topics,
    language,
    done: searchParams.get('done'),
    receipt: receipt && /^[0-9a-f-]{36}$/.test(receipt) ? receipt : null,
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  if (form.get('intent') === 'leave') {
    const left = await act<LeaveAnswer>(context, request, 'DELETE', where(params.token));
    throw redirect(`${path('receipt', language, { id: left.receipt })}?done=left`, 303);
  }
  if (form.get('intent') === 'renew') {
    await act(context, request, 'PUT', `${where(params.token)}/consent`, { language: form.get('language') });
    throw redirect(pathname, 303);
  }
  const body = { topics: form.getAll('topics'), language: form.get('language') };
  const answer = await call(context, 'PUT', where(params.token), body);
  if (answer.status < 300) throw redirect(`${pathname}?done=saved`, 303);
  return data({ errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && newsletter[loaderData.language][loaderData.chosen ? 'choicesTitle' : 'spentTitle'] },
];

/** What a subscriber has chosen, without signing in; and the way out, in one step. */
export default function Choices() {
  const { chosen, topics, language, done, receipt } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = newsletter[language];
  if (!chosen) {
    return (
      <Message
        title={words.spentTitle}
        lead={words.spentText}
        onward={{ text: words.again, href: path('newsletter', language) }}
      />
    );
  }
  return (
    <Message title={words.choicesTitle} lead={words.choicesLead(longDate(chosen.since, language))}>
      {done === 'confirmed' ? (
        <Alert color="success">
          {words.doneConfirmed}{' '}
          {receipt ? (
            <a className="ds-link" href={path('receipt', language, { id: receipt })}>
              {words.receipt}
            </a>
          ) : null}
        </Alert>
      ) : null}
      {done === 'saved' ? <Alert color="success">{words.doneSaved}</Alert> : null}
      {chosen.renewal ? <RenewalForm renewal={chosen.renewal} language={language} /> : null}
      <form className="form sheet" method="post">
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        <Topics
          topics={topics}
          chosen={chosen.topics}
          legend={words.choicesTopics}
          error={errors.topics}
          language={language}
        />
        <LanguageField language={language} value={chosen.language} label={forms[language].language} />
        <button className="ds-button" type="submit" name="intent" value="save">
          {words.save}
        </button>
      </form>
      <form className="sheet spaced" method="post">
        <h2 className="ds-heading" data-size="xs">
          {words.leaveTitle}
        </h2>
        <p>{words.leaveText}</p>
        <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="leave">
          {words.leave}
        </button>
      </form>
    </Message>
  );
}
