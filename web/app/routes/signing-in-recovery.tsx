import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import { Message } from '../parts/message.tsx';
import { languageOf, path } from '../paths.ts';
import { signingIn } from '../texts/signing-in.ts';
import { act, demandFresh } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandFresh(context, request);
  return { language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  return act<{ codes: string[] }>(context, request, 'POST', '/me/recovery-codes');
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signingIn[loaderData.language].recoveryTitle },
];

/** Recovery codes: made by a press, and shown in the answer to it alone. */
export default function SigningInRecovery() {
  const { language } = useLoaderData<typeof loader>();
  const made = useActionData<typeof action>();
  const words = signingIn[language];
  return (
    <Message title={words.recoveryTitle} lead={made ? words.recoveryShown : words.recoveryLead}>
      {made ? (
        <ul className="recovery-codes">
          {made.codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      ) : null}
      <form method="post" className="actions">
        {made ? null : (
          <button className="ds-button" type="submit">
            {words.addRecovery}
          </button>
        )}
        <a className="ds-button" data-variant="secondary" href={path('signingIn', language)}>
          {words.back}
        </a>
      </form>
    </Message>
  );
}
