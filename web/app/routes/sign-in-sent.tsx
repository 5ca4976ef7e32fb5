import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { Message, OutboxHint } from '../parts/message.tsx';
import { languageOf } from '../paths.ts';
import { signIn } from '../texts/sign-in.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && signIn[loaderData.language].sentTitle },
];

/** After asking for a link: the same page whether or not anybody has that address. */
export default function Sent() {
  const { language } = useLoaderData<typeof loader>();
  const words = signIn[language];
  return (
    <Message title={words.sentTitle} lead={words.sentText}>
      <p className="quiet">{words.sentNothing}</p>
      <OutboxHint language={language} />
    </Message>
  );
}
