import { Fragment } from 'react';
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { PromisesAnswer, PublicPromise, StatementAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { ComingBanner } from '../parts/coming.tsx';
import { InShort } from '../parts/in-short.tsx';
import { PromiseMark, PromiseState, PromisesLine } from '../parts/promise.tsx';
import { ProseSection } from '../parts/prose.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { promiseTexts } from '../texts/promises.ts';
import { statementTexts } from '../texts/statement.ts';
import { versionTexts } from '../texts/versions.ts';
import { call } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { prose, fingerprint } = await demandStatement(context, request);
  const { status, body } = await call<PromisesAnswer>(context, 'GET', '/promises');
  const promises = status === 200 ? (body as PromisesAnswer) : undefined;
  return { title: prose[language].title, fingerprint, promises, language };
}

/** Which version the page shows, for whoever fetches it to see whether it is the one in force (`v.available`). */
export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: 'statement', content: loaderData?.fingerprint },
];

/** The privacy statement in force: the text, the rules behind it, and the versions before it. */
export default function StatementPage() {
  const { language, promises } = useLoaderData<typeof loader>();
  const answer = useStatement();
  const words = statementTexts[language];
  const prose = answer.prose[language];
  const chapters = prose.sections.filter((section) => section.level === 2);
  const byClause = new Map(promises?.clauses.map((promise) => [promise.clause, promise]));
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
        <PromisesLine answer={promises} language={language} />
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
            <ProseSection key={section.id} section={section} language={language} promises={byClause} />
          ))}
          <ClauseIndex statement={answer.statement} stated={stated} promises={byClause} language={language} />
          <History answer={answer} language={language} />
        </div>
      </div>
    </>
  );
}

/**
 * Every promise by its name, and whether it holds. A clause that the prose gives no anchor gets one here, with what its
 * checks say.
 */
function ClauseIndex(props: {
  statement: Statement;
  stated: ReadonlySet<string>;
  promises: ReadonlyMap<string, PublicPromise>;
  language: Language;
}) {
  const { statement, stated, promises, language } = props;
  const words = statementTexts[language];
  return (
    <section className="major" id="clauses" aria-labelledby="title-clauses">
      <h2 id="title-clauses" className="ds-heading" data-size="md">
        {words.clausesTitle}
      </h2>
      <p>
        {words.clausesLead} {promiseTexts[language].how}
      </p>
      <Table
        caption={words.clausesTitle}
        head={[words.clause, words.promise]}
        rows={Object.entries(statement.clauses).map(([id, clause]) => [
          <a key={id} id={stated.has(id) ? undefined : id} className="clause-tag" href={`#${id}`}>
            {id}
          </a>,
          <Fragment key="promise">
            {clause.title[language]}
            <br />
            <Holds promise={promises.get(id)} open={!stated.has(id)} language={language} />
          </Fragment>,
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

function Holds(props: { promise: PublicPromise | undefined; open: boolean; language: Language }) {
  const { promise, open, language } = props;
  if (promise !== undefined && open) return <PromiseMark promise={promise} language={language} />;
  return <PromiseState state={promise?.state ?? 'unknown'} language={language} />;
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
