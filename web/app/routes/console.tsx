import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ForecastAnswer, HoldsAnswer, PromisesAnswer } from '#http/contract.ts';
import { finding } from '../finding.ts';
import { Find } from '../parts/find.tsx';
import { languageOf, path } from '../paths.ts';
import { textOf } from '../refusals.ts';
import { demandRoom, roomsOf } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { read } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const roles = await demandRoom(context, request, 'console');
  const language = languageOf(new URL(request.url).pathname);
  const seeksPeople = roomsOf(roles).includes('consolePeople');
  if (!roles.includes('privacy')) return { language, seeksPeople, guards: false, glance: undefined };
  const [promises, forecast, { holds }] = await Promise.all([
    read<PromisesAnswer>(context, request, '/promises'),
    read<ForecastAnswer>(context, request, '/forecast?days=30'),
    read<HoldsAnswer>(context, request, '/holds'),
  ]);
  const glance = {
    holding: promises.holds,
    broken: promises.broken,
    leaves: forecast.clauses.reduce((sum, { rows }) => sum + rows, 0),
    holds: holds.length,
    overdue: holds.filter(({ overdue }) => overdue).length,
  };
  return { language, seeksPeople, guards: true, glance };
}

/** Searches. What was searched for is in the form and the page that answers it, never in an address. */
export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  return finding(context, textOf(await request.formData(), ['address', 'reason']), language);
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].title },
];

/** What needs a look today, and a way to find a person or a client. */
export default function Console() {
  const { language, seeksPeople, guards, glance } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const words = consoleTexts[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {glance ? <Glance glance={glance} language={language} /> : null}
      {seeksPeople ? <Find sent={sent} guards={guards} language={language} /> : null}
    </div>
  );
}

type Looked = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['glance']>;

/** What there is to look after, each number leading to its room. */
function Glance({ glance, language }: { glance: Looked; language: 'nb' | 'en' }) {
  const words = consoleTexts[language].glance;
  const promises = glance.holding === 0 ? words.promisesUnknown : words.promisesKept(glance.holding);
  const said = [
    [
      'consoleProof',
      words.promises,
      glance.broken > 0 ? words.promisesBroken(glance.broken) : promises,
      glance.broken > 0,
    ],
    ['consoleForecast', words.leaves, forecastTexts[language].entries(glance.leaves), false],
    [
      'consoleHolds',
      words.holds,
      glance.overdue > 0 ? words.overdue(glance.overdue) : words.standing(glance.holds),
      glance.overdue > 0,
    ],
  ] as const;
  return (
    <dl className="glance">
      {said.map(([room, name, value, alarms]) => (
        <div key={room}>
          <dt>{name}</dt>
          <dd>
            <a className="ds-link" data-color={alarms ? 'danger' : undefined} href={path(room, language)}>
              {value}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
