import type { InvitationAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate, periodText } from '../dates.ts';
import { useStatement } from '../known.ts';
import { userTexts } from '../texts/client-users.ts';
import { AskOnce } from './ask-once.tsx';
import { type Errors, LanguageField, SelectField, TextField } from './fields.tsx';

/** Those asked who have not answered, with the day they are forgotten and the way to take it back. */
export function Waiting(props: { invitations: readonly InvitationAnswer[]; language: Language }) {
  const { invitations, language } = props;
  const words = userTexts[language];
  return (
    <section id="waiting" aria-labelledby="title-waiting">
      <h2 id="title-waiting" className="ds-heading" data-size="md">
        {words.waitingTitle}
      </h2>
      <ul className="items">
        {invitations.map((one) => {
          const who = one.email ?? words.nameless;
          return (
            <li className="item" key={one.invitation}>
              <div className="item-head">
                <div>
                  <p className="item-label">{who}</p>
                  {one.email === null || one.email === who ? null : (
                    <p className="quiet small">{one.email}</p>
                  )}
                </div>
                <div>
                  <p className="item-label">{one.levelName[language]}</p>
                  <p className="quiet small">
                    {words.sent(longDate(one.askedAt, language))}.{' '}
                    {words.forgotten(longDate(one.expiresAt, language))}.
                  </p>
                </div>
              </div>
              <AskOnce
                title={words.withdraw}
                label={words.withdrawLabel(who)}
                text={words.withdrawText}
                go={words.withdrawGo}
                intent="uninvite"
                about={{ invitation: one.invitation }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Asks somebody to be a user: their address, and what they may do. */
export function Invite(props: {
  levels: readonly { value: string; label: string }[];
  values: Readonly<Record<string, string>>;
  errors: Errors;
  language: Language;
}) {
  const { levels, values, errors, language } = props;
  const { statement } = useStatement();
  const words = userTexts[language];
  const period = statement.storage.invitation?.period;
  return (
    <section id="invite" aria-labelledby="title-invite">
      <h2 id="title-invite" className="ds-heading" data-size="md">
        {words.inviteTitle}
      </h2>
      <p>{period ? words.inviteText(periodText(period, language)) : null}</p>
      <form className="sheet form" method="post" noValidate>
        <TextField
          language={language}
          name="email"
          label={words.email}
          required
          type="email"
          autoComplete="off"
          value={values.email}
          errors={errors}
        />
        <TextField
          language={language}
          name="name"
          label={words.name}
          required={false}
          value={values.name}
          errors={errors}
        />
        <SelectField
          id="level"
          name="level"
          label={words.level}
          choices={levels}
          value={values.level ?? (levels.some(({ value }) => value === 'user') ? 'user' : undefined)}
          error={errors.level}
        />
        <LanguageField language={language} value={values.language ?? language} label={words.language} />
        <button className="ds-button" type="submit" name="intent" value="invite">
          {words.invite}
        </button>
      </form>
    </section>
  );
}
