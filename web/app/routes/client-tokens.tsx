import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ClientTokensAnswer, LevelsAnswer } from '#http/contract.ts';
import { readOf, under, useClient } from '../client.ts';
import { Alert } from '../parts/fields.tsx';
import { MadeToken, TokenForm, TokenTable } from '../parts/tokens.tsx';
import { languageOf } from '../paths.ts';
import { clientTokenTexts } from '../texts/tokens.ts';
import { actOnTokens } from '../tokens.ts';
import { freshness } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const paged = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return {
    answer: await readOf<ClientTokensAnswer>(context, request, params, `/tokens${paged}`),
    // A key may hold a right that whoever looks does not.
    rights: (await readOf<LevelsAnswer>(context, request, params, '/levels')).rights,
    confirm: await freshness(context, request),
    now: new Date().toISOString(),
    done: searchParams.has('done'),
    language: languageOf(pathname),
  };
}

export const action = (all: ActionFunctionArgs) => actOnTokens(all, under(all.params, '/tokens'));

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTokenTexts[loaderData.language].title },
];

/** Keys for the company's own systems: made here by who has just shown who they are, shown once, ended here. */
export default function ClientTokens() {
  const { answer, rights, confirm, now, done, language } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const client = useClient();
  const words = clientTokenTexts[language];
  const labelOf = (right: string) => rights.find((one) => one.right === right)?.label[language] ?? right;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.clientLead(client.company.name)}</p>
      {done && acted === undefined ? <Alert color="success">{words.done}</Alert> : null}
      {acted?.made ? <MadeToken made={acted.made} words={words} /> : null}
      <section className="sheet spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.newTitle}
        </h2>
        {confirm && (acted === undefined || acted.made !== undefined) ? (
          <>
            <p>{words.confirmText}</p>
            <p>
              <a className="ds-button" href={confirm}>
                {words.confirm}
              </a>
            </p>
          </>
        ) : (
          <TokenForm
            offers={answer.offered.map((scope) => ({ scope, label: labelOf(scope) }))}
            asked={acted?.made ? undefined : acted}
            words={words}
            language={language}
          />
        )}
      </section>
      <TokenTable
        tokens={answer.tokens}
        next={answer.next}
        labelOf={labelOf}
        more={({ maker }) => [maker ?? words.somebody]}
        now={now}
        words={words}
        language={language}
      />
    </div>
  );
}
