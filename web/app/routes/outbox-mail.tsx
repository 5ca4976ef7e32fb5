import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { OutboxMail } from '#http/contract.ts';
import { dateAndTime } from '../dates.ts';
import { Each } from '../parts/each.tsx';
import { languageOf, path } from '../paths.ts';
import { outbox } from '../texts/outbox.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const mail = await read<OutboxMail>(context, request, `/outbox/${encodeURIComponent(params.id ?? '')}`);
  return { mail, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [{ title: loaderData?.mail.subject }];

/** One letter as text, its links to be followed. */
export default function Mail() {
  const { mail, language } = useLoaderData<typeof loader>();
  const words = outbox[language];
  return (
    <div className="narrow page">
      <p className="eyebrow">
        <a className="ds-link" href={path('outbox', language)}>
          {words.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="md">
        {mail.subject}
      </h1>
      <p className="quiet">
        {words.from}: {mail.from}
        <br />
        {words.to}: {mail.to}
        <br />
        {dateAndTime(mail.at, language)}
      </p>
      <div className="sheet letter">
        <Each of={linked(mail.text, mail.links)} as={(part) => <LetterPart {...part} />} />
      </div>
    </div>
  );
}

function LetterPart({ text, link }: { text: string; link: boolean }) {
  if (!link) return text;
  return (
    <a className="ds-link" href={text}>
      {text}
    </a>
  );
}

/** Cuts a text at the links that the API found in it; nothing else in a letter becomes a link. */
function linked(text: string, links: readonly string[]): { text: string; link: boolean }[] {
  const parts: { text: string; link: boolean }[] = [];
  let rest = text;
  for (const link of links) {
    const at = rest.indexOf(link);
    if (at < 0 || !/^https?:\/\//.test(link)) continue;
    parts.push({ text: rest.slice(0, at), link: false }, { text: link, link: true });
    rest = rest.slice(at + link.length);
  }
  return [...parts, { text: rest, link: false }];
}
