import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type {
  AcceptedDocuments,
  AccessAnswer,
  ClientAnswer,
  ClientRequest,
  ModuleCatalogueAnswer,
  PricesAnswer,
  Problem,
  ProfileRequest,
} from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { BY_HAND, type Chosen, chosenBy, hasHits, likely, type Search, search } from '../company-choice.ts';
import { demandStatement, useStatement } from '../known.ts';
import { acceptedIn, versionsInForce } from '../parts/accepting.tsx';
import { Choosing } from '../parts/choosing.tsx';
import type { Errors } from '../parts/fields.tsx';
import { Founding } from '../parts/founding.tsx';
import { type Offered, Prices } from '../parts/prices.tsx';
import { Starting } from '../parts/starting.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, isNoForForm, missingIn, textOf } from '../refusals.ts';
import { become } from '../texts/become.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const language = languageOf(pathname);
  await demandStatement(context, request);
  const session = await call(context, 'GET', '/sessions/current');
  if (session.status !== 200 && session.status !== 401) throw refused(session, language);
  const me = session.status === 200 ? whoIs(await read<AccessAnswer>(context, request, '/me')) : undefined;
  const [{ modules }, prices] = await Promise.all([
    read<ModuleCatalogueAnswer>(context, request, '/modules'),
    read<PricesAnswer>(context, request, '/prices'),
  ]);
  const offered = { modules, prices };
  const offer = me && { versions: await versionsInForce(context, request), ...offered };
  const number = searchParams.get('number');
  const hand = { ...BY_HAND, name: me?.company ?? '' };
  if (searchParams.has('hand')) return { language, me, offered, offer, chosen: hand };
  if (number !== null) {
    const chosen = await chosenBy(context, number);
    return { language, me, offered, offer, chosen, closed: chosen === undefined };
  }
  // What the company was called when the profile was made is where somebody who comes back was.
  const asked = searchParams.get('q') ?? hand.name;
  if (asked === '') return { language, me, offered, offer };
  const found = await search(context, asked, language);
  if (searchParams.has('q')) return { language, me, offered, offer, search: found };
  const likeliest = likely(found) ?? (hasHits(found) ? undefined : hand);
  return { language, me, offered, offer, search: found, chosen: likeliest };
}

/** What is known of whoever is signed in that this page builds on. */
function whoIs({ items }: AccessAnswer): { name: string | null; email: string; company: string | null } {
  const held = (category: string) => items.find((item) => item.category === category)?.value ?? null;
  return {
    name: held('contact.name'),
    email: held('contact.email') ?? '',
    company: held('contact.company'),
  };
}

interface Loaded {
  language: Language;
  me?: ReturnType<typeof whoIs>;
  offered: Offered;
  offer?: Offered & { versions: AcceptedDocuments };
  search?: Search;
  chosen?: Chosen;
  closed?: boolean;
}

interface Told {
  chosen: Chosen;
  values: Record<string, string | undefined>;
  modules: string[];
  ticked?: AcceptedDocuments;
  errors: Errors;
  /** Whoever is signed in has no profile yet, and makes one first. */
  unknown?: boolean;
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const written = textOf(form, ['name', 'number', 'place', 'register']);
  const chosen: Chosen = { ...BY_HAND, ...written, register: written.register === 'yes' };
  return form.get('intent') === 'start'
    ? start(context, form, chosen, language)
    : found(context, form, chosen, language);
}

type Context = ActionFunctionArgs['context'];

/** Whoever is not signed in makes a profile, and shows by the letter that the address is theirs. */
async function start(context: Context, form: FormData, chosen: Chosen, language: Language) {
  const { statement = '', ...values } = textOf(form, ['person', 'email', 'statement']);
  const { person = '', email = '' } = values;
  const told = (errors: Errors, status: number) =>
    data<Told>({ chosen, values, modules: [], errors }, { status });
  const missing = missingIn({ name: chosen.name, person, email }, language);
  if (Object.keys(missing).length > 0) return told(missing, 422);
  const body: ProfileRequest = {
    name: person,
    email,
    company: chosen.name,
    language,
    onward: 'client',
    accept: { statement },
  };
  const answer = await call(context, 'POST', '/profiles', body);
  if (answer.status === 201) throw redirect(path('becomeSent', language), 303);
  return told(renamed(errorsOf(answer, language), OF_PROFILE), answer.status);
}

/** Makes the company a client; both documents must be accepted, and what is missing is said at once. */
async function found(context: Context, form: FormData, chosen: Chosen, language: Language) {
  const modules = form.getAll('modules').map(String);
  const { accept, errors: unaccepted } = acceptedIn(form, language);
  const { name, number, place } = chosen;
  // Asked of those of whom no name is held, such as who only reads the newsletter.
  const person = form.has('person') ? String(form.get('person')) : undefined;
  const complete = form.has('complete');
  const values = { person, ...(complete ? { complete: 'yes' } : {}) };
  const told = (errors: Errors, status: number) =>
    data<Told>({ chosen, values, modules, ticked: accept, errors }, { status });
  const missing = {
    ...missingIn(
      { name, number, ...(person === undefined ? {} : { person }), modules: modules.join() },
      language,
    ),
    ...unaccepted,
  };
  if (Object.keys(missing).length > 0) return told(missing, 422);
  if (person !== undefined) {
    const named = await call(context, 'PATCH', '/me', { name: person });
    if (named.status >= 300 && !isNoForForm(named)) throw refused(named, language);
    if (named.status >= 300) return told(renamed(errorsOf(named, language), OF_PROFILE), named.status);
  }
  const body: ClientRequest = {
    company: { name, number, ...(place === '' ? {} : { place }) },
    modules,
    accept,
    ...(complete ? { complete } : {}),
  };
  const answer = await call<ClientAnswer>(context, 'POST', '/clients', body);
  if (answer.status === 201) {
    const { client } = answer.body as ClientAnswer;
    throw redirect(`${path('client', language, { client })}?done=began`, 303);
  }
  if ((answer.body as Partial<Problem>).code === 'customers.no-profile')
    return data<Told>(
      { chosen, values, modules, errors: errorsOf(answer, language), unknown: true },
      { status: answer.status },
    );
  if (isNoForForm(answer)) return told(renamed(errorsOf(answer, language), OF_CLIENT), answer.status);
  throw refused(answer, language, path('become', language));
}

/** Fields as the API names them, where the form's are others: it asks of a company and of a person at once. */
const OF_PROFILE: Record<string, string> = { name: 'person', company: 'name' };
const OF_CLIENT: Record<string, string> = {
  'company.name': 'name',
  'company.number': 'number',
  'company.place': 'place',
  'accept.agreement': 'agreement',
  'accept.dpa': 'dpa',
};

function renamed(errors: Errors, names: Record<string, string>): Errors {
  return Object.fromEntries(Object.entries(errors).map(([field, text]) => [names[field] ?? field, text]));
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && become[loaderData.language].title },
];

/** Becoming a customer, in three steps: the company, whoever acts for it, and what is agreed. */
export default function Become() {
  const loaded: Loaded = useLoaderData<typeof loader>();
  const { language, me, offered, offer, search: asked, chosen: at, closed } = loaded;
  const told = useActionData<typeof action>();
  const { statement } = useStatement();
  const words = become[language];
  const chosen = told?.chosen ?? at;
  const step = chosen === undefined ? 0 : me === undefined ? 1 : 2;
  return (
    <div className="wide page">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead(statement.operator.name)}</p>
      <ol className="standing" aria-label={words.stepsLabel}>
        {words.steps.map((text, place) => (
          <li key={text} aria-current={place === step ? 'step' : undefined}>
            {text}
          </li>
        ))}
      </ol>
      <div className="spaced">
        {chosen === undefined ? (
          <Choosing search={asked} closed={closed ?? false} language={language} />
        ) : offer === undefined || told?.unknown ? (
          <Starting
            chosen={chosen}
            values={{
              person: told?.values.person ?? me?.name ?? undefined,
              email: told?.values.email ?? me?.email,
            }}
            errors={told?.errors ?? {}}
            language={language}
          />
        ) : (
          <Founding
            chosen={chosen}
            offer={offer}
            modules={told?.modules ?? []}
            ticked={told?.ticked}
            errors={told?.errors ?? {}}
            who={me ?? { name: null, email: '' }}
            person={told?.values.person}
            complete={told?.values.complete === 'yes'}
            language={language}
          />
        )}
      </div>
      <Prices {...offered} language={language} />
    </div>
  );
}
