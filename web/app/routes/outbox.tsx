import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { OutboxAnswer } from '#http/contract.ts';
import { dateAndTime } from '../dates.ts';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { outbox } from '../texts/outbox.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { mails } = await read<OutboxAnswer>(context, request, '/outbox');
  return { mails, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && outbox[loaderData.language].title },
];

/** Letters that the demo keeps instead of sending. Outside the demo the API knows no outbox, and this is a 404. */
export default function Outbox() {
  const { mails, language } = useLoaderData<typeof loader>();
  const words = outbox[language];
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {mails.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <Table
          caption={words.caption}
          head={words.head}
          rows={mails.map((mail) => [
            <a key="subject" className="ds-link" href={path('outboxMail', language, { id: mail.id })}>
              {mail.subject}
            </a>,
            mail.to,
            dateAndTime(mail.at, language),
          ])}
        />
      )}
    </div>
  );
}
