import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { InvoiceAnswer } from '#http/contract.ts';
import { longDate, shortDate } from '../dates.ts';
import { money } from '../money.ts';
import { AskOnce } from '../parts/ask-once.tsx';
import { Alert, ErrorSummary, TextField } from '../parts/fields.tsx';
import { Due, Files, Glance, Lines, leftOf } from '../parts/invoices.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { billingTexts } from '../texts/billing.ts';
import { refusals } from '../texts/refusals.ts';
import { call, read } from '../visit.ts';

const at = (params: LoaderFunctionArgs['params']) => `/invoices/${encodeURIComponent(params.invoice ?? '')}`;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleInvoices');
  const { pathname, searchParams } = new URL(request.url);
  return {
    invoice: await read<InvoiceAnswer>(context, request, at(params)),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const isCredit = form.get('intent') === 'credit';
  const values = textOf(form, ['amount', 'date', 'reference']);
  const body = isCredit ? undefined : { ...values, amount: oreOf(values.amount) };
  const answer = await call(context, 'POST', `${at(params)}/${isCredit ? 'credit' : 'payments'}`, body);
  if (answer.status < 300) throw redirect(`${pathname}?done=${isCredit ? 'credited' : 'paid'}`, 303);
  return data({ values, errors: errorsOf(answer, language) }, { status: answer.status });
}

/** What somebody wrote as kroner, in øre: `1 250,50` is 125050. Undefined for what is no amount. */
function oreOf(text = ''): number | undefined {
  const [, kroner, ore = ''] = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/\s/g, '')) ?? [];
  return kroner === undefined ? undefined : Number(kroner) * 100 + Number(ore.padEnd(2, '0'));
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && `${billingTexts[loaderData.language].title} ${loaderData.invoice.number}` },
];

/** One invoice: what it says, what has settled it, and what finance can do about it. */
export default function ConsoleInvoice() {
  const { invoice, done, language } = useLoaderData<typeof loader>();
  const { errors = {}, values = {} } = useActionData<typeof action>() ?? {};
  const words = billingTexts[language];
  const own = words.console;
  const credited = invoice.settled.some(({ kind }) => kind === 'credit');
  return (
    <div className="my">
      <p>
        <a className="ds-link" href={path('consoleInvoices', language)}>
          {own.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {`${words.kinds[invoice.kind]} ${invoice.number}`}
      </h1>
      <p className="lead">{invoice.buyer}</p>
      {own.done[done] ? <Alert color="success">{own.done[done]}</Alert> : null}
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <Glance
        facts={[
          [
            own.due,
            invoice.due === null ? null : <Due key="due" one={invoice} language={language} date={longDate} />,
          ],
          [own.kid, invoice.kid],
          [own.credits, invoice.credits === null ? null : `${words.kinds.invoice} ${invoice.credits}`],
          [own.left, invoice.kind === 'credit' ? null : leftOf(invoice, language)],
        ]}
      />
      <Lines
        caption={longDate(invoice.date, language)}
        lines={invoice.lines}
        total={invoice.total}
        language={language}
      />
      <p className="spaced">
        <Files from={`/invoices/${invoice.invoice}`} number={invoice.number} language={language} />
      </p>
      {invoice.kind === 'credit' ? null : (
        <>
          <section className="spaced" aria-labelledby="title-settled">
            <h2 id="title-settled" className="ds-heading" data-size="md">
              {own.settled}
            </h2>
            {invoice.settled.length === 0 ? (
              <p>{own.settledNone}</p>
            ) : (
              <Table
                caption={own.settled}
                head={own.settledHead}
                figures={[2]}
                rows={invoice.settled.map(({ kind, number, date, total, reference }) => [
                  `${words.kinds[kind]} ${number}`,
                  shortDate(date, language),
                  money(total, language),
                  reference ?? '–',
                ])}
              />
            )}
          </section>
          {invoice.left > 0 ? (
            <section className="spaced" aria-labelledby="title-pay">
              <h2 id="title-pay" className="ds-heading" data-size="md">
                {own.pay}
              </h2>
              <form className="sheet form" method="post">
                <TextField
                  language={language}
                  name="amount"
                  label={own.amount}
                  required
                  value={
                    values.amount ??
                    (invoice.left / 100).toFixed(2).replace('.', language === 'nb' ? ',' : '.')
                  }
                  errors={errors}
                />
                <TextField
                  language={language}
                  name="date"
                  label={own.date}
                  hint={own.dateHint}
                  required
                  value={values.date}
                  errors={errors}
                />
                <TextField
                  language={language}
                  name="reference"
                  label={own.reference}
                  hint={own.referenceHint}
                  required
                  value={values.reference}
                  errors={errors}
                />
                <button className="ds-button" type="submit" name="intent" value="pay">
                  {own.payGo}
                </button>
              </form>
            </section>
          ) : null}
          {credited ? null : (
            <AskOnce title={own.credit} text={own.creditText} go={own.creditGo} intent="credit" />
          )}
        </>
      )}
    </div>
  );
}
