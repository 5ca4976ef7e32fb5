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
import { Message } from '../parts/message.tsx';
import { Address, Password, SignInForm } from '../parts/sign-in.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { homeOf } from '../staff.ts';
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
  throw redirect(path(homeOf(roles), language), 303);
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
      <SignInForm
        language={language}
        errors={errors}
        go={words.enter}
        out={{ href: path('signIn', language), text: words.byLink }}
      >
        <Address language={language} errors={errors} value={email} autoComplete="username" />
        <Password language={language} errors={errors} autoComplete="current-password" />
      </SignInForm>
    </Message>
  );
}
