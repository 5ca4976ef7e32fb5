import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { CameAnswer } from '#http/contract.ts';
import { ErrorSummary } from '../parts/fields.tsx';
import { Message, OutboxHint } from '../parts/message.tsx';
import { Press } from '../parts/press.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { homeOf } from '../staff.ts';
import { refusals } from '../texts/refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { call, elsewhere } from '../visit.ts';

const PARTS = ['code', 'state', 'iss'] as const;

export function loader({ request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const answer = Object.fromEntries(PARTS.map((name) => [name, searchParams.get(name) || undefined]));
  return { answer, came: searchParams.has('code'), language: languageOf(pathname) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const parts = PARTS.map((name) => [name, form.get(name)]).filter(([, value]) => value);
  const body = { provider: params.provider ?? '', language, ...Object.fromEntries(parts) };
  const answer = await call<CameAnswer>(context, 'POST', '/sessions/provider', body);
  const leave = elsewhere(answer, language, path('signingIn', language));
  if (leave) throw leave;
  if (answer.status >= 300)
    return data({ asked: false, errors: errorsOf(answer, language) }, { status: answer.status });
  const came = answer.body as CameAnswer;
  if (came.state === 'asked') return data({ asked: true, errors: {} });
  if (came.state === 'tied') throw redirect(`${path('signingIn', language)}?done=tied`, 303);
  throw redirect(path(homeOf(came.roles), language), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].enterTitle },
];

/** Where a provider sends people back to. It asks for one press, as the page of a mailed link does. */
export default function SignInBack() {
  const { answer, came, language } = useLoaderData<typeof loader>();
  const { asked, errors = {} } = useActionData<typeof action>() ?? {};
  const words = signIn[language];
  const again = (
    <p>
      <a className="ds-button" data-variant="secondary" href={path('signIn', language)}>
        {words.otherWays}
      </a>
    </p>
  );
  if (asked)
    return (
      <Message title={words.sentTitle} lead={words.askedText}>
        <OutboxHint language={language} />
      </Message>
    );
  if (!came)
    return (
      <Message title={words.cancelledTitle} lead={words.cancelledText}>
        {again}
      </Message>
    );
  if (Object.keys(errors).length > 0)
    return (
      <Message title={words.cancelledTitle} lead={words.cancelledText}>
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        {again}
      </Message>
    );
  return (
    <Message title={words.enterTitle} lead={words.backText}>
      <Press text={words.enter} about={answer} />
    </Message>
  );
}
