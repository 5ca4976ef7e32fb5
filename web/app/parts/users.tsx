import type { UserAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { userTexts } from '../texts/client-users.ts';
import { AskOnce } from './ask-once.tsx';
import { SelectField } from './fields.tsx';

/** One user, and what whoever manages users can do about them; nothing where no level is `givable`. */
export function UserCard(props: {
  user: UserAnswer;
  givable: readonly { value: string; label: string }[];
  language: Language;
}) {
  const { user, givable, language } = props;
  const { person } = user;
  const words = userTexts[language];
  const name = user.name ?? user.email ?? words.nameless;
  return (
    <li className="item">
      <div className="item-head">
        <div>
          <p className="item-label">
            {name} {user.you ? <span className="quiet">({words.you})</span> : null}
          </p>
          {user.email === null || user.email === name ? null : <p className="quiet small">{user.email}</p>}
        </div>
        <div>
          <p className="item-label">{user.levelName[language]}</p>
          <p className="quiet small">{words.since(longDate(user.since, language))}</p>
        </div>
      </div>
      {givable.length > 0 ? (
        <div className="row">
          <details className="traces">
            <summary aria-label={words.changeLabel(name)}>{words.change}</summary>
            <form method="post" className="form">
              <input type="hidden" name="person" value={person} />
              <SelectField
                id={`level-${person}`}
                name="level"
                label={words.level}
                choices={givable}
                value={user.level}
              />
              <button className="ds-button" type="submit" name="intent" value="level">
                {words.save}
              </button>
            </form>
          </details>
          <AskOnce
            title={words.remove}
            label={words.removeLabel(name)}
            text={words.removeText(name)}
            go={words.removeGo}
            intent="remove"
            about={{ person }}
          />
        </div>
      ) : null}
    </li>
  );
}
