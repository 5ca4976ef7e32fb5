import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { FactorsAnswer } from '#http/contract.ts';
import { Message } from '../parts/message.tsx';
import { Password, SignInForm } from '../parts/sign-in.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { signingIn } from '../texts/signing-in.ts';
import { call, demandFresh, elsewhere, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandFresh(context, request);
  const { factors } = await read<FactorsAnswer>(context, request, '/me/factors');
  const beside = factors.some(({ kind }) => kind === 'codes' || kind === 'passkey');
  return { least: beside ? 8 : 15, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const password = String((await request.formData()).get('password') ?? '');
  const answer = await call<FactorsAnswer>(context, 'PUT', '/me/password', { password });
  if (answer.status < 300) throw redirect(`${path('signingIn', language)}?done=password`, 303);
  const leave = elsewhere(answer, language, pathname);
  if (leave) throw leave;
  return data({ errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language].passwordTitle },
];

/** Choosing a password; what was typed is never shown again. */
export default function SigningInPassword() {
  const { least, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = signingIn[language];
  return (
    <Message title={words.passwordTitle} lead={words.passwordLead(least)}>
      <SignInForm
        language={language}
        errors={errors}
        go={words.save}
        out={{ href: path('signingIn', language), text: words.back }}
      >
        <input hidden name="username" autoComplete="username" />
        <Password language={language} errors={errors} autoComplete="new-password" label={words.password} />
      </SignInForm>
    </Message>
  );
}
