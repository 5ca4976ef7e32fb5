import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { TokensAnswer } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Alert } from '../parts/fields.tsx';
import { MadeToken, TokenForm, TokenTable } from '../parts/tokens.tsx';
import { languageOf } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { tokenTexts } from '../texts/tokens.ts';
import { actOnTokens } from '../tokens.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleTokens');
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const paged = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  const answer = await read<TokensAnswer>(context, request, `/tokens${paged}`);
  await demandStatement(context, request);
  return {
    answer,
    now: new Date().toISOString(),
    done: searchParams.has('done'),
    language: languageOf(pathname),
  };
}

export const action = (all: ActionFunctionArgs) => actOnTokens(all, '/tokens');

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && tokenTexts[loaderData.language].title },
];

/** Keys for other systems: made here, shown once, ended here. */
export default function ConsoleTokens() {
  const { answer, now, done, language } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const { statement } = useStatement();
  const words = tokenTexts[language];
  const labelOf = (purpose: string) => statement.purposes[purpose]?.label[language] ?? purpose;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {done && acted === undefined ? <Alert color="success">{words.done}</Alert> : null}
      {acted?.made ? <MadeToken made={acted.made} words={words} /> : null}
      <section className="sheet spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.newTitle}
        </h2>
        <TokenForm
          offers={answer.offered.map((scope) => ({ scope, label: labelOf(scope), about: scope }))}
          asked={acted?.made ? undefined : acted}
          words={words}
          language={language}
        />
      </section>
      <TokenTable
        tokens={answer.tokens}
        next={answer.next}
        labelOf={labelOf}
        now={now}
        words={words}
        language={language}
      />
    </div>
  );
}
