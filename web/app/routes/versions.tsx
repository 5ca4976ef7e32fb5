import { data, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { ComparisonAnswer, VersionsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { ASKED, ComingBanner, comparison } from '../parts/coming.tsx';
import { Alert } from '../parts/fields.tsx';
import { SideBySide } from '../parts/side-by-side.tsx';
import { languageOf, path } from '../paths.ts';
import { versionTexts } from '../texts/versions.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  const answer = await read<VersionsAnswer>(context, request, '/statement/versions');
  const asked = { from: searchParams.get(ASKED[language].from), to: searchParams.get(ASKED[language].to) };
  const chosen = { ...choice(answer), compared: null, unknown: false };
  if (asked.from === null || asked.to === null) return { answer, language, ...chosen };
  const query = new URLSearchParams({ from: asked.from, to: asked.to, language });
  const found = await call<ComparisonAnswer>(context, 'GET', `/statement/comparisons?${query}`);
  if (found.status === 404) return data({ answer, language, ...chosen, unknown: true }, { status: 404 });
  if (found.status !== 200) throw refused(found, language);
  const compared = found.body as ComparisonAnswer;
  return { answer, language, from: compared.from, to: compared.to, compared, unknown: false };
}

/** What the form shows before anything is chosen: the version in force and what comes, or what was before it. */
function choice({ versions, current, coming }: VersionsAnswer): { from: string; to: string } {
  if (coming !== null) return { from: current, to: coming.version };
  const begun = versions.filter(({ withdrawnAt }) => withdrawnAt === null);
  return { from: (begun[1] ?? begun[0])!.version, to: current };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && versionTexts[loaderData.language].title },
];

/** Every version of the statement, and any two of them beside each other. */
export default function Versions() {
  const { answer, language, from, to, compared, unknown } = useLoaderData<typeof loader>();
  const words = versionTexts[language];
  const names = ASKED[language];
  return (
    <div className="wide page my">
      <p className="eyebrow">
        <a className="ds-link" href={path('statement', language)}>
          {words.back}
        </a>
      </p>
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {compared ? null : <ComingBanner coming={answer.coming} current={answer.current} language={language} />}
      {unknown ? <Alert color="warning">{words.unknown}</Alert> : null}
      <form className="choose-versions" method="get">
        <Choice name={names.from} label={words.from} chosen={from} answer={answer} />
        <Choice name={names.to} label={words.to} chosen={to} answer={answer} />
        <button className="ds-button" type="submit">
          {words.compare}
        </button>
      </form>
      {compared ? <SideBySide compared={compared} language={language} /> : null}
      <History answer={answer} language={language} />
    </div>
  );
}

function Choice(props: { name: string; label: string; chosen: string; answer: VersionsAnswer }) {
  const { name, label, chosen, answer } = props;
  return (
    <div className="ds-field">
      <label className="ds-label" data-weight="medium" htmlFor={name}>
        {label}
      </label>
      <select className="ds-input" id={name} name={name} defaultValue={chosen}>
        {answer.versions.map(({ version }) => (
          <option key={version} value={version}>
            {version}
          </option>
        ))}
      </select>
    </div>
  );
}

function History({ answer, language }: { answer: VersionsAnswer; language: Language }) {
  const words = versionTexts[language];
  const { versions, current, coming } = answer;
  return (
    <section className="spaced" aria-labelledby="title-history">
      <h2 id="title-history" className="ds-heading" data-size="md">
        {words.historyTitle}
      </h2>
      <ol className="history">
        {versions.map(({ version, effectiveAt, withdrawnAt }, at) => {
          const before = versions.slice(at + 1).find((one) => one.withdrawnAt === null);
          const said =
            withdrawnAt !== null
              ? words.never(longDate(withdrawnAt, language))
              : version === coming?.version
                ? words.comes(longDate(effectiveAt, language))
                : words.since(longDate(effectiveAt, language));
          return (
            <li key={version} aria-current={version === current ? 'true' : undefined}>
              <p>
                <strong>{version}</strong>, {said}
                {version === current ? ` (${words.current})` : ''}
              </p>
              {before ? (
                <p>
                  <a className="ds-link" href={comparison(before.version, version, language)}>
                    {words.compareWith(before.version)}
                  </a>
                </p>
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
