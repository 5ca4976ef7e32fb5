import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { FactorsAnswer, PasskeyOptions, SessionAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { Alert, ErrorSummary, type Errors, TextField } from '../parts/fields.tsx';
import { Message, OutboxHint } from '../parts/message.tsx';
import { Passkey, signedOf } from '../parts/passkey.tsx';
import { Press } from '../parts/press.tsx';
import { backIn, languageOf, path, withBack } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { refusals } from '../texts/refusals.ts';
import { signingIn } from '../texts/signing-in.ts';
import { act, call, elsewhere, FORM, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const { lacks, freshFor } = await read<SessionAnswer>(context, request, '/sessions/current');
  // Who has no second factor yet gets one on another page, as soon as it was shown lately enough who they are.
  if (lacks === 'set-up' && freshFor >= FORM)
    throw redirect(withBack(path('signingIn', language), backIn(request)), 303);
  const { factors, recoveryCodes } = await read<FactorsAnswer>(context, request, '/me/factors');
  const has = (kind: string) => factors.some((factor) => factor.kind === kind);
  const second = has('codes') || has('passkey');
  return {
    lacks: lacks === 'proof',
    passkey: has('passkey')
      ? await act<PasskeyOptions>(context, request, 'POST', '/sign-in/passkey-options')
      : undefined,
    codes: has('codes') || (second && recoveryCodes > 0),
    // Who has a second factor shows that: the first one alone would let in whoever has taken it.
    password: !second && has('password'),
    link: !second,
    sent: searchParams.has('sendt'),
    language,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname, search } = new URL(request.url);
  const language = languageOf(pathname);
  const back = backIn(request) ?? path('my', language);
  const form = await request.formData();
  const intent = String(form.get('intent'));
  if (intent === 'sign-out') {
    await act(context, request, 'DELETE', '/sessions/current');
    throw redirect(path('home', language), 303);
  }
  if (intent === 'link') {
    await act(context, request, 'POST', '/sessions/current/links', { back });
    const sent = new URLSearchParams({ til: back, sendt: '' });
    throw redirect(`${pathname}?${sent}`, 303);
  }
  const way = intent === 'password' ? 'password' : 'code';
  const answer =
    intent === 'passkey'
      ? await call<SessionAnswer>(context, 'POST', '/sessions/passkey', signedOf(form))
      : await call<SessionAnswer>(context, 'POST', `/sessions/current/${way}`, {
          [way]: String(form.get(way) ?? ''),
        });
  if (answer.status < 300) throw redirect(back, 303);
  const leave = answer.status === 401 ? elsewhere(answer, language, pathname + search) : undefined;
  if (leave) throw leave;
  const errors = errorsOf(answer, language);
  if (intent === 'passkey' || errors[way]) return data({ errors }, { status: answer.status });
  return data({ errors: { [way]: errors[''] ?? '' } as Errors }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language][loaderData.lacks ? 'secondTitle' : 'confirmTitle'] },
];

/** Asks who it is: for the second factor at sign-in, and again before what cannot be undone. Leads back to the act. */
export default function Confirm() {
  const { lacks, passkey, codes, password, link, sent, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = signingIn[language];
  return (
    <Message
      title={lacks ? words.secondTitle : words.confirmTitle}
      lead={lacks ? words.secondLead : words.confirmLead}
    >
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      {sent ? (
        <>
          <Alert color="success">{words.linkSent}</Alert>
          <OutboxHint language={language} />
        </>
      ) : null}
      {passkey ? <Passkey act="get" options={passkey} language={language} /> : null}
      {codes ? <Way way="code" label={words.confirmCode} errors={errors} language={language} /> : null}
      {password ? (
        <Way way="password" label={words.confirmPassword} errors={errors} language={language} />
      ) : null}
      {link ? (
        <section className="spaced">
          <h2 className="ds-heading" data-size="xs">
            {words.confirmLink}
          </h2>
          <p>{words.confirmLinkText}</p>
          <Press intent="link" text={words.sendLink} look={password ? 'plain' : 'main'} />
        </section>
      ) : null}
      {lacks ? (
        <div className="spaced">
          <Press intent="sign-out" text={words.signOut} look="plain" />
        </div>
      ) : null}
    </Message>
  );
}

function Way({
  way,
  label,
  errors,
  language,
}: {
  way: 'code' | 'password';
  label: string;
  errors: Errors;
  language: Language;
}) {
  return (
    <form className="form" method="post" noValidate>
      {way === 'password' ? <input hidden name="username" autoComplete="username" /> : null}
      <TextField
        language={language}
        name={way}
        label={label}
        required
        type={way === 'password' ? 'password' : 'text'}
        autoComplete={way === 'password' ? 'current-password' : 'one-time-code'}
        errors={errors}
      />
      <button className="ds-button" type="submit" name="intent" value={way}>
        {signingIn[language].confirm}
      </button>
    </form>
  );
}
