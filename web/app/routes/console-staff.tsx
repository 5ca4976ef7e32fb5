import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { Problem, SessionAnswer, StaffAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { AskOnce } from '../parts/ask-once.tsx';
import { Alert, ErrorSummary, type Errors, SelectField, TextField } from '../parts/fields.tsx';
import { ProveBefore, ProveFirst } from '../parts/prove-first.tsx';
import { Address } from '../parts/sign-in.tsx';
import { languageOf } from '../paths.ts';
import { errorsOf, isNoForForm, textOf } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { refusals } from '../texts/refusals.ts';
import { staffTexts } from '../texts/staff.ts';
import { call, freshness, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleStaff');
  const { pathname, searchParams } = new URL(request.url);
  const { staff } = await read<StaffAnswer>(context, request, '/staff');
  const { person } = await read<SessionAnswer>(context, request, '/sessions/current');
  return {
    staff,
    me: person,
    confirm: await freshness(context, request),
    done: searchParams.get('done') ?? '',
    language: languageOf(pathname),
  };
}

/** What the form for a role came back with. */
interface Told {
  values: { email?: string; name?: string; role?: string };
  errors: Errors;
  /** The page that asked, where who it is must be shown first. */
  prove?: string;
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  if (form.get('intent') === 'take') {
    const [person, role] = ['person', 'role'].map((name) => encodeURIComponent(String(form.get(name))));
    const answer = await call(context, 'DELETE', `/staff/${person}/roles/${role}`);
    if (answer.status < 300) throw redirect(`${pathname}?done=taken`, 303);
    if (!isNoForForm(answer)) throw refused(answer, language, pathname);
    return data<Told>({ values: {}, errors: errorsOf(answer, language) }, { status: answer.status });
  }
  const values = textOf(form, ['email', 'name', 'role']);
  const answer = await call(context, 'POST', '/staff', { email: '', ...values, language });
  if (answer.status < 300) throw redirect(`${pathname}?done=given`, 303);
  if ((answer.body as Partial<Problem>).code === 'identity.prove-again')
    return data<Told>({ values, errors: {}, prove: pathname }, { status: answer.status });
  if (!isNoForForm(answer)) throw refused(answer, language, pathname);
  return data<Told>({ values, errors: errorsOf(answer, language) }, { status: answer.status });
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && staffTexts[loaderData.language].title },
];

/** The operator's own people: who has which role, given here by who has just shown who they are, and taken here. */
export default function ConsoleStaff() {
  const { staff, me, confirm, done, language } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const words = staffTexts[language];
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {words.done[done] && told === undefined ? <Alert color="success">{words.done[done]}</Alert> : null}
      {told ? <ErrorSummary errors={told.errors} title={refusals[language].summary} /> : null}
      <section aria-labelledby="title-staff">
        <h2 id="title-staff" className="ds-heading" data-size="md">
          {words.listTitle}
        </h2>
        <ul className="items">
          {staff.map((one) => (
            <li className="item" key={one.person}>
              <h3 className="item-value">
                {one.name ?? words.nameless} {one.person === me ? words.you : null}
              </h3>
              {one.roles.map(({ role, since }) => (
                <Held
                  key={role}
                  person={one.person}
                  name={one.name ?? words.nameless}
                  role={role}
                  since={since}
                  language={language}
                />
              ))}
            </li>
          ))}
        </ul>
      </section>
      <section className="sheet spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.giveTitle}
        </h2>
        {confirm && told === undefined ? (
          <ProveBefore text={words.confirmText} href={confirm} language={language} />
        ) : (
          <Giving told={told ?? { values: {}, errors: {} }} language={language} />
        )}
      </section>
    </div>
  );
}

/** One role of somebody's, and how to take it away. */
function Held(props: { person: string; name: string; role: string; since: string; language: Language }) {
  const { person, name, role, since, language } = props;
  const words = staffTexts[language];
  const [label, about] = words.roles[role] ?? [role, ''];
  return (
    <div>
      <p>
        <strong>{label}</strong>, <span className="quiet">{words.since(longDate(since, language))}.</span>{' '}
        {about}
      </p>
      <AskOnce
        title={words.take}
        label={words.takeLabel(label, name)}
        text={words.takeText(label, name)}
        go={words.takeGo}
        intent="take"
        about={{ person, role }}
      />
    </div>
  );
}

function Giving({ told, language }: { told: Told; language: Language }) {
  const { values, errors, prove } = told;
  const words = staffTexts[language];
  return (
    <form className="form spaced" id="give" method="post" noValidate>
      {prove ? <ProveFirst back={prove} language={language} /> : null}
      <Address language={language} errors={errors} value={values.email} />
      <TextField
        language={language}
        name="name"
        label={words.name}
        hint={words.nameHint}
        required={false}
        autoComplete="off"
        value={values.name}
        errors={errors}
      />
      <SelectField
        id="role"
        name="role"
        label={words.role}
        choices={Object.entries(words.roles).map(([value, [label, about]]) => ({
          value,
          label: `${label}: ${about}`,
        }))}
        value={values.role ?? 'support'}
      />
      <p className="quiet">{words.after}</p>
      <button className="ds-button" type="submit" name="intent" value="give">
        {words.give}
      </button>
    </form>
  );
}
