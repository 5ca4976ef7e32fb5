import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { StatementAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { ComingBanner } from '../parts/coming.tsx';
import { InShort } from '../parts/in-short.tsx';
import { ProseSection } from '../parts/prose.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { statementTexts } from '../texts/statement.ts';
import { versionTexts } from '../texts/versions.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { prose } = await demandStatement(context, request);
  return { title: prose[language].title, language };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [{ title: loaderData?.title }];

/** The privacy statement in force: the text, the rules behind it, and the versions before it. */
export default function StatementPage() {
  const { language } = useLoaderData<typeof loader>();
  const answer = useStatement();
  const words = statementTexts[language];
  const prose = answer.prose[language];
  const chapters = prose.sections.filter((section) => section.level === 2);
  const stated = new Set(prose.sections.flatMap((section) => [section.id, ...section.clauses]));
  return (
    <>
      <div className="wide statement-head">
        <p className="eyebrow">
          {words.version(answer.version, longDate(answer.updated, language))} ·{' '}
          <a className="ds-link" href={path('versions', language)}>
            {words.compare}
          </a>
        </p>
        <h1 className="ds-heading" data-size="xl">
          {prose.title}
        </h1>
        <ComingBanner coming={answer.coming} current={answer.version} language={language} />
        <h2 className="ds-sr-only">{words.short}</h2>
        <InShort statement={answer.statement} language={language} />
      </div>
      <div className="wide statement">
        <nav className="toc" aria-labelledby="toc-title">
          <h2 className="toc-title" id="toc-title">
            {words.contents}
          </h2>
          <ol>
            {chapters.map((section) => (
              <li key={section.id}>
                <a href={`#${section.id}`}>{section.heading}</a>
              </li>
            ))}
            <li>
              <a href="#clauses">{words.clausesTitle}</a>
            </li>
            <li>
              <a href="#versions">{words.historyTitle}</a>
            </li>
          </ol>
        </nav>
        <div className="prose">
          <p className="fact-note">
            <span className="fact">{words.facts}</span>
          </p>
          {prose.sections.map((section) => (
            <ProseSection key={section.id} section={section} language={language} />
          ))}
          <ClauseIndex statement={answer.statement} stated={stated} language={language} />
          <History answer={answer} language={language} />
        </div>
      </div>
    </>
  );
}

/** Every promise by its name. A clause that the prose gives no anchor gets one here. */
function ClauseIndex(props: { statement: Statement; stated: ReadonlySet<string>; language: Language }) {
  const { statement, stated, language } = props;
  const words = statementTexts[language];
  return (
    <section className="major" id="clauses" aria-labelledby="title-clauses">
      <h2 id="title-clauses" className="ds-heading" data-size="md">
        {words.clausesTitle}
      </h2>
      <p>{words.clausesLead}</p>
      <Table
        caption={words.clausesTitle}
        head={[words.clause, words.promise]}
        rows={Object.entries(statement.clauses).map(([id, clause]) => [
          <a key={id} id={stated.has(id) ? undefined : id} className="clause-tag" href={`#${id}`}>
            {id}
          </a>,
          clause.title[language],
        ])}
      />
    </section>
  );
}

/** From when a version was or will be in force, or that it never was. */
function saidOf(each: StatementAnswer['versions'][number], answer: StatementAnswer, language: Language) {
  const words = versionTexts[language];
  if (each.withdrawnAt !== null) return words.never(longDate(each.withdrawnAt, language));
  const date = longDate(each.effectiveAt, language);
  return each.version === answer.coming?.version ? words.comes(date) : words.since(date);
}

function History({ answer, language }: { answer: StatementAnswer; language: Language }) {
  const words = statementTexts[language];
  return (
    <section className="major" id="versions" aria-labelledby="title-versions">
      <h2 id="title-versions" className="ds-heading" data-size="md">
        {words.historyTitle}
      </h2>
      <p>{words.historyLead}</p>
      <p>
        <a className="ds-link" href={path('versions', language)}>
          {words.compare}
        </a>
      </p>
      <ol className="history">
        {answer.versions.map((each) => (
          <li key={each.version} aria-current={each.version === answer.version ? 'true' : undefined}>
            <p>
              <strong>{each.version}</strong>, {saidOf(each, answer, language)}
              {each.version === answer.version ? ` (${words.current})` : ''}
            </p>
            <p className="quiet small">
              {words.fingerprint}: <code>{each.fingerprint}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
