import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { MonthsAnswer, SalesAnswer } from '#http/contract.ts';
import { shortDate } from '../dates.ts';
import { money } from '../money.ts';
import { BulkForm, Choose } from '../parts/bulk.tsx';
import { Filters } from '../parts/filters.tsx';
import { Due, Glance, leftOf, Months } from '../parts/invoices.tsx';
import { Pages } from '../parts/pages.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { billingTexts } from '../texts/billing.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleInvoices');
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const asked = searchParams.get('which') ?? 'all';
  const which = Object.hasOwn(billingTexts[language].console.kinds, asked) ? asked : 'all';
  const cursor = searchParams.get('cursor');
  const client = searchParams.get('client');
  const chosen: Record<string, string> = { which, ...(client !== null && { client }) };
  const query = new URLSearchParams({ ...chosen, ...(cursor !== null && { cursor }) });
  const [list, figures] = await Promise.all([
    read<SalesAnswer>(context, request, `/invoices?${query}`),
    read<MonthsAnswer>(context, request, '/invoices/months'),
  ]);
  return { list, figures, chosen, isFirst: cursor === null, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && billingTexts[loaderData.language].console.title },
];

/** What was invoiced and what is not paid, for finance. */
export default function ConsoleInvoices() {
  const { list, figures, chosen, isFirst, language } = useLoaderData<typeof loader>();
  const words = billingTexts[language];
  const own = words.console;
  const here = path('consoleInvoices', language);
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {own.title}
      </h1>
      <p className="lead">{own.lead}</p>
      {chosen.client === undefined ? (
        <>
          <Glance
            facts={[
              [own.open, money(figures.open, language)],
              [own.overdue, money(figures.overdue, language)],
            ]}
          />
          <Months months={figures.months} language={language} />
        </>
      ) : (
        <p className="pages">
          <a className="ds-link" href={path('consoleClient', language, { account: chosen.client })}>
            {list.invoices[0]?.buyer ?? own.client}
          </a>
          <a className="ds-link" href={here}>
            {own.back}
          </a>
        </p>
      )}
      <Filters
        action={here}
        filters={[{ name: 'which', label: own.which, words: own.kinds, value: chosen.which }]}
        show={own.show}
        kept={{ client: chosen.client }}
      />
      {list.invoices.length === 0 ? (
        <p className="spaced">{words.none}</p>
      ) : (
        <Table
          caption={words.caption(list.invoices.length)}
          head={own.head}
          figures={[4, 5]}
          rows={list.invoices.map((one) => [
            <span key="number">
              <Choose id={one.invoice} name={`${words.kinds[one.kind]} ${one.number}`} language={language} />
              <a className="ds-link" href={path('consoleInvoice', language, { invoice: one.invoice })}>
                {`${words.kinds[one.kind]} ${one.number}`}
              </a>
              {one.credits === null ? null : <span className="under">{words.credits(one.credits)}</span>}
            </span>,
            one.buyer,
            shortDate(one.date, language),
            <Due key="due" one={one} language={language} />,
            money(one.total, language),
            leftOf(one, language),
          ])}
        />
      )}
      <Pages next={list.next} isFirst={isFirst} chosen={chosen} words={words} />
      <BulkForm
        acts={['invoices.remind', 'invoices.paid', 'invoices.take-back']}
        shown={list.invoices.map(({ invoice }) => invoice)}
        chosen={chosen}
        language={language}
      />
      <p className="spaced">
        <a className="ds-link" href={`/api/v1/invoices/file?${new URLSearchParams(chosen)}`}>
          {own.file}
        </a>
      </p>
    </div>
  );
}
