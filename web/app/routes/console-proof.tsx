import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { ProofAnswer, RunsAnswer } from '#http/contract.ts';
import { dateAndTime } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import { Alert } from '../parts/fields.tsx';
import { ClauseLink } from '../parts/notice.tsx';
import { ProofPlot } from '../parts/proof-plot.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await Promise.all([demandRoom(context, request, 'consoleProof'), demandStatement(context, request)]);
  const proof = await read<ProofAnswer>(context, request, '/proof');
  const { runs } = await read<RunsAnswer>(context, request, '/proof/runs');
  return { proof, runs, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].proofTitle },
];

/** Whether each promise holds, and which have not been tried. Broken ones come first. */
export default function ConsoleProof() {
  const { proof, runs, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const words = consoleTexts[language];
  const changes = runs
    .filter(({ changed }) => changed)
    .slice(-LISTED)
    .reverse();
  const checks = [...proof.checks].sort((one, other) => Number(one.ok) - Number(other.ok));
  const broken = checks.filter((check) => !check.ok).length;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.proofTitle}
      </h1>
      <p className="lead">{words.proofLead(dateAndTime(proof.at, language), proof.statement)}</p>
      <Alert color={proof.ok ? 'success' : 'danger'}>{proof.ok ? words.allKept : words.broken(broken)}</Alert>
      <Table
        caption={words.proofCaption}
        head={words.proofHead}
        rows={checks.map((check) => [
          <ClauseLink key="clause" clause={check.clause} text={check.clause} language={language} />,
          language === 'nb' ? check.titleNb : check.title,
          <span key="answer" className="ds-tag" data-color={check.ok ? 'success' : 'danger'}>
            {check.ok ? words.kept : words.isBroken}
          </span>,
          <English key="detail" text={check.detail} />,
        ])}
      />
      {proof.notYet.length > 0 ? (
        <section className="spaced" aria-labelledby="title-not-yet">
          <h2 id="title-not-yet" className="ds-heading" data-size="sm">
            {words.notYetTitle}
          </h2>
          <p>{words.notYetText}</p>
          <Table
            caption={words.notYetTitle}
            head={words.notYetHead}
            rows={proof.notYet.map((each) => [
              <ClauseLink key="clause" clause={each.clause} text={each.clause} language={language} />,
              statement.clauses[each.clause]?.title[language] ?? each.title,
              language === 'nb' ? each.whyNb : each.why,
            ])}
          />
        </section>
      ) : null}
      <section className="spaced" aria-labelledby="title-over-time">
        <h2 id="title-over-time" className="ds-heading" data-size="sm">
          {words.historyTitle}
        </h2>
        <p>{words.historyText}</p>
        <ProofPlot runs={runs} language={language} />
        {changes.length > 0 ? (
          <Table
            caption={words.changesTitle}
            head={words.changesHead}
            figures={[2, 3, 4]}
            rows={changes.map((run) => [
              dateAndTime(run.at, language),
              run.statement,
              run.holds,
              run.broken,
              run.notYet,
            ])}
          />
        ) : null}
      </section>
    </div>
  );
}

/** Changes that are listed, the newest first; the plot shows them all. */
const LISTED = 20;

/** What was found is told in one language, by names of tables and columns. */
function English({ text }: { text: string }) {
  return <span lang="en">{text}</span>;
}
