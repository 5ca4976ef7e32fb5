import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import type { TokenMade, TokensAnswer } from '#http/contract.ts';
import { longDate } from '../dates.ts';
import { demandStatement, useStatement } from '../known.ts';
import {
  Alert,
  Checkbox,
  choicesOf,
  ErrorSummary,
  type Errors,
  FieldError,
  SelectField,
  TextField,
} from '../parts/fields.tsx';
import { Table } from '../parts/table.tsx';
import { languageOf, path } from '../paths.ts';
import { errorsOf, textOf } from '../refusals.ts';
import { demandRoom } from '../staff.ts';
import { refusals } from '../texts/refusals.ts';
import { tokenTexts } from '../texts/tokens.ts';
import { call, read, refused } from '../visit.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  await demandRoom(context, request, 'consoleTokens');
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const paged = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  const answer = await read<TokensAnswer>(context, request, `/tokens${paged}`);
  await demandStatement(context, request);
  return {
    answer,
    now: new Date().toISOString(),
    done: searchParams.has('done'),
    language: languageOf(pathname),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const token = form.get('token');
  if (typeof token === 'string') {
    const answer = await call(context, 'DELETE', `/tokens/${encodeURIComponent(token)}`);
    if (answer.status < 300) throw redirect(`${pathname}?done`, 303);
    throw refused(answer, language);
  }
  const { name = '', days = '' } = textOf(form, ['name', 'days']);
  const scopes = form.getAll('scopes').map(String);
  const body = { name, scopes, days: Number(days) };
  const answer = await call<TokenMade>(context, 'POST', '/tokens', body);
  if (answer.status === 201)
    return data({ made: answer.body as TokenMade, errors: {} as Errors, name, scopes, days });
  if (answer.status === 401 || answer.status === 403) throw refused(answer, language);
  return data(
    { made: undefined, errors: errorsOf(answer, language), name, scopes, days },
    { status: answer.status },
  );
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: loaderData && tokenTexts[loaderData.language].title },
];

/** Keys for other systems: made here, shown once, ended here. */
export default function ConsoleTokens() {
  const { answer, now, done, language } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const { statement } = useStatement();
  const words = tokenTexts[language];
  const errors: Errors = acted?.errors ?? {};
  const labelOf = (purpose: string) => statement.purposes[purpose]?.label[language] ?? purpose;
  const kept = acted?.made === undefined ? acted : undefined;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {done && acted === undefined ? <Alert color="success">{words.done}</Alert> : null}
      {acted?.made ? (
        <Alert color="success">
          <h2 className="ds-heading" data-size="xs">
            {words.madeTitle(acted.made.name)}
          </h2>
          <p>{words.madeText}</p>
          <p>
            <code>{acted.made.token}</code>
          </p>
        </Alert>
      ) : null}
      <section className="sheet spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.newTitle}
        </h2>
        <form className="form spaced" method="post" action={path('consoleTokens', language)} noValidate>
          <ErrorSummary errors={errors} title={refusals[language].summary} anchors={{ scopes: 'scopes-0' }} />
          <TextField
            language={language}
            name="name"
            label={words.name}
            hint={words.nameHint}
            required
            autoComplete="off"
            value={kept?.name}
            errors={errors.name ? { name: words.nameHint } : {}}
          />
          <fieldset className="ds-fieldset">
            <legend className="ds-label" data-weight="medium">
              {words.scopes}
            </legend>
            {answer.offered.map((purpose, at) => (
              <Checkbox
                key={purpose}
                id={`scopes-${at}`}
                name="scopes"
                value={purpose}
                label={labelOf(purpose)}
                about={purpose}
                checked={kept?.scopes.includes(purpose)}
              />
            ))}
            {errors.scopes ? <FieldError id="scopes-error" text={errors.scopes} /> : null}
          </fieldset>
          <SelectField
            id="days"
            name="days"
            label={words.days}
            choices={choicesOf(words.dayChoices)}
            value={kept?.days || '90'}
          />
          <button className="ds-button" type="submit">
            {words.make}
          </button>
        </form>
      </section>
      <section className="spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.listTitle}
        </h2>
        {answer.tokens.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <Table
            caption={words.caption}
            head={words.head}
            rows={answer.tokens.map((token) => [
              <code key="name">{token.name}</code>,
              token.scopes.map(labelOf).join(', '),
              longDate(token.madeAt, language),
              longDate(token.expiresAt, language),
              token.lastUsedOn === null ? words.never : longDate(token.lastUsedOn, language),
              token.endedAt !== null ? (
                words.ended(longDate(token.endedAt, language))
              ) : token.expiresAt <= now ? (
                words.expired
              ) : (
                <form key="end" method="post" action={path('consoleTokens', language)}>
                  <input type="hidden" name="token" value={token.id} />
                  <button
                    className="ds-button"
                    data-variant="secondary"
                    data-color="danger"
                    data-size="sm"
                    type="submit"
                    aria-label={words.endOf(token.name)}
                  >
                    {words.end}
                  </button>
                </form>
              ),
            ])}
          />
        )}
        {answer.next ? (
          <p>
            <a
              className="ds-button"
              data-variant="secondary"
              href={`?${new URLSearchParams({ cursor: answer.next })}`}
            >
              {words.older}
            </a>
          </p>
        ) : null}
      </section>
    </div>
  );
}
