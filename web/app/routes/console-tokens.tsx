import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { TokensAnswer } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Tokens } from '../parts/tokens.tsx';
import { demandRoom } from '../staff.ts';
import { tokenTexts } from '../texts/tokens.ts';
import { actOnTokens, pageIn, tokenSight } from '../tokens.ts';
import { read } from '../visit.ts';

export async function loader(all: LoaderFunctionArgs) {
  const { context, request } = all;
  await demandRoom(context, request, 'consoleTokens');
  const answer = await read<TokensAnswer>(context, request, `/tokens${pageIn(request)}`);
  await demandStatement(context, request);
  return { answer, sight: await tokenSight(all) };
}

export const action = (all: ActionFunctionArgs) => actOnTokens(all, '/tokens');

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && tokenTexts[loaderData.sight.language].title },
];

/** Keys for other systems: made here, shown once, ended here. */
export default function ConsoleTokens() {
  const { answer, sight } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const { statement } = useStatement();
  const words = tokenTexts[sight.language];
  return (
    <Tokens
      answer={answer}
      sight={sight}
      acted={acted}
      lead={words.lead}
      labelOf={(purpose) => {
        const found = statement.purposes[purpose];
        return (found?.labelForStaff ?? found?.label)?.[sight.language] ?? purpose;
      }}
      aboutOf={(purpose) => purpose}
      words={words}
    />
  );
}
