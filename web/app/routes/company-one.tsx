import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { CompanyAnswer, CompanyWish, MyCompany } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { CompanyFacts, Source } from '../parts/company-facts.tsx';
import { Alert, Checkbox } from '../parts/fields.tsx';
import { FiguresPlot } from '../parts/figures-plot.tsx';
import { languageOf, path } from '../paths.ts';
import { messageOf } from '../refusals.ts';
import { companyTexts } from '../texts/company.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const company = await read<CompanyAnswer>(
    context,
    request,
    `/companies/${encodeURIComponent(params.number!)}`,
  );
  const session = await call(context, 'GET', '/sessions/current');
  return { company, language, signedIn: session.status === 200 };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const wish: CompanyWish = { number: params.number!, ...(form.has('own') ? { own: true } : {}) };
  const answer = await call<MyCompany>(context, 'POST', '/me/companies', wish);
  if (answer.status === 401) throw refused(answer, language);
  if (answer.status === 201) return { kept: true };
  const { code = '' } = answer.body as { code?: string };
  return data({ kept: false, error: messageOf(code, answer.status, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData?.company.name },
  { name: 'robots', content: 'noindex' },
];

/** One company as the registers know it, with its key figures; and, for whoever is signed in, the wish to have it remembered. */
export default function CompanyOne() {
  const { company, language, signedIn } = useLoaderData<typeof loader>();
  const done: { kept: boolean; error?: string } | undefined = useActionData<typeof action>();
  const texts = companyTexts[language];
  const { source, accounts, accountsState } = company;
  return (
    <div className="wide page company">
      <p className="eyebrow">
        <a className="ds-link" href={path('company', language)}>
          {texts.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {company.name}
      </h1>
      {done?.kept ? (
        <Alert color="success">
          {texts.kept}{' '}
          <a className="ds-link" href={path('my', language)}>
            {texts.keptGo}
          </a>
        </Alert>
      ) : null}
      {done?.error ? <Alert color="danger">{done.error}</Alert> : null}
      {company.state === 'struck-off' ? (
        <Alert color="warning">
          {texts.closed(company.since === null ? null : longDate(company.since, language))}
        </Alert>
      ) : null}
      {company.personal ? (
        <Alert color="info">
          {texts.personal}{' '}
          <a className="ds-link" href={`${path('statement', language)}#1.3.third-party`}>
            {texts.personalLink}
          </a>
        </Alert>
      ) : null}
      <div className="company-parts">
        <section aria-labelledby="facts">
          <h2 id="facts" className="ds-heading" data-size="md">
            {texts.facts}
          </h2>
          <CompanyFacts company={company} source={source} language={language} />
        </section>
        <section aria-labelledby="figures">
          <h2 id="figures" className="ds-heading" data-size="md">
            {texts.figures}
          </h2>
          {accounts === null ? (
            <p>{accountsState === 'none' ? texts.noFigures : texts.figuresAway}</p>
          ) : (
            <FiguresPlot years={[accounts]} fetchedAt={source.fetchedAt} language={language} />
          )}
        </section>
      </div>
      {signedIn && !done?.kept ? <Keep personal={company.personal} language={language} /> : null}
      <Source source={source} language={language} />
    </div>
  );
}

function Keep({ personal, language }: { personal: boolean; language: Language }) {
  const texts = companyTexts[language];
  return (
    <section className="spaced" aria-labelledby="keep">
      <h2 id="keep" className="ds-heading" data-size="sm">
        {texts.keepTitle}
      </h2>
      <p>{texts.keepText}</p>
      <form method="post" className="form">
        {personal ? <Checkbox id="own" name="own" value="yes" label={texts.own} /> : null}
        <button className="ds-button" data-variant="secondary" type="submit">
          {texts.keep}
        </button>
      </form>
    </section>
  );
}
