import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type {
  InvoicesAnswer,
  PageAnswer,
  PaymentMethodAnswer,
  PreviewAnswer,
  PricesAnswer,
  SubscriptionAnswer,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { ask, may, part, readOf, under, useClient } from '../client.ts';
import { longDate, monthName, shortDate } from '../dates.ts';
import { money } from '../money.ts';
import { ClientHead } from '../parts/client-head.tsx';
import { Alert, type Errors, SelectField } from '../parts/fields.tsx';
import { Due, Files, Lines, leftOf } from '../parts/invoices.tsx';
import { Pages } from '../parts/pages.tsx';
import { Press } from '../parts/press.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { billingTexts } from '../texts/billing.ts';
import { call, read } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const of = <Body,>(rest: string) => readOf<Body>(context, request, params, rest);
  const cursor = searchParams.get('cursor');
  const [plan, span] = [searchParams.get('plan'), searchParams.get('span')];
  const wish = plan === null ? null : new URLSearchParams({ plan, span: span === 'year' ? 'year' : 'month' });
  const [prices, subscription, list, method, preview] = await Promise.all([
    read<PricesAnswer>(context, request, '/prices'),
    of<SubscriptionAnswer>('/subscription'),
    of<InvoicesAnswer>(`/invoices${cursor === null ? '' : `?${new URLSearchParams({ cursor })}`}`),
    of<PaymentMethodAnswer>('/payment-method'),
    wish === null ? null : of<PreviewAnswer>(`/subscription/preview?${wish}`),
  ]);
  return {
    prices,
    subscription,
    list,
    method,
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
  const intent = form.get('intent');
  if (intent === 'pay') return pay(all, part(form, 'invoice'));
  if (intent === 'forget')
    return ask(all, { method: 'DELETE', rest: '/payment-method', done: 'forgotten' }, 'card');
  const body = { plan: form.get('plan'), span: form.get('span') };
  return ask(all, { method: 'PUT', rest: '/subscription/plan', body, done: 'changed' }, 'plan');
}

/**
 * Makes a page of the provider's to pay on. The browser is led there by a link and not by the form, whose answers may
 * lead nowhere but here (Content Security Policy, form-action).
 */
async function pay({ context, request, params }: ActionFunctionArgs, invoice: string) {
  const answer = await call<PageAnswer>(context, 'POST', under(params, `/invoices/${invoice}/payment`));
  if (answer.status < 300) return { errors: {}, page: (answer.body as PageAnswer).url };
  const errors = errorsOf(answer, languageOf(new URL(request.url).pathname));
  return data({ errors }, { status: answer.status });
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
    method,
    preview,
    wish,
    isFirst,
    done,
    under: from,
    language,
  } = useLoaderData<typeof loader>();
  const said: { errors?: Errors; page?: string } = useActionData<typeof action>() ?? {};
  const { errors = {}, page } = said;
  const client = useClient();
  const words = billingTexts[language];
  const { next } = subscription;
  const here = path('clientInvoices', language, { client: client.client });
  const labelOf = (plan: string) => prices.plans.find((one) => one.plan === plan)?.label[language] ?? plan;
  return (
    <div className="my">
      <ClientHead words={words} lead={words.lead} done={done} errors={errors} language={language} />
      {page === undefined ? null : (
        <Alert color="info">
          {words.payReady}{' '}
          <a className="ds-link" href={page}>
            {words.payGo}
          </a>
        </Alert>
      )}
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
          <form className="filters" method="get" action={here}>
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
            figures={[3, 4]}
            rows={list.invoices.map((one) => [
              <span key="number">
                {`${words.kinds[one.kind]} ${one.number}`}
                {one.credits === null ? null : <span className="under">{words.credits(one.credits)}</span>}
              </span>,
              shortDate(one.date, language),
              <Due key="due" one={one} language={language} />,
              money(one.total, language),
              leftOf(one, language),
              <span key="files">
                <Files from={`${from}/invoices/${one.invoice}`} number={one.number} language={language} />
                {method.hosted && one.left > 0 && may(client, 'payment.manage') ? (
                  <Pay invoice={one.invoice} number={one.number} here={here} language={language} />
                ) : null}
              </span>,
            ])}
          />
        )}
        <Pages next={list.next} isFirst={isFirst} words={words} />
      </section>
      {method.card === null ? null : (
        <section className="spaced" aria-labelledby="title-card">
          <h2 id="title-card" className="ds-heading" data-size="md">
            {words.card}
          </h2>
          <p>
            <strong>
              {words.cardIs(
                named(method.card.brand),
                method.card.lastFour,
                monthName(method.card.expires, language),
              )}
            </strong>
          </p>
          <p>{words.cardText}</p>
          {may(client, 'payment.manage') ? (
            <Press text={words.forget} intent="forget" look="plain" action={here} />
          ) : null}
        </section>
      )}
    </div>
  );
}

/** `Visa`, of a provider’s `visa`. */
const named = (brand: string) => brand.slice(0, 1).toUpperCase() + brand.slice(1);

function Pay(props: { invoice: string; number: number; here: string; language: Language }) {
  const { invoice, number, here, language } = props;
  const words = billingTexts[language];
  return (
    <Press
      text={words.pay}
      label={words.payLabel(number)}
      intent="pay"
      about={{ invoice }}
      look="plain"
      small
      action={here}
    />
  );
}
