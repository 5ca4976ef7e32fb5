import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ProvidersAnswer, SignInRequest } from '#http/contract.ts';
import { periodText } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { Message } from '../parts/message.tsx';
import { Address, SignInForm } from '../parts/sign-in.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { signIn } from '../texts/sign-in.ts';
import { call, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { statement } = await demandStatement(context, request);
  const { providers } = await read<ProvidersAnswer>(context, request, '/sign-in/providers');
  const period = statement.deadlines?.['sign-in-link']?.period;
  return { period, providers, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { email } = textOf(await request.formData(), ['email']);
  const answer = await call(context, 'POST', '/sign-in/links', { email, language } as SignInRequest);
  if (answer.status === 202) throw redirect(path('signInSent', language), 303);
  return data({ email, errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].title },
];

/** Asking for a link to sign in with. */
export default function SignIn() {
  const { period, providers, language } = useLoaderData<typeof loader>();
  const { email, errors = {} } = useActionData<typeof action>() ?? {};
  const words = signIn[language];
  return (
    <Message title={words.title} lead={words.lead}>
      <SignInForm language={language} errors={errors} go={words.send}>
        <Address
          language={language}
          errors={errors}
          value={email}
          hint={period ? words.worksFor(periodText(period, language)) : undefined}
        />
      </SignInForm>
      <h2 className="ds-heading spaced" data-size="xs">
        {words.otherWays}
      </h2>
      <div className="actions">
        <a className="ds-button" data-variant="secondary" href={path('signInPasskey', language)}>
          {words.byPasskey}
        </a>
        <a className="ds-button" data-variant="secondary" href={path('signInPassword', language)}>
          {words.byPassword}
        </a>
        {providers.map(({ id, name }) => (
          <a
            className="ds-button"
            data-variant="secondary"
            key={id}
            href={path('signInWith', language, { provider: id })}
          >
            {words.by(name[language])}
          </a>
        ))}
      </div>
    </Message>
  );
}
