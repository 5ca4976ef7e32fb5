import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { AccessAnswer, SessionAnswer } from '#http/contract.ts';
import { ErrorSummary } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { Press } from '../parts/press.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { refusals } from '../texts/refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { call, elsewhere, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await read<SessionAnswer>(context, request, '/sessions/current');
  return { language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const answer = await call<AccessAnswer>(context, 'POST', '/me/address', { token: params.token });
  if (answer.status < 300) throw redirect(`${path('my', language)}?done=corrected`, 303);
  const leave = elsewhere(answer, language, path('my', language));
  if (leave) throw leave;
  return data({ errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].addressTitle },
];

/** The page that the letter to a new address opens: one press shows that its owner reads it. */
export default function NewAddress() {
  const { language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = signIn[language];
  return (
    <Message title={words.addressTitle} lead={words.addressText}>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <Press text={words.address} />
    </Message>
  );
}
