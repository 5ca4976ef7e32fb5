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
import { ErrorSummary, TextField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { madeOf, Passkey } from '../parts/passkey.tsx';
import { languageOf, path, signedInWith } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { refusals } from '../texts/refusals.ts';
import { signingIn } from '../texts/signing-in.ts';
import { act, call, demandFresh, elsewhere } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandFresh(context, request);
  const options = await act<PasskeyOptions>(context, request, 'POST', '/me/passkey-options');
  return { options, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const made = madeOf(await request.formData());
  const answer = await call<SessionAnswer>(context, 'POST', '/me/passkeys', made);
  if (answer.status < 300) throw redirect(signedInWith('passkey', request), 303);
  const leave = elsewhere(answer, language, pathname);
  if (leave) throw leave;
  return data({ name: made.name, errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language].addPasskey },
];

/** Making a passkey, with a name that its owner knows it by. */
export default function SigningInPasskey() {
  const { options, language } = useLoaderData<typeof loader>();
  const { name, errors = {} } = useActionData<typeof action>() ?? {};
  const words = signingIn[language];
  return (
    <Message title={words.addPasskey} lead={words.passkeyLead}>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <Passkey act="create" options={options} language={language}>
        <TextField
          language={language}
          name="name"
          label={words.passkeyName}
          required={false}
          hint={words.passkeyNameHint}
          value={name}
          errors={errors}
        />
      </Passkey>
      <div className="actions">
        <a className="ds-button" data-variant="tertiary" href={path('signingIn', language)}>
          {words.back}
        </a>
      </div>
    </Message>
  );
}
