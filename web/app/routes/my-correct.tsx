import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { AccessAnswer, Correction, Problem } from '#http/contract.ts';
import { demandStatement, useStatement } from '../known.ts';
import { ErrorSummary, type Errors, LanguageField, TextField } from '../parts/fields.tsx';
import { Message } from '../parts/message.tsx';
import { ProveFirst } from '../parts/prove-first.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf } from '../refusals.ts';
import { categoryLabel } from '../rules.ts';
import { correct } from '../texts/correct.ts';
import { forms } from '../texts/forms.ts';
import { refusals } from '../texts/refusals.ts';
import { call, elsewhere, read } from '../visit.ts';

const fields = ['name', 'email', 'phone', 'place', 'company', 'language'] as const;
type Values = Partial<Record<(typeof fields)[number], string>>;

/** What the person can correct, as it is now. */
async function held(context: LoaderFunctionArgs['context'], request: Request) {
  const access = await read<AccessAnswer>(context, request, '/me');
  const values: Values = {};
  const needed: Partial<Record<keyof Values, boolean>> = {};
  for (const item of access.items) {
    const field = fields.find((each) => item.category.endsWith(`.${each}`));
    if (!field || !item.can.includes('correct')) continue;
    values[field] = item.value;
    needed[field] = !item.can.includes('erase');
  }
  return { values, needed };
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  await demandStatement(context, request);
  return { ...(await held(context, request)), language };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const language = languageOf(new URL(request.url).pathname);
  const form = await request.formData();
  const before = (await held(context, request)).values;
  const values: Values = {};
  const change: Correction = {};
  for (const field of fields) {
    const value = form.get(field);
    if (typeof value !== 'string') continue;
    values[field] = value;
    // Only what was changed is sent, so that nothing is written anew that was right already.
    if (value.trim() !== (before[field] ?? '')) change[field] = value as never;
  }
  const answer = await call<AccessAnswer>(context, 'PATCH', '/me', change);
  const done = change.email ? 'mail-sent' : 'corrected';
  if (answer.status < 300) throw redirect(`${path('my', language)}?done=${done}`, 303);
  const leave = elsewhere(answer, language, path('myCorrect', language));
  const prove = (answer.body as Partial<Problem>).code === 'identity.prove-again';
  if (leave && !prove) throw leave;
  if (prove) return data({ values, errors: {}, prove }, { status: answer.status });
  return data({ values, errors: errorsOf(answer, language) }, { status: answer.status });
}

interface Told {
  values?: Values;
  errors?: Errors;
  /** Asked to show who it is first. */
  prove?: boolean;
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && correct[loaderData.language].title },
];

/** One form for everything a person can correct. */
export default function MyCorrect() {
  const { values: now, needed, language } = useLoaderData<typeof loader>();
  const { statement } = useStatement();
  const told: Told = useActionData<typeof action>() ?? {};
  const { values = now, errors = {}, prove = false } = told;
  const words = correct[language];
  const label = forms[language];
  const field = (name: 'name' | 'email' | 'phone' | 'place' | 'company') => ({
    language,
    name,
    label: categoryLabel(statement, `contact.${name}`, language),
    required: needed[name] ?? false,
    value: values[name],
    errors,
  });
  return (
    <Message title={words.title} lead={words.lead}>
      <form className="form" method="post" noValidate>
        <ErrorSummary errors={errors} title={refusals[language].summary} />
        {prove ? <ProveFirst back={path('myCorrect', language)} language={language} /> : null}
        <TextField {...field('name')} autoComplete="name" />
        <TextField {...field('email')} type="email" autoComplete="email" hint={words.newAddress} />
        <TextField {...field('phone')} type="tel" autoComplete="tel" hint={label.hints.phone} />
        <TextField {...field('place')} autoComplete="address-level2" hint={label.hints.place} />
        <TextField {...field('company')} autoComplete="organization" />
        <LanguageField language={language} value={values.language ?? language} label={label.language} />
        <div className="actions">
          <button className="ds-button" type="submit">
            {words.save}
          </button>
          <a className="ds-button" data-variant="tertiary" href={path('my', language)}>
            {words.back}
          </a>
        </div>
      </form>
    </Message>
  );
}
