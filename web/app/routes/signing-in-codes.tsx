import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { CodeSecret, SessionAnswer } from '#http/contract.ts';
import { ErrorSummary, TextField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { Qr } from '../parts/qr.tsx';
import { languageOf, path, signedInWith } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { refusals } from '../texts/refusals.ts';
import { signingIn } from '../texts/signing-in.ts';
import { act, call, demandFresh, elsewhere } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandFresh(context, request);
  const { secret, uri } = await act<CodeSecret>(context, request, 'POST', '/me/code-secrets');
  return { secret, uri, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const [secret, code] = [String(form.get('secret') ?? ''), String(form.get('code') ?? '')];
  const answer = await call<SessionAnswer>(context, 'PUT', '/me/code-generator', { secret, code });
  if (answer.status < 300) throw redirect(signedInWith('codes', request), 303);
  const leave = elsewhere(answer, language, pathname);
  if (leave) throw leave;
  const errors = errorsOf(answer, language);
  return data(
    { errors: errors.code ? { code: signingIn[language].codesAgain } : errors },
    { status: answer.status },
  );
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language].codesTitle },
];

/** Setting up a code generator: a picture to scan, the same as text, and the first code. */
export default function SigningInCodes() {
  const { secret, uri, language } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const words = signingIn[language];
  return (
    <Message title={words.codesTitle} lead={words.codesLead}>
      <form className="form" method="post" noValidate autoComplete="off">
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        <Qr text={uri} label={words.codesPicture} />
        <dl className="item-facts">
          <div>
            <dt>{words.codesKey}</dt>
            <dd className="key-text">{secret.replace(/.{4}(?=.)/g, '$& ')}</dd>
          </div>
          <div>
            <dt>{words.codesAddress}</dt>
            <dd>
              <a className="ds-link key-text" href={uri}>
                {uri}
              </a>
            </dd>
          </div>
        </dl>
        <input type="hidden" name="secret" value={secret} />
        <TextField
          language={language}
          name="code"
          label={words.code}
          required
          autoComplete="one-time-code"
          errors={errors}
        />
        <div className="actions">
          <button className="ds-button" type="submit">
            {words.codesSave}
          </button>
          <a className="ds-button" data-variant="tertiary" href={path('signingIn', language)}>
            {words.back}
          </a>
        </div>
      </form>
    </Message>
  );
}
