import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import { Alert, ErrorSummary, type Errors, TextField } from '../parts/fields.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandPrivacyRole } from '../staff.ts';
import { consoleTexts } from '../texts/console.ts';
import { forecastTexts } from '../texts/forecast.ts';
import { holdTexts } from '../texts/holds.ts';
import { planTexts } from '../texts/plan.ts';
import { refusals } from '../texts/refusals.ts';
import { call, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandPrivacyRole(context, request);
  return { language: languageOf(new URL(request.url).pathname) };
}

/** Searches. What was searched for is in the form and the page that answers it, never in an address. */
export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const { address = '' } = textOf(await request.formData(), ['address']);
  const wanted = address.trim();
  const body = wanted.includes('@') ? { email: wanted } : { phone: wanted };
  const answer = await call<{ found: string[] }>(context, 'POST', '/person-searches', body);
  if (answer.status === 401 || answer.status === 403) throw refused(answer, language);
  if (answer.status >= 300) {
    const errors = errorsOf(answer, language);
    return data({ address, found: [], nobody: false, errors }, { status: answer.status });
  }
  const { found } = answer.body as { found: string[] };
  if (found.length === 1) throw redirect(path('consolePerson', language, { id: found[0]! }), 303);
  const nobody = found.length === 0;
  return data({ address, found, nobody, errors: {} as Errors }, { status: nobody ? 404 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && consoleTexts[loaderData.language].title },
];

/** Find one person by their exact address; see whether the promises hold. */
export default function Console() {
  const { language } = useLoaderData<typeof loader>();
  const { address, found = [], nobody = false, errors = {} } = useActionData<typeof action>() ?? {};
  const words = consoleTexts[language];
  const [plan, held] = [forecastTexts[language], holdTexts[language]];
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      <div className="pair">
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {words.findTitle}
          </h2>
          <p>{words.findText}</p>
          <form className="form" method="post" noValidate>
            <ErrorSummary
              errors={errors}
              title={refusals[language].summary}
              anchors={{ email: 'address', phone: 'address' }}
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
            <button className="ds-button" type="submit">
              {words.find}
            </button>
          </form>
          {nobody ? (
            <div className="spaced">
              <Alert color="info">{words.nobody}</Alert>
            </div>
          ) : null}
          {found.length > 1 ? (
            <div className="stack spaced">
              <p>{words.several}</p>
              <ul className="ds-list">
                {found.map((id) => (
                  <li key={id}>
                    <a className="ds-link" href={path('consolePerson', language, { id })}>
                      {words.person(id)}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </section>
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {plan.title}
          </h2>
          <p>{plan.about}</p>
          <a className="ds-button" data-variant="secondary" href={path('consoleForecast', language)}>
            {plan.go}
          </a>
        </section>
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {held.title}
          </h2>
          <p>{held.about}</p>
          <a className="ds-button" data-variant="secondary" href={path('consoleHolds', language)}>
            {held.go}
          </a>
        </section>
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {words.proofTitle}
          </h2>
          <p>{words.proofText}</p>
          <a className="ds-button" data-variant="secondary" href={path('consoleProof', language)}>
            {words.proofGo}
          </a>
        </section>
        <section className="sheet">
          <h2 className="ds-heading" data-size="xs">
            {planTexts[language].title}
          </h2>
          <p>{planTexts[language].text}</p>
          <a className="ds-button" data-variant="secondary" href={path('consolePlan', language)}>
            {planTexts[language].go}
          </a>
        </section>
      </div>
    </div>
  );
}
