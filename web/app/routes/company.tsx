import { data, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { CompaniesAnswer } from '#http/contract.ts';
import { CompanySearch } from '../parts/company-search.tsx';
import { Alert } from '../parts/fields.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { companyTexts } from '../texts/company.ts';
import { call } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const words = searchParams.get('q')?.trim() ?? '';
  if (words === '') return { language, words };
  const answer = await call<CompaniesAnswer>(
    context,
    'GET',
    `/companies?${new URLSearchParams({ q: words })}`,
  );
  if (answer.status === 200) return { language, words, answer: answer.body as CompaniesAnswer };
  const errors = errorsOf(answer, language);
  const error = Object.values(errors)[0]!;
  const said = answer.status >= 500 ? { away: error } : { error };
  return data({ language, words, ...said }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && companyTexts[loaderData.language].title },
  { name: 'robots', content: 'noindex' },
];

/** Looking a company up by name or number. It asks the registers, and stores nothing. */
export default function CompanyPage() {
  const found: Found = useLoaderData<typeof loader>();
  const { language, words, answer, error, away } = found;
  const texts = companyTexts[language];
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {texts.title}
      </h1>
      <p className="lead">{texts.lead}</p>
      {away ? (
        <Alert color="warning">
          <strong>{texts.away}.</strong> {texts.byHand}{' '}
          <a className="ds-link" href={path('signUp', language)}>
            {texts.byHandGo}
          </a>
        </Alert>
      ) : null}
      <CompanySearch
        language={language}
        words={words}
        answer={answer}
        error={error}
        to={({ number }) => path('companyOne', language, { number })}
      />
    </div>
  );
}

interface Found {
  language: ReturnType<typeof languageOf>;
  words: string;
  answer?: CompaniesAnswer;
  /** What is wrong with what was searched for. */
  error?: string;
  /** That the register does not answer. */
  away?: string;
}
