import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { Message } from '../parts/message.tsx';
import { languageOf, path } from '../paths.ts';
import { common } from '../texts/common.ts';
import { newsletter } from '../texts/newsletter.ts';

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && newsletter[loaderData.language].declinedTitle },
];

/** After saying no to a newsletter. */
export default function Declined() {
  const { language } = useLoaderData<typeof loader>();
  const words = newsletter[language];
  return (
    <Message title={words.declinedTitle} lead={words.declinedText}>
      <p>
        <a className="ds-link" href={path('home', language)}>
          {common[language].backHome}
        </a>
      </p>
    </Message>
  );
}
