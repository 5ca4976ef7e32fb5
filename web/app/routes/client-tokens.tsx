import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ClientTokensAnswer, LevelsAnswer } from '#http/contract.ts';
import { readOf, under, useClient } from '../client.ts';
import { Tokens } from '../parts/tokens.tsx';
import { clientTokenTexts } from '../texts/tokens.ts';
import { actOnTokens, pageIn, tokenSight } from '../tokens.ts';

export async function loader(all: LoaderFunctionArgs) {
  const { context, request, params } = all;
  return {
    answer: await readOf<ClientTokensAnswer>(context, request, params, `/tokens${pageIn(request)}`),
    // A key may hold a right that whoever looks does not.
    rights: (await readOf<LevelsAnswer>(context, request, params, '/levels')).rights,
    sight: await tokenSight(all),
  };
}

export const action = (all: ActionFunctionArgs) => actOnTokens(all, under(all.params, '/tokens'));

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && clientTokenTexts[loaderData.sight.language].title },
];

/** Keys for the company's own systems: made here by who has just shown who they are, shown once, ended here. */
export default function ClientTokens() {
  const { answer, rights, sight } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const client = useClient();
  const words = clientTokenTexts[sight.language];
  return (
    <Tokens
      answer={answer}
      sight={sight}
      acted={acted}
      lead={words.clientLead(client.company.name)}
      labelOf={(right) => rights.find((one) => one.right === right)?.label[sight.language] ?? right}
      more={({ maker }) => [maker ?? words.somebody]}
      words={words}
    />
  );
}
