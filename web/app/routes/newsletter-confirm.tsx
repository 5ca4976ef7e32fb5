import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type { ConfirmationAnswer, ConfirmationView, TopicsAnswer } from '#http/contract.ts';
import { longDate } from '../dates.ts';
import { Message } from '../parts/message.tsx';
import { languageOf, path } from '../paths.ts';
import { newsletter } from '../texts/newsletter.ts';
import { act, call, read, refused } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const where = `/newsletter/confirmations/${encodeURIComponent(params.token ?? '')}`;
  const answer = await call<ConfirmationView>(context, 'GET', where);
  if (answer.status === 404) return data({ view: undefined, topics: [], language }, { status: 404 });
  if (answer.status !== 200) throw refused(answer, language);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  return { view: answer.body as ConfirmationView, topics, language };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const token = params.token ?? '';
  if ((await request.formData()).get('intent') !== 'yes') {
    // Nothing follows from the answer: a sign-up that is not confirmed lapses in any case.
    await call(context, 'DELETE', `/newsletter/confirmations/${encodeURIComponent(token)}`);
    throw redirect(path('newsletterDeclined', language), 303);
  }
  const done = await act<ConfirmationAnswer>(context, request, 'POST', '/newsletter/confirmations', {
    token,
    language,
  });
  const choices = path('newsletterChoices', language, { token: done.preferences });
  throw redirect(`${choices}?done=confirmed&receipt=${encodeURIComponent(done.receipt)}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && newsletter[loaderData.language][loaderData.view ? 'confirmTitle' : 'spentTitle'] },
];

/** The page a confirmation link opens: the exact words, and two buttons of the same weight. Opening it changes nothing. */
export default function Confirm() {
  const { view, topics, language } = useLoaderData<typeof loader>();
  const words = newsletter[language];
  if (!view) {
    return (
      <Message
        title={words.spentTitle}
        lead={words.spentText}
        onward={{ text: words.again, href: path('newsletter', language) }}
      />
    );
  }
  const chosen = view.topics.map((id) => topics.find((topic) => topic.id === id)?.label[language] ?? id);
  return (
    <Message title={words.confirmTitle} lead={words.confirmLead(longDate(view.askedAt, language))}>
      <h2 className="ds-heading" data-size="xs">
        {words.confirmTopics}
      </h2>
      <ul className="ds-list">
        {chosen.map((topic) => (
          <li key={topic}>{topic}</li>
        ))}
      </ul>
      <h2 className="ds-heading spaced" data-size="xs">
        {words.confirmWords}
      </h2>
      <p className="consent-words">{view.wording[language]}</p>
      <form method="post" className="equal">
        <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="yes">
          {words.yes}
        </button>
        <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="no">
          {words.no}
        </button>
      </form>
      <p className="quiet">{words.withdraw}</p>
    </Message>
  );
}
