import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { Message, OutboxHint } from '../parts/message.tsx';
import { languageOf } from '../paths.ts';
import { become } from '../texts/become.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && become[loaderData.language].sentTitle },
];

/** Half-way to being a customer: the letter leads on. The same page whether or not the address was known. */
export default function BecomeSent() {
  const { language } = useLoaderData<typeof loader>();
  const words = become[language];
  return (
    <Message title={words.sentTitle} lead={words.sentText}>
      <p className="quiet">{words.sentNothing}</p>
      <OutboxHint language={language} />
    </Message>
  );
}
