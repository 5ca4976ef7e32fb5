import type { AccessAnswer, Hold, StandingHold } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { longDate, periodText } from '../dates.ts';
import { path } from '../paths.ts';
import { holdTexts } from '../texts/holds.ts';
import { refusals } from '../texts/refusals.ts';
import { ErrorSummary, type Errors } from './fields.tsx';
import { DateField, WordsField } from './words-and-dates.tsx';

/** What a hold is and until when, as privacy staff see it. */
export function HoldFacts({ hold, language }: { hold: Hold | StandingHold; language: Language }) {
  const words = holdTexts[language];
  const { author } = hold;
  const facts: [string, string][] = [
    [words.since, longDate(hold.since, language)],
    [words.until, hold.until === null ? words.noEnd : longDate(hold.until, language)],
    [words.review, hold.review === null ? words.noReview : longDate(hold.review, language)],
    [words.told, hold.told ? words.isTold : words.isUntold(hold.untold ?? '')],
    [words.author, author === null || author === 'command-line' ? words.commandLine : words.staff(author)],
  ];
  return (
    <dl className="item-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {'why' in hold ? (
        <div className="item-more">
          <dt>{words.why}</dt>
          <dd className="as-written">{hold.why}</dd>
        </div>
      ) : null}
    </dl>
  );
}

/** The person's own sight of the holds on them: since when, why, until when, on which ground, and what they can do. */
export function OwnHolds({
  holds,
  statement,
  language,
}: {
  holds: AccessAnswer['holds'];
  statement: Statement;
  language: Language;
}) {
  const words = holdTexts[language].own;
  if (holds.length === 0) return null;
  return (
    <section id="hold" aria-labelledby="title-hold" className="held">
      <h2 id="title-hold" className="ds-heading" data-size="md">
        {words.title}
      </h2>
      {holds.map((hold) => (
        <div key={hold.id} className="sheet stack">
          <p>{words.text(longDate(hold.since, language))}</p>
          <dl className="onward">
            <div>
              <dt>{words.why}</dt>
              <dd className="as-written">{hold.why}</dd>
            </div>
            <div>
              <dt>{words.howLong}</dt>
              <dd>
                {hold.until !== null
                  ? words.untilDate(longDate(hold.until, language))
                  : words.untilReview(longDate(hold.review ?? hold.since, language))}
              </dd>
            </div>
            <div>
              <dt>{words.basis}</dt>
              <dd>{words.basisText}</dd>
            </div>
            <div>
              <dt>{words.disagree}</dt>
              <dd>
                {words.disagreeText}{' '}
                <a className="ds-link" href={`mailto:${statement.operator.mailbox}`}>
                  {statement.operator.mailbox}
                </a>
                {' · '}
                <a className="ds-link" href={path('complaint', language)}>
                  {words.complain}
                </a>
              </dd>
            </div>
          </dl>
        </div>
      ))}
    </section>
  );
}

/** The form that places a hold, on the page of the person concerned. */
export function PlaceHold(props: {
  statement: Statement;
  language: Language;
  errors: Errors;
  values: Readonly<Record<string, string | undefined>>;
}) {
  const { statement, language, errors, values } = props;
  const words = holdTexts[language];
  const longest = periodText(statement.deadlines?.['hold-review']?.period ?? 'P0D', language);
  const shared = { language, errors };
  return (
    <form method="post" className="form" noValidate>
      <ErrorSummary errors={errors} title={refusals[language].summary} />
      <WordsField
        {...shared}
        rows={4}
        name="why"
        label={words.why}
        hint={words.whyHint}
        value={values.why}
        required
      />
      <DateField {...shared} name="until" label={words.until} hint={words.untilHint} value={values.until} />
      <DateField
        {...shared}
        name="review"
        label={words.review}
        hint={words.reviewHint(longest)}
        value={values.review}
      />
      <WordsField
        {...shared}
        rows={2}
        name="untold"
        label={words.untold}
        hint={words.untoldHint}
        value={values.untold}
      />
      <button className="ds-button" type="submit" name="intent" value="hold">
        {words.place}
      </button>
    </form>
  );
}

/** The form that says a hold was looked at again, and the one that releases it. */
export function ReviewHold(props: { hold: StandingHold; language: Language; errors: Errors }) {
  const { hold, language, errors } = props;
  const words = holdTexts[language];
  const id = (name: string) => `${name}-${hold.id}`;
  const which = (
    <>
      <input type="hidden" name="person" value={hold.person} />
      <input type="hidden" name="hold" value={hold.id} />
    </>
  );
  return (
    <div className="pair">
      <form method="post" className="form" noValidate aria-labelledby={id('title')}>
        <h3 className="ds-heading" data-size="2xs" id={id('title')}>
          {words.reviewTitle}
        </h3>
        <p>{words.reviewText}</p>
        <ErrorSummary
          errors={errors}
          title={refusals[language].summary}
          anchors={{ review: id('review'), until: id('until') }}
        />
        {which}
        <DateField language={language} errors={errors} name="review" id={id('review')} label={words.review} />
        <DateField
          language={language}
          errors={errors}
          name="until"
          id={id('until')}
          label={words.until}
          value={hold.until}
        />
        <button className="ds-button" data-variant="secondary" type="submit" name="intent" value="review">
          {words.keep}
        </button>
      </form>
      <form method="post" className="form" aria-labelledby={id('over')}>
        <h3 className="ds-heading" data-size="2xs" id={id('over')}>
          {words.releaseTitle}
        </h3>
        {which}
        <p>{words.releaseText}</p>
        <button
          className="ds-button"
          data-variant="secondary"
          data-color="danger"
          type="submit"
          name="intent"
          value="release"
        >
          {words.release}
        </button>
      </form>
    </div>
  );
}
