import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { ForecastAnswer, HoldsAnswer, PersonAnswer, PromisesAnswer } from '#http/contract.ts';
import { Alert, ErrorSummary, type Errors, TextField } from '../parts/fields.tsx';
import { ReasonField } from '../parts/reason.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandRoom, roomsOf } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { people } from '../texts/people.ts';
import { refusals } from '../texts/refusals.ts';
import { call, read, refused } from '../visit.ts';

/** People of one name who are listed; whoever seeks among more seeks by address. */
const LISTED = 25;

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
  const { address = '', reason } = textOf(await request.formData(), ['address', 'reason']);
  const answer = await call<{ found: string[] }>(context, 'POST', '/person-searches', sought(address.trim()));
  if (answer.status === 401 || answer.status === 403) throw refused(answer, language);
  if (answer.status >= 300) {
    const errors = errorsOf(answer, language);
    return data({ address, reason, found: [], count: 0, nobody: false, errors }, { status: answer.status });
  }
  const { found } = answer.body as { found: string[] };
  const because = reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`;
  if (found.length === 1) throw redirect(path('consolePerson', language, { id: found[0]! }) + because, 303);
  const listed = await Promise.all(
    found.slice(0, LISTED).map((id) => call<PersonAnswer>(context, 'GET', `/persons/${id}`)),
  );
  const shown = listed.flatMap(({ status, body }) => (status === 200 ? [body as PersonAnswer] : []));
  const nobody = found.length === 0;
  return data(
    { address, reason, found: shown, count: found.length, nobody, errors: {} as Errors },
    { status: nobody ? 404 : 200 },
  );
}

/** What somebody typed is an address, a number or a name; it says so itself. */
function sought(text: string): object {
  if (text.includes('@')) return { email: text };
  return /\d/.test(text) ? { phone: text } : { name: text };
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].title },
];

/** What needs a look today, and a way to find one person. */
export default function Console() {
  const { language, seeksPeople, guards, glance } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { address, reason, found = [], count = 0, nobody = false, errors = {} } = sent ?? {};
  const words = consoleTexts[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {glance ? <Glance glance={glance} language={language} /> : null}
      {seeksPeople ? (
        <section className="spaced sheet" aria-labelledby="title-find">
          <h2 id="title-find" className="ds-heading" data-size="xs">
            {words.findTitle}
          </h2>
          <p>{words.findText}</p>
          <form className="form" method="post" noValidate>
            <ErrorSummary
              errors={errors}
              title={refusals[language].summary}
              anchors={{ email: 'address', phone: 'address', name: 'address' }}
            />
            <TextField
              language={language}
              name="address"
              label={words.address}
              required
              value={address}
              autoComplete="off"
              errors={errors}
            />
            {guards ? <ReasonField language={language} value={reason} /> : null}
            <button className="ds-button" type="submit">
              {words.find}
            </button>
          </form>
          {nobody ? (
            <div className="spaced">
              <Alert color="info">{words.nobody}</Alert>
            </div>
          ) : null}
          {count > 1 ? (
            <div className="stack spaced">
              <p>{words.several(count)}</p>
              <ul className="ds-list">
                {found.map((one) => (
                  <li key={one.person}>
                    <a className="ds-link" href={path('consolePerson', language, { id: one.person })}>
                      {one.name ?? people[language].nameless}
                    </a>{' '}
                    {[one.company, one.place, one.email].filter(Boolean).join(', ')}
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </section>
      ) : null}
    </div>
  );
}

type Looked = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['glance']>;

/** What there is to look after, each number leading to its room. */
function Glance({ glance, language }: { glance: Looked; language: 'nb' | 'en' }) {
  const words = consoleTexts[language].glance;
  const promises = glance.holding === 0 ? words.promisesUnknown : words.promisesKept(glance.holding);
  const said = [
    ['consoleProof', words.promises, glance.broken > 0 ? words.promisesBroken(glance.broken) : promises],
    ['consoleForecast', words.leaves, forecastTexts[language].entries(glance.leaves)],
    [
      'consoleHolds',
      words.holds,
      glance.overdue > 0 ? words.overdue(glance.overdue) : words.standing(glance.holds),
    ],
  ] as const;
  return (
    <dl className="glance">
      {said.map(([room, name, value]) => (
        <div key={room}>
          <dt>{name}</dt>
          <dd>
            <a className="ds-link" href={path(room, language)}>
              {value}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
