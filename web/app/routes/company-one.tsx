import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { CompanyAnswer, CompanyWish, KeyFigures, MyCompaniesAnswer, MyCompany } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { CompanyFacts, Source } from '../parts/company-facts.tsx';
import { Alert, Checkbox } from '../parts/fields.tsx';
import { FiguresPlot } from '../parts/figures-plot.tsx';
import { languageOf, path } from '../paths.ts';
import { messageOf } from '../refusals.ts';
import { companyTexts } from '../texts/company.ts';
import { act, call, refused } from '../visit.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const where = `/companies/${encodeURIComponent(params.number!)}`;
  const answer = await call<CompanyAnswer>(context, 'GET', where);
  if (answer.status !== 200) {
    const { code = '' } = answer.body as { code?: string };
    return data({ language, missing: messageOf(code, answer.status, language) }, { status: answer.status });
  }
  const company = answer.body as CompanyAnswer;
  const session = await call(context, 'GET', '/sessions/current');
  if (session.status !== 200) return { language, company };
  const mine = await call<MyCompaniesAnswer>(context, 'GET', '/me/companies');
  const kept = (mine.body as Partial<MyCompaniesAnswer>).companies?.find(
    ({ number }) => number === company.number,
  );
  return { language, company, keep: kept ?? ('not-kept' as const) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const id = form.get('forget');
  if (typeof id === 'string') {
    await act(context, request, 'DELETE', `/me/companies/${encodeURIComponent(id)}`);
    throw redirect(pathname, 303);
  }
  const wish: CompanyWish = { number: params.number!, ...(form.has('own') ? { own: true } : {}) };
  const answer = await call<MyCompany>(context, 'POST', '/me/companies', wish);
  if (answer.status === 401) throw refused(answer, language, new URL(request.url).pathname);
  if (answer.status === 201) throw redirect(pathname, 303);
  const { code = '' } = answer.body as { code?: string };
  return data({ error: messageOf(code, answer.status, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  const shown: Shown | undefined = loaderData;
  const title = shown?.company?.name ?? (shown && companyTexts[shown.language].missing);
  return [{ title }, { name: 'robots', content: 'noindex' }];
};

interface Shown {
  language: Language;
  company?: CompanyAnswer;
  /** Why there is no company to show. */
  missing?: string;
  /** What is kept of it for whoever is signed in; absent where nobody is. */
  keep?: MyCompany | 'not-kept';
}

/** One company as the registers know it, with its key figures; and, for whoever is signed in, the wish to have it remembered. */
export default function CompanyOne() {
  const { language, company, missing, keep }: Shown = useLoaderData<typeof loader>();
  const { error } = useActionData<typeof action>() ?? {};
  const texts = companyTexts[language];
  return (
    <div className="wide page company">
      <p className="eyebrow">
        <a className="ds-link" href={path('company', language)}>
          {texts.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {company?.name ?? texts.missing}
      </h1>
      {error ? <Alert color="danger">{error}</Alert> : null}
      {company === undefined ? (
        <p className="lead">{missing}</p>
      ) : (
        <>
          <Notes company={company} language={language} />
          <Known company={company} kept={keep === 'not-kept' ? undefined : keep} language={language} />
          {keep === undefined ? null : (
            <Keep
              kept={keep === 'not-kept' ? undefined : keep}
              personal={company.personal}
              language={language}
            />
          )}
          <Source source={company.source} language={language} />
        </>
      )}
    </div>
  );
}

/** What must be known of a company before the rest of it. */
function Notes({ company, language }: { company: CompanyAnswer; language: Language }) {
  const texts = companyTexts[language];
  return (
    <>
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
    </>
  );
}

function Known(props: { company: CompanyAnswer; kept: MyCompany | undefined; language: Language }) {
  const { company, kept, language } = props;
  const texts = companyTexts[language];
  const { source, accounts, accountsState } = company;
  const years = yearsOf(kept?.years ?? [], accounts);
  return (
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
        {years.length === 0 ? (
          <p>{accountsState === 'none' ? texts.noFigures : texts.figuresAway}</p>
        ) : (
          <FiguresPlot years={years} fetchedAt={source.fetchedAt} language={language} />
        )}
      </section>
    </div>
  );
}

/** The years that are kept, and the register's latest, which counts where both have it. */
function yearsOf(kept: readonly KeyFigures[], latest: KeyFigures | null): KeyFigures[] {
  const years = new Map([...kept, ...(latest === null ? [] : [latest])].map((each) => [each.year, each]));
  return [...years.values()].sort((a, b) => a.year - b.year);
}

function Keep(props: { kept: MyCompany | undefined; personal: boolean; language: Language }) {
  const { kept, personal, language } = props;
  const texts = companyTexts[language];
  return (
    <section className="spaced" aria-labelledby="keep">
      <h2 id="keep" className="ds-heading" data-size="sm">
        {kept ? texts.kept : texts.keepTitle}
      </h2>
      <p>
        {kept ? (
          <a className="ds-link" href={path('my', language)}>
            {texts.keptGo}
          </a>
        ) : (
          texts.keepText
        )}
      </p>
      <form method="post" className="form">
        {personal && !kept ? <Checkbox id="own" name="own" value="yes" label={texts.own} /> : null}
        {kept ? (
          <button
            className="ds-button"
            data-variant="secondary"
            data-color="danger"
            type="submit"
            name="forget"
            value={kept.id}
          >
            {texts.forget}
          </button>
        ) : (
          <button className="ds-button" data-variant="secondary" type="submit">
            {texts.keep}
          </button>
        )}
      </form>
    </section>
  );
}
