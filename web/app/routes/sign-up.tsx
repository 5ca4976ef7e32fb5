import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ProfileAnswer, ProfileRequest } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Assent } from '../parts/assent.tsx';
import { ErrorSummary, LanguageField, TextField } from '../parts/fields.tsx';
import { Notice } from '../parts/notice.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { categoryLabel } from '../rules.ts';
import { forms } from '../texts/forms.ts';
import { refusals } from '../texts/refusals.ts';
import { signUp } from '../texts/sign-up.ts';
import { call } from '../visit.ts';

const fields = ['name', 'email', 'phone', 'place', 'company', 'language', 'statement'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandStatement(context, request);
  return { language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { statement = '', ...values } = textOf(await request.formData(), fields);
  const body = { ...values, accept: { statement } } as ProfileRequest;
  const answer = await call<ProfileAnswer>(context, 'POST', '/profiles', body);
  if (answer.status === 201) throw redirect(path('signUpSent', language), 303);
  return data({ values, errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signUp[loaderData.language].title },
];

/** Making a profile: the questions, and beside them what the answers are used for. */
export default function SignUp() {
  const { language } = useLoaderData<typeof loader>();
  const { statement, version } = useStatement();
  const { values = {}, errors = {} } = useActionData<typeof action>() ?? {};
  const words = signUp[language];
  const label = forms[language];
  const asks = statement.points.profile?.asks ?? {};
  const field = (name: 'name' | 'email' | 'phone' | 'place' | 'company') => ({
    language,
    name,
    label: categoryLabel(statement, `contact.${name}`, language),
    required: asks[`contact.${name}`] === 'required',
    value: values[name],
    errors,
  });
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead(statement.operator.name)}</p>
      <div className="beside">
        <form className="form" method="post" noValidate>
          <ErrorSummary errors={errors} title={refusals[language].summary} />
          <TextField {...field('name')} autoComplete="name" />
          <TextField {...field('email')} type="email" autoComplete="email" />
          <TextField {...field('phone')} type="tel" autoComplete="tel" hint={label.hints.phone} />
          <TextField {...field('place')} autoComplete="address-level2" hint={label.hints.place} />
          <TextField {...field('company')} autoComplete="organization" />
          <LanguageField language={language} value={values.language ?? language} label={label.language} />
          <Assent text={words.assent} version={version} language={language} />
          <button className="ds-button" type="submit">
            {words.send}
          </button>
        </form>
        <Notice statement={statement} point="profile" language={language} />
      </div>
    </div>
  );
}
