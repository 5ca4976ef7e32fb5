import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { PasskeyOptions, SessionAnswer } from '#http/contract.ts';
import { ErrorSummary } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { Passkey, signedOf } from '../parts/passkey.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { homeOf } from '../staff.ts';
import { refusals } from '../texts/refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { act, call } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const options = await act<PasskeyOptions>(context, request, 'POST', '/sign-in/passkey-options');
  return { options, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const signed = signedOf(await request.formData());
  const answer = await call<SessionAnswer>(context, 'POST', '/sessions/passkey', signed);
  if (answer.status >= 300) return data({ errors: errorsOf(answer, language) }, { status: answer.status });
  const { roles } = answer.body as SessionAnswer;
  throw redirect(path(homeOf(roles), language), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].byPasskey },
];

/** Signing in by a passkey: nobody types who they are. */
export default function SignInPasskey() {
  const { options, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = signIn[language];
  return (
    <Message title={words.byPasskey} lead={words.passkeyLead}>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <Passkey act="get" options={options} language={language} />
      <div className="actions">
        <a className="ds-button" data-variant="tertiary" href={path('signIn', language)}>
          {words.byLink}
        </a>
      </div>
    </Message>
  );
}
