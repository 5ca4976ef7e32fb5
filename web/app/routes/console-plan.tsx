import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router';
import type { PlanAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { dateAndTime, periodText } from '../dates.ts';
import { Each } from '../parts/each.tsx';
import { Alert } from '../parts/fields.tsx';
import { ClauseLink } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf } from '../paths.ts';
import { demandRoom } from '../staff.ts';
import { planTexts } from '../texts/plan.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consolePlan');
  const plan = await read<PlanAnswer>(context, request, '/plan');
  return { plan, language: languageOf(new URL(request.url).pathname) };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && planTexts[loaderData.language].title },
];

/** What the changed statement files would do, before anybody does it. */
export default function ConsolePlan() {
  const { plan, language } = useLoaderData<typeof loader>();
  const words = planTexts[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {plan.problems.length > 0 ? (
        <Alert color="danger">
          <p>{words.problems}</p>
          <ul lang="en">
            <Each of={plan.problems} as={(problem) => <li>{placed(problem)}</li>} />
          </ul>
        </Alert>
      ) : plan.hash === null ? (
        <Alert color="success">
          {plan.version === plan.from
            ? words.nothing(plan.from)
            : words.waits(plan.version, dateAndTime(plan.notify.takesEffect, language))}
        </Alert>
      ) : (
        <Planned plan={plan} hash={plan.hash} language={language} />
      )}
    </div>
  );
}

function placed(problem: PlanAnswer['problems'][number]): string {
  return 'file' in problem
    ? `${problem.file.split('/').at(-1)}:${problem.line}:${problem.column}: ${problem.message}`
    : problem.message;
}

function Planned({ plan, hash, language }: { plan: PlanAnswer; hash: string; language: Language }) {
  const words = planTexts[language];
  const { notify, roles } = plan;
  return (
    <>
      <Alert color={plan.material ? 'warning' : 'info'}>
        {words.becomes(plan.from, plan.version)}{' '}
        {notify.period === null
          ? words.atOnce
          : words.later(
              notify.people,
              notify.mailed,
              periodText(notify.period, language),
              dateAndTime(notify.takesEffect, language),
            )}
      </Alert>
      <Table
        caption={words.changes}
        head={words.changesHead}
        rows={plan.changes.map((change) => [
          <ClauseLink key="clause" clause={change.clause} text={change.clause} language={language} />,
          <code key="what">{change.what}</code>,
          words.kinds[change.change],
          <span key="material" className="ds-tag" data-color={change.material ? 'warning' : 'neutral'}>
            {change.material ? words.material : words.not}
          </span>,
          change.reason[language],
        ])}
      />
      {plan.rows.length > 0 ? (
        <Table
          caption={words.rows}
          head={words.rowsHead}
          figures={[1, 2, 3, 4]}
          rows={plan.rows.map((row) => [
            <ClauseLink key="clause" clause={row.clause} text={row.clause} language={language} />,
            row.now,
            row.before.now,
            row.year,
            row.before.year,
          ])}
        />
      ) : (
        <p className="spaced">{words.noRows}</p>
      )}
      {plan.consents.length > 0 ? (
        <Table
          caption={words.consents}
          head={words.consentsHead}
          figures={[1]}
          rows={plan.consents.map(({ purpose, active, reason }) => [purpose, active, reason[language]])}
        />
      ) : null}
      <Rights roles={roles} language={language} />
      <section className="spaced sheet" aria-labelledby="title-apply">
        <h2 id="title-apply" className="ds-heading" data-size="xs">
          {words.applyTitle}
        </h2>
        <p>{words.applyText}</p>
        <p>
          <code>hjemmel apply {hash}</code>
        </p>
      </section>
    </>
  );
}

function Rights({ roles, language }: { roles: PlanAnswer['roles']; language: Language }) {
  const words = planTexts[language];
  const lines: [string, string][] = [
    ...roles.added.map((id): [string, string] => [id, words.roleAdded]),
    ...roles.removed.map((id): [string, string] => [id, words.roleRemoved]),
    ...roles.granted.map(({ purpose, table, column }): [string, string] => [
      purpose,
      words.granted(`${table}.${column}`),
    ]),
    ...roles.revoked.map(({ purpose, table, column }): [string, string] => [
      purpose,
      words.revoked(`${table}.${column}`),
    ]),
  ];
  if (lines.length === 0) return <p className="spaced">{words.noRights}</p>;
  return <Table caption={words.rights} head={words.rightsHead} rows={lines} />;
}
