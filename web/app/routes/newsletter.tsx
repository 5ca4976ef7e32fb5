import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { SubscriptionRequest, TopicsAnswer } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { ErrorSummary, LanguageField, TextField } from '../parts/fields.tsx';
import { Notice } from '../parts/notice.tsx';
import { Topics } from '../parts/topics.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { categoryLabel } from '../rules.ts';
import { forms } from '../texts/forms.ts';
import { newsletter } from '../texts/newsletter.ts';
import { refusals } from '../texts/refusals.ts';
import { call, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandStatement(context, request);
  const { topics } = await read<TopicsAnswer>(context, request, '/newsletter/topics');
  return { topics, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const topics = form.getAll('topics').filter((each) => typeof each === 'string');
  const { email, name, language: wanted } = textOf(form, ['email', 'name', 'language']);
  const values = { email, name, language: wanted, topics };
  const answer = await call(context, 'POST', '/newsletter/subscriptions', values as SubscriptionRequest);
  if (answer.status === 202) throw redirect(path('newsletterSent', language), 303);
  return data({ values, errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && newsletter[loaderData.language].title },
];

/** Asking for letters. Nothing is ticked beforehand, and nothing is sent until the address's owner has confirmed. */
export default function Newsletter() {
  const { topics, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const { values, errors = {} } = useActionData<typeof action>() ?? {};
  const words = newsletter[language];
  const label = forms[language];
  if (topics.length === 0) return <p className="narrow page lead">{words.noTopics}</p>;
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <div className="beside">
        <form className="form" method="post" noValidate>
          <ErrorSummary errors={errors} title={refusals[language].summary} />
          <Topics
            topics={topics}
            chosen={values?.topics ?? []}
            legend={label.topics}
            hint={label.topicsHint}
            error={errors.topics}
            language={language}
          />
          <TextField
            language={language}
            name="email"
            label={categoryLabel(statement, 'contact.email', language)}
            required
            type="email"
            autoComplete="email"
            value={values?.email}
            errors={errors}
          />
          <TextField
            language={language}
            name="name"
            label={categoryLabel(statement, 'contact.name', language)}
            required={false}
            autoComplete="name"
            hint={label.hints.nameLetter}
            value={values?.name}
            errors={errors}
          />
          <LanguageField language={language} value={values?.language ?? language} label={label.language} />
          <button className="ds-button" type="submit">
            {words.send}
          </button>
        </form>
        <Notice statement={statement} point="newsletter.sign-up" language={language} />
      </div>
    </div>
  );
}
