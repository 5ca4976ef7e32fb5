import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { SessionAnswer } from '#http/contract.ts';
import { ErrorSummary, TextField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { forms } from '../texts/forms.ts';
import { refusals } from '../texts/refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { call } from '../visit.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const [email, password] = [String(form.get('email') ?? ''), String(form.get('password') ?? '')];
  const answer = await call<SessionAnswer>(context, 'POST', '/sessions/password', { email, password });
  if (answer.status >= 300)
    return data({ email, errors: errorsOf(answer, language) }, { status: answer.status });
  const { roles } = answer.body as SessionAnswer;
  throw redirect(path(roles.includes('privacy') ? 'console' : 'my', language), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].byPassword },
];

/** Signing in by address and password. */
export default function SignInPassword() {
  const { language } = useLoaderData<typeof loader>();
  const { email, errors = {} } = useActionData<typeof action>() ?? {};
  const words = signIn[language];
  return (
    <Message title={words.byPassword} lead={words.passwordLead}>
      <form className="form" method="post" noValidate>
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        <TextField
          language={language}
          name="email"
          label={forms[language].email}
          required
          type="email"
          autoComplete="username"
          value={email}
          errors={errors}
        />
        <TextField
          language={language}
          name="password"
          label={words.password}
          required
          type="password"
          autoComplete="current-password"
          errors={errors}
        />
        <div className="actions">
          <button className="ds-button" type="submit">
            {words.enter}
          </button>
          <a className="ds-button" data-variant="tertiary" href={path('signIn', language)}>
            {words.byLink}
          </a>
        </div>
      </form>
    </Message>
  );
}
