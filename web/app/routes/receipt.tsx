import { data, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { ErasurePreview } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { demandStatement } from '../known.ts';
import { ErasureAccount } from '../parts/account.tsx';
import { Message } from '../parts/message.tsx';
import { languageOf, path } from '../paths.ts';
import { erase } from '../texts/erase.ts';
import { my } from '../texts/my.ts';
import { call, refused } from '../visit.ts';

/** The part of a receipt file that people read. */
interface Body {
  kind: 'erasure' | 'consent';
  id: string;
  at: string;
  statement: string;
  ground?: string;
  earlier?: string;
  goes?: { category: string; count: number }[];
  stays?: ErasurePreview['stays'];
  consent?: {
    state: 'requested' | 'given' | 'refused' | 'withdrawn' | 'invalidated';
    words: string;
    language: Language;
  };
}

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const id = params.id ?? '';
  const answer = await call<{ body: Body; later?: string[] }>(
    context,
    'GET',
    `/receipts/${encodeURIComponent(id)}`,
  );
  if (answer.status === 404) {
    const past = (answer.body as { code?: string }).code === 'answer.past-receipt';
    const none = { body: undefined, account: undefined, later: [], left: false };
    return data({ ...none, past, id, language }, { status: 404 });
  }
  if (answer.status !== 200) throw refused(answer, language);
  const { body, later = [] } = answer.body as { body: Body; later?: string[] };
  const { statement } = await demandStatement(context, request);
  const unnamed = (category: string) => ({ nb: category, en: category });
  const account: ErasurePreview | undefined = body.goes && {
    goes: body.goes.map((each) => ({
      ...each,
      label: statement.categories[each.category]?.label ?? unnamed(each.category),
    })),
    stays: body.stays ?? [],
  };
  return { body, account, later, past: false, left: searchParams.get('done') === 'left', id, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  const words = loaderData && erase[loaderData.language].receipt;
  const title = loaderData?.body?.kind === 'consent' ? words?.consentTitle : words?.erasureTitle;
  return [{ title }, { name: 'robots', content: 'noindex' }];
};

/** A receipt as a page: what was done, the file to keep, and how anyone can check it. */
export default function ReceiptPage() {
  const { body, account, later, past, left, language } = useLoaderData<typeof loader>();
  const words = erase[language].receipt;
  if (past) return <Message title={words.pastTitle} lead={words.past} />;
  if (!body) return <Message title={words.notYetTitle} lead={words.notYet} />;
  const when = dateAndTime(body.at, language);
  const [title, lead] =
    body.kind === 'erasure'
      ? [left ? words.leftTitle : words.erasureTitle, erasureLead(body, when, language)]
      : [left ? words.leftTitle : words.consentTitle, left ? words.leftLead(when) : words.consentLead(when)];
  return (
    <Message title={title} lead={lead}>
      <div className="sheet stack">
        <p>{words.keep}</p>
        <p>
          <a className="ds-button" href={path('receiptFile', language, { id: body.id })} download>
            {words.download}
          </a>
        </p>
        <dl className="item-facts">
          <div>
            <dt>{words.number}</dt>
            <dd>
              <code>{body.id}</code>
            </dd>
          </div>
          <div>
            <dt>{words.version}</dt>
            <dd>{body.statement}</dd>
          </div>
          {body.earlier ? (
            <div>
              <dt>{words.earlier}</dt>
              <dd>
                <code>{body.earlier}</code>
              </dd>
            </div>
          ) : null}
        </dl>
      </div>
      {later.length > 0 ? (
        <section className="spaced" aria-labelledby="title-later">
          <h2 id="title-later" className="ds-heading" data-size="sm">
            {words.laterTitle}
          </h2>
          <p>{words.later}</p>
          <ul>
            {later.map((each) => (
              <li key={each}>
                <a className="ds-link" href={path('receipt', language, { id: each })}>
                  {each}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {body.consent ? (
        <dl className="item-facts spaced">
          <div>
            <dt>{words.answer}</dt>
            <dd>{my[language].states[body.consent.state]}</dd>
          </div>
          <div>
            <dt>{words.words}</dt>
            <dd lang={body.consent.language}>{body.consent.words}</dd>
          </div>
        </dl>
      ) : null}
      {account ? (
        <div className="spaced">
          <ErasureAccount account={account} language={language} done />
        </div>
      ) : null}
      <section className="spaced" aria-labelledby="title-check">
        <h2 id="title-check" className="ds-heading" data-size="sm">
          {words.checkTitle}
        </h2>
        <p>{words.check}</p>
        <pre className="command">
          <code>hjemmel verify kvittering-{body.id.slice(0, 8)}.json</code>
        </pre>
      </section>
    </Message>
  );
}

/** What an erasure came to: everything, everything but what a law holds, or what it held until now. */
function erasureLead(body: Body, when: string, language: Language): string {
  const words = erase[language].receipt;
  if (body.ground === 'k.bookkeeping') return words.periodLead(when);
  return body.stays?.some((each) => each.count) ? words.heldLead(when) : words.erasedLead(when);
}
