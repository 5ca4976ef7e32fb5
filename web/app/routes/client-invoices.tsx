import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { InvoicesAnswer, PreviewAnswer, PricesAnswer, SubscriptionAnswer } from '#http/contract.ts';
import { ask, may, readOf, under, useClient } from '../client.ts';
import { longDate, shortDate } from '../dates.ts';
import { money } from '../money.ts';
import { Alert, ErrorSummary, SelectField } from '../parts/fields.tsx';
import { Files, Lines, leftOf } from '../parts/invoices.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { billingTexts } from '../texts/billing.ts';
import { refusals } from '../texts/refusals.ts';
import { read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const of = <Body,>(rest: string) => readOf<Body>(context, request, params, rest);
  const cursor = searchParams.get('cursor');
  const [plan, span] = [searchParams.get('plan'), searchParams.get('span')];
  const wish = plan === null ? null : new URLSearchParams({ plan, span: span === 'year' ? 'year' : 'month' });
  const [prices, subscription, list, preview] = await Promise.all([
    read<PricesAnswer>(context, request, '/prices'),
    of<SubscriptionAnswer>('/subscription'),
    of<InvoicesAnswer>(`/invoices${cursor === null ? '' : `?${new URLSearchParams({ cursor })}`}`),
    wish === null ? null : of<PreviewAnswer>(`/subscription/preview?${wish}`),
  ]);
  return {
    prices,
    subscription,
    list,
    preview,
    wish: wish === null ? null : { plan: wish.get('plan')!, span: wish.get('span')! },
    isFirst: cursor === null,
    done: searchParams.get('done') ?? '',
    under: under(params),
    language: languageOf(pathname),
  };
}

export async function action(all: ActionFunctionArgs) {
  const form = await all.request.formData();
  const body = { plan: form.get('plan'), span: form.get('span') };
  return ask(all, { method: 'PUT', rest: '/subscription/plan', body, done: 'changed' }, 'plan');
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && billingTexts[loaderData.language].title },
];

/** What a company has and pays for, what a change would cost, and every invoice it has had. */
export default function ClientInvoices() {
  const {
    prices,
    subscription,
    list,
    preview,
    wish,
    isFirst,
    done,
    under: from,
    language,
  } = useLoaderData<typeof loader>();
  const { errors = {} } = useActionData<typeof action>() ?? {};
  const client = useClient();
  const words = billingTexts[language];
  const { next } = subscription;
  const here = path('clientInvoices', language, { client: client.client });
  const labelOf = (plan: string) => prices.plans.find((one) => one.plan === plan)?.label[language] ?? plan;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {words.done[done] ? <Alert color="success">{words.done[done]}</Alert> : null}
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <section aria-labelledby="title-plan">
        <h2 id="title-plan" className="ds-heading" data-size="md">
          {words.plan}
        </h2>
        <p>
          <strong>{words.now(subscription.label[language], words.spans[subscription.span]!)}</strong>{' '}
          <span className="quiet">
            {words.since(longDate(subscription.since, language))}{' '}
            {subscription.freeUntil === null ? '' : words.free(longDate(subscription.freeUntil, language))}
          </span>
        </p>
        {next.lines.length === 0 ? (
          <p>{words.nothing}</p>
        ) : (
          <Lines
            caption={words.next(longDate(next.on, language))}
            lines={next.lines}
            total={next.total}
            language={language}
          />
        )}
      </section>
      {may(client, 'payment.manage') ? (
        <section className="spaced" aria-labelledby="title-change">
          <h2 id="title-change" className="ds-heading" data-size="md">
            {words.change}
          </h2>
          <p>{words.changeText}</p>
          <form className="choices" method="get" action={here}>
            <SelectField
              id="plan"
              name="plan"
              label={words.choose}
              choices={prices.plans.map(({ plan, label, month, year }) => ({
                value: plan,
                label: words.price(label[language], money(month, language), money(year, language)),
              }))}
              value={wish?.plan ?? subscription.plan}
            />
            <SelectField
              id="span"
              name="span"
              label={words.chooseSpan}
              choices={Object.entries(words.spans).map(([value, label]) => ({ value, label }))}
              value={wish?.span ?? subscription.span}
            />
            <button className="ds-button" data-variant="secondary" type="submit">
              {words.see}
            </button>
          </form>
          {preview === null || wish === null ? null : preview.lines.length === 0 ? (
            <p>{words.previewNone}</p>
          ) : (
            <form className="sheet stack spaced" method="post" action={here}>
              <Lines
                caption={words.preview(labelOf(wish.plan), words.spans[wish.span]!)}
                lines={preview.lines}
                total={preview.total}
                language={language}
              />
              <input type="hidden" name="plan" value={wish.plan} />
              <input type="hidden" name="span" value={wish.span} />
              <button className="ds-button" type="submit">
                {words.confirm}
              </button>
            </form>
          )}
        </section>
      ) : null}
      <section className="spaced" aria-labelledby="title-list">
        <h2 id="title-list" className="ds-heading" data-size="md">
          {words.list}
        </h2>
        {list.invoices.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <Table
            caption={words.caption(list.invoices.length)}
            head={words.head}
            rows={list.invoices.map((one) => [
              <span key="number">
                {`${words.kinds[one.kind]} ${one.number}`}
                {one.credits === null ? null : <span className="under">{words.credits(one.credits)}</span>}
              </span>,
              shortDate(one.date, language),
              one.due === null ? '–' : shortDate(one.due, language),
              money(one.total, language),
              leftOf(one, language),
              <Files
                key="files"
                from={`${from}/invoices/${one.invoice}`}
                number={one.number}
                language={language}
              />,
            ])}
          />
        )}
        <p className="pages">
          {isFirst ? null : (
            <a className="ds-link" href={here}>
              {words.newest}
            </a>
          )}
          {list.next === null ? null : (
            <a className="ds-link" href={`${here}?${new URLSearchParams({ cursor: list.next })}`} rel="next">
              {words.older}
            </a>
          )}
        </p>
      </section>
    </div>
  );
}
