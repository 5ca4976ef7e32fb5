import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useLoaderData,
} from 'react-router';
import type { EnteredAnswer } from '#http/contract.ts';
import { Message } from '../parts/message.tsx';
import { Press } from '../parts/press.tsx';
import { isOurs, languageOf, path } from '../paths.ts';
import { homeOf } from '../staff.ts';
import { signIn } from '../texts/sign-in.ts';
import { call, refused } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const answer = await call(context, 'GET', `/sign-in/links/${encodeURIComponent(params.token ?? '')}`);
  if (answer.status === 404) return data({ good: false, language }, { status: 404 });
  if (answer.status >= 300) throw refused(answer, language);
  return { good: true, language };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const answer = await call<EnteredAnswer>(context, 'POST', '/sessions', { token: params.token });
  // A link that was spent in the meantime: the page itself says so.
  if (answer.status === 404) throw redirect(pathname, 303);
  if (answer.status >= 300) throw refused(answer, language);
  if (pathname === path('becomeEnter', language, { token: params.token ?? '' }))
    throw redirect(path('become', language), 303);
  const { roles, back } = answer.body as EnteredAnswer;
  throw redirect(back !== null && isOurs(back) ? back : path(homeOf(roles), language), 303);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language][loaderData.good ? 'enterTitle' : 'spentTitle'] },
];

/**
 * The page a sign-in link opens. It asks for one press, since mail filters open links on their own, and a link that
 * signed in by being opened would be spent by them.
 */
export default function Enter() {
  const { good, language } = useLoaderData<typeof loader>();
  const words = signIn[language];
  if (!good) {
    return (
      <Message
        title={words.spentTitle}
        lead={words.spentText}
        onward={{ text: words.again, href: path('signIn', language) }}
      />
    );
  }
  return (
    <Message title={words.enterTitle} lead={words.enterText}>
      <Press text={words.enter} />
    </Message>
  );
}
