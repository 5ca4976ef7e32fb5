import type { ReactNode } from 'react';
import type { TokenAnswer, TokenMade } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { refusals } from '../texts/refusals.ts';
import type { TokenWords } from '../texts/tokens.ts';
import type { TokenAsked, tokenSight } from '../tokens.ts';
import { Alert, Checkbox, choicesOf, ErrorSummary, FieldError, SelectField, TextField } from './fields.tsx';
import { Press } from './press.tsx';
import { ProveBefore, ProveFirst } from './prove-first.tsx';
import { Table } from './table.tsx';

/** The page of keys: made by who has just shown who they are, shown once, ended. `more` is as in {@link TokenTable}. */
export function Tokens<T extends TokenAnswer>(props: {
  answer: { tokens: readonly T[]; offered: readonly string[]; next: string | null };
  sight: Awaited<ReturnType<typeof tokenSight>>;
  acted: TokenAsked | undefined;
  lead: string;
  labelOf: (scope: string) => string;
  aboutOf?: (scope: string) => string;
  more?: (token: T) => ReactNode[];
  words: TokenWords;
}) {
  const { answer, sight, acted, lead, labelOf, aboutOf, more, words } = props;
  const { confirm, now, done, language } = sight;
  const asked = acted?.made ? undefined : acted;
  return (
    <div className="my">
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{lead}</p>
      {done && acted === undefined ? <Alert color="success">{words.done}</Alert> : null}
      {acted?.made ? <MadeToken made={acted.made} words={words} /> : null}
      <section className="sheet spaced">
        <h2 className="ds-heading" data-size="sm">
          {words.newTitle}
        </h2>
        {confirm && asked === undefined ? (
          <ProveBefore text={words.confirmText} href={confirm} language={language} />
        ) : (
          <TokenForm
            offers={answer.offered.map((scope) => ({
              scope,
              label: labelOf(scope),
              about: aboutOf?.(scope),
            }))}
            asked={asked}
            words={words}
            language={language}
          />
        )}
      </section>
      <TokenTable
        tokens={answer.tokens}
        next={answer.next}
        labelOf={labelOf}
        more={more}
        now={now}
        words={words}
        language={language}
      />
    </div>
  );
}

/** A key that was just made: the one time that it is shown. */
function MadeToken({ made, words }: { made: TokenMade; words: TokenWords }) {
  return (
    <Alert color="success">
      <h2 className="ds-heading" data-size="xs">
        {words.madeTitle(made.name)}
      </h2>
      <p>{words.madeText}</p>
      <p>
        <code>{made.token}</code>
      </p>
    </Alert>
  );
}

/** What a key can be given, in words; `about` says more of it. */
interface Offer {
  scope: string;
  label: string;
  about?: string;
}

/** The form for a new key. `asked` is what came back to be mended. */
function TokenForm(props: {
  offers: readonly Offer[];
  asked: TokenAsked | undefined;
  words: TokenWords;
  language: Language;
}) {
  const { offers, asked, words, language } = props;
  const errors = asked?.errors ?? {};
  return (
    <form className="form spaced" method="post" noValidate>
      <ErrorSummary errors={errors} title={refusals[language].summary} anchors={{ scopes: 'scopes-0' }} />
      {asked?.prove ? <ProveFirst back={asked.prove} language={language} /> : null}
      <TextField
        language={language}
        name="name"
        label={words.name}
        hint={words.nameHint}
        required
        autoComplete="off"
        value={asked?.name}
        errors={errors.name ? { name: words.nameHint } : {}}
      />
      <fieldset className="ds-fieldset">
        <legend className="ds-label" data-weight="medium">
          {words.scopes}
        </legend>
        {offers.map(({ scope, label, about }, at) => (
          <Checkbox
            key={scope}
            id={`scopes-${at}`}
            name="scopes"
            value={scope}
            label={label}
            about={about}
            checked={asked?.scopes.includes(scope)}
          />
        ))}
        {errors.scopes ? <FieldError id="scopes-error" text={errors.scopes} /> : null}
      </fieldset>
      <SelectField
        id="days"
        name="days"
        label={words.days}
        choices={choicesOf(words.dayChoices)}
        value={asked?.days || '90'}
      />
      <button className="ds-button" type="submit">
        {words.make}
      </button>
    </form>
  );
}

/** Keys that stand or stood. `more` are columns of a page's own, between what a key can do and when it was made. */
function TokenTable<T extends TokenAnswer>(props: {
  tokens: readonly T[];
  next: string | null;
  labelOf: (scope: string) => string;
  more?: (token: T) => ReactNode[];
  now: string;
  words: TokenWords;
  language: Language;
}) {
  const { tokens, next, labelOf, more = () => [], now, words, language } = props;
  return (
    <section className="spaced">
      <h2 className="ds-heading" data-size="sm">
        {words.listTitle}
      </h2>
      {tokens.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          caption={words.caption}
          head={words.head}
          rows={tokens.map((token) => [
            <code key="name">{token.name}</code>,
            token.scopes.map(labelOf).join(' · '),
            ...more(token),
            longDate(token.madeAt, language),
            longDate(token.expiresAt, language),
            token.lastUsedOn === null ? words.never : longDate(token.lastUsedOn, language),
            <Standing key="end" token={token} now={now} words={words} language={language} />,
          ])}
        />
      )}
      {next ? (
        <p>
          <a
            className="ds-button"
            data-variant="secondary"
            href={`?${new URLSearchParams({ cursor: next })}`}
          >
            {words.older}
          </a>
        </p>
      ) : null}
    </section>
  );
}

/** Whether a key stands, and how to end one that does. */
function Standing(props: { token: TokenAnswer; now: string; words: TokenWords; language: Language }) {
  const { token, now, words, language } = props;
  if (token.endedAt !== null) return words.ended(longDate(token.endedAt, language));
  if (token.expiresAt <= now) return words.expired;
  return (
    <Press
      text={words.end}
      label={words.endOf(token.name)}
      about={{ token: token.id }}
      look="plain-danger"
      small
    />
  );
}
