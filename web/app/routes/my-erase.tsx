import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type { ErasureAnswer, ErasurePreview } from '#http/contract.ts';
import { ErasureAccount } from '../parts/account.tsx';
import { Alert } from '../parts/fields.tsx';
import { Press } from '../parts/press.tsx';
import { languageOf, path } from '../paths.ts';
import { erase } from '../texts/erase.ts';
import { my } from '../texts/my.ts';
import { refusals } from '../texts/refusals.ts';
import { act, demandFresh, read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandFresh(context, request);
  const account = await read<ErasurePreview>(context, request, '/me/erasure');
  return { account, language: languageOf(new URL(request.url).pathname) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { receipt } = await act<ErasureAnswer>(context, request, 'DELETE', '/me');
  throw redirect(path('receipt', language, { id: receipt }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && erase[loaderData.language].title },
];

/** A plain account of what an erasure takes and leaves, and the one button. */
export default function MyErase() {
  const { account, language } = useLoaderData<typeof loader>();
  const words = erase[language];
  return (
    <div className="narrow page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      {account.held ? (
        <div className="spaced">
          <Alert color="warning">{refusals[language].codes['answer.held']}</Alert>
          <p>
            <a className="ds-link" href={path('complaint', language)}>
              {my[language].complain}
            </a>
          </p>
        </div>
      ) : (
        <>
          <p className="lead">{words.lead}</p>
          <ErasureAccount account={account} language={language} />
          <p className="spaced">{words.after}</p>
        </>
      )}
      <div className="actions">
        {account.held ? null : <Press text={words.erase} look="danger" />}
        <a className="ds-button" data-variant="secondary" href={path('my', language)}>
          {account.held ? words.toMy : words.back}
        </a>
      </div>
    </div>
  );
}
