import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { periodText } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { ClauseLink } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf } from '../paths.ts';
import { cookies } from '../texts/cookies.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { statement } = await demandStatement(context, request);
  return { cookies: statement.cookies, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && cookies[loaderData.language].title },
];

/** Every key stored on a visitor's device, as the statement registers it. */
export default function Cookies() {
  const { cookies: register, language } = useLoaderData<typeof loader>();
  const words = cookies[language];
  const entries = Object.entries(register);
  return (
    <div className="wide page prose">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {entries.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          caption={words.caption}
          head={words.head}
          rows={entries.map(([name, cookie]) => [
            <code key={name}>{name}</code>,
            cookie.label[language],
            cookie.life === 'session' ? words.session : periodText(cookie.life, language),
            cookie.necessary ? words.necessary : words.consent,
          ])}
        />
      )}
      <h2 className="ds-heading spaced" data-size="sm">
        {words.lawTitle}
      </h2>
      <p>
        {words.law} <ClauseLink clause="u.cookies" text="u.cookies" language={language} />
      </p>
      <p>
        <strong>{words.noneNow}</strong>
      </p>
    </div>
  );
}
