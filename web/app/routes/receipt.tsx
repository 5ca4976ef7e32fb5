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
  const answer = await call<{ body: Body }>(context, 'GET', `/receipts/${encodeURIComponent(id)}`);
  if (answer.status === 404)
    return data({ body: undefined, account: undefined, left: false, id, language }, { status: 404 });
  if (answer.status !== 200) throw refused(answer, language);
  const { body } = answer.body as { body: Body };
  const { statement } = await demandStatement(context, request);
  const unnamed = (category: string) => ({ nb: category, en: category });
  const account: ErasurePreview | undefined = body.goes && {
    goes: body.goes.map((each) => ({
      ...each,
      label: statement.categories[each.category]?.label ?? unnamed(each.category),
    })),
    stays: body.stays ?? [],
  };
  return { body, account, left: searchParams.get('done') === 'left', id, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  const words = loaderData && erase[loaderData.language].receipt;
  const title = loaderData?.body?.kind === 'consent' ? words?.consentTitle : words?.erasureTitle;
  return [{ title }, { name: 'robots', content: 'noindex' }];
};

/** A receipt as a page: what was done, the file to keep, and how anyone can check it. */
export default function ReceiptPage() {
  const { body, account, left, id, language } = useLoaderData<typeof loader>();
  const words = erase[language].receipt;
  if (!body) return <Message title={words.notYetTitle} lead={words.notYet} />;
  const when = dateAndTime(body.at, language);
  const [title, lead] =
    body.kind === 'erasure'
      ? [left ? words.leftTitle : words.erasureTitle, words.erasedLead(when)]
      : [left ? words.leftTitle : words.consentTitle, left ? words.leftLead(when) : words.consentLead(when)];
  return (
    <Message title={title} lead={lead}>
      <div className="sheet stack">
        <p>{words.keep}</p>
        <p>
          <a className="ds-button" href={path('receiptFile', language, { id })} download>
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
        </dl>
      </div>
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
          <code>hjemmel verify kvittering-{id.slice(0, 8)}.json</code>
        </pre>
      </section>
    </Message>
  );
}
