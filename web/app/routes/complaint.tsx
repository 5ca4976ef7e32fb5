import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import { periodText } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { languageOf, path } from '../paths.ts';
import { complaint } from '../texts/complaint.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { statement } = await demandStatement(context, request);
  const { mailbox, authority } = statement.operator;
  const deadline = statement.deadlines?.answer?.period;
  return { mailbox, authority, deadline, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && complaint[loaderData.language].title },
];

/** The three ways to complain, nearest first (clause `r.complain`). */
export default function Complaint() {
  const { mailbox, authority, deadline, language } = useLoaderData<typeof loader>();
  const words = complaint[language];
  return (
    <div className="narrow page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <ol className="steps">
        <li>
          <h2 className="ds-heading" data-size="xs">
            {words.selfTitle}
          </h2>
          <p>{words.selfText}</p>
          <a className="ds-link" href={path('my', language)}>
            {words.self}
          </a>
        </li>
        <li>
          <h2 className="ds-heading" data-size="xs">
            {words.usTitle}
          </h2>
          <p>
            {words.usText(mailbox)} {deadline ? words.usDeadline(periodText(deadline, language)) : ''}
          </p>
          <a className="ds-link" href={`mailto:${mailbox}`}>
            {words.us}
          </a>
        </li>
        <li>
          <h2 className="ds-heading" data-size="xs">
            {words.authorityTitle(authority.name)}
          </h2>
          <p>{words.authorityText(authority.name)}</p>
          <p>{words.bring}</p>
          <ul className="ds-list">
            {words.bringList.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="actions">
            <a className="ds-link" href={authority.url} rel="external">
              {words.authority(authority.name)}
            </a>
            <a className="ds-link" href={path('my', language)}>
              {words.copy}
            </a>
          </p>
        </li>
      </ol>
    </div>
  );
}
