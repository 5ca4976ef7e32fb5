import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { Message, OutboxHint } from '../parts/message.tsx';
import { languageOf } from '../paths.ts';
import { newsletter } from '../texts/newsletter.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && newsletter[loaderData.language].sentTitle },
];

/** After a newsletter sign-up: the same page whether or not the address was known. */
export default function Sent() {
  const { language } = useLoaderData<typeof loader>();
  const words = newsletter[language];
  return (
    <Message title={words.sentTitle} lead={words.sentText}>
      <p className="quiet">{words.sentNothing}</p>
      <OutboxHint language={language} />
    </Message>
  );
}
