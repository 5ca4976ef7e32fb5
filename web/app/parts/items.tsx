import type { Item, TopicsAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { dateAndTime, list, longDate } from '../dates.ts';
import { path } from '../paths.ts';
import { basisText, lower } from '../rules.ts';
import { common } from '../texts/common.ts';
import { my } from '../texts/my.ts';
import { ClauseTag } from './notice.tsx';
import { Press } from './press.tsx';
import { Table } from './table.tsx';

/** What is needed to say what an item is. */
export interface Sight {
  language: Language;
  statement: Statement;
  topics: TopicsAnswer['topics'];
  /** Leaves out the buttons: somebody else is looking. */
  readOnly?: boolean;
}

export type Group = 'who' | 'letters' | 'company' | 'access' | 'records';

/** Which part of the page an item belongs to. What nobody thought of lands among the records and is shown. */
export function groupOf({ category }: Item): Group {
  if (/^(contact\.(name|email|phone|place|company)|preference\.language)$/.test(category)) return 'who';
  if (/^(preference\.topics|record\.mail|contact\.opt-out)$/.test(category)) return 'letters';
  if (/^(company|customer)\./.test(category)) return 'company';
  return category.startsWith('access.') ? 'access' : 'records';
}

/** One value, everything about it, and what can be done with it here and now. */
export function ItemCard({ item, sight }: { item: Item; sight: Sight }) {
  const { language, statement, readOnly } = sight;
  const words = my[language];
  const what = lower(item.label[language]);
  return (
    <li className="item">
      <div className="item-head">
        <div>
          <h4 className="item-label">{item.label[language]}</h4>
          <p className="item-value">
            <Breakable text={valueText(item, sight)} />
          </p>
        </div>
        {readOnly || item.can.length === 0 ? null : (
          <div className="item-acts">
            {item.can.includes('correct') ? (
              <a
                className="ds-button"
                data-variant="secondary"
                data-size="sm"
                href={`${path('myCorrect', language)}#${item.category.split('.').at(-1)}`}
                aria-label={words.correctLabel(what)}
              >
                {words.correct}
              </a>
            ) : null}
            {item.can.includes('erase') ? (
              <Press
                text={words.eraseOne}
                label={words.eraseLabel(what)}
                intent="erase-item"
                about={{ item: item.id }}
                look="plain-danger"
                small
              />
            ) : null}
          </div>
        )}
      </div>
      <dl className="item-facts">
        <Fact name={words.fields.leaves}>
          <strong>{item.expires ? longDate(item.expires, language) : words.leavesLater}</strong>
          <span className="item-why">
            {item.until[language]} <ClauseTag clause={item.clause} language={language} />
          </span>
        </Fact>
        <Fact name={words.fields.purpose}>{purposeLabel(statement, item.purpose, language)}</Fact>
        <Fact name={words.fields.basis}>{basisText(item.basis, language)}</Fact>
        <Fact name={words.fields.source}>{sourceLabel(item, sight)}</Fact>
        <Fact name={words.fields.given}>
          {item.collectedAt ? words.given(longDate(item.collectedAt, language), item.statement) : '–'}
        </Fact>
        <Fact name={words.fields.recipients}>{recipientNames(item, sight)}</Fact>
        {item.also.length > 0 ? (
          <Fact name={words.fields.also} wide>
            {item.also.map((ground) => (
              <span className="item-also" key={ground.purpose}>
                {purposeLabel(statement, ground.purpose, language)} (
                {lower(basisText(ground.basis, language))}).{' '}
                {ground.expires
                  ? `${words.fields.leaves} ${longDate(ground.expires, language)}.`
                  : ground.until[language]}{' '}
                <ClauseTag clause={ground.clause} language={language} />
              </span>
            ))}
          </Fact>
        ) : null}
      </dl>
    </li>
  );
}

/** An address may break after its @ rather than in the middle of a word. */
function Breakable({ text }: { text: string }) {
  const at = text.indexOf('@') + 1;
  return at === 0 ? (
    text
  ) : (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: React.ReactNode }) {
  return (
    <div className={wide ? 'item-more' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Many small traces, one line each. */
export function ItemTable({
  items,
  caption,
  sight,
}: {
  items: readonly Item[];
  caption: string;
  sight: Sight;
}) {
  const { language, statement } = sight;
  const { fields, leavesLater } = my[language];
  return (
    <Table
      caption={caption}
      head={[fields.category, fields.value, fields.purpose, fields.given, fields.leaves]}
      rows={items.map((item) => [
        item.label[language],
        <span key="value" className="trace">
          {valueText(item, sight)}
          {item.rows ? (
            <span className="item-why">
              {my[language].many(
                item.rows.count,
                longDate(item.rows.from, language),
                longDate(item.rows.to, language),
              )}
            </span>
          ) : null}
        </span>,
        <span key="purpose">
          {purposeLabel(statement, item.purpose, language)}
          <span className="item-why">{basisText(item.basis, language)}</span>
          {item.also.length > 0 ? (
            <span className="item-why">
              {fields.also}:{' '}
              {list(
                item.also.map((ground) => lower(purposeLabel(statement, ground.purpose, language))),
                language,
              )}
            </span>
          ) : null}
          <span className="item-why">
            {fields.recipients}: {recipientNames(item, sight)}
          </span>
        </span>,
        <span key="given">
          {item.collectedAt ? `${longDate(item.collectedAt, language)} (${item.statement})` : '–'}
          <span className="item-why">
            {fields.source}: {sourceLabel(item, sight)}
          </span>
        </span>,
        <span key="leaves">
          {item.expires ? longDate(item.expires, language) : leavesLater}
          <span className="item-why">
            {item.until[language]} <ClauseTag clause={item.clause} language={language} />
          </span>
        </span>,
      ])}
    />
  );
}

/** A value as people read it: moments as dates, languages and topics by name, anything else as it is. */
function valueText({ category, value }: Item, { language, topics }: Sight): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return dateAndTime(value, language);
  if (category === 'preference.language' && (value === 'nb' || value === 'en')) {
    return common[language].languages[value];
  }
  if (category === 'preference.topics') {
    const names = value
      .split(', ')
      .map((id) => topics.find((topic) => topic.id === id)?.label[language] ?? id);
    return names.join(' · ');
  }
  return value;
}

function sourceLabel({ source }: Item, { language, statement }: Sight): string {
  return statement.sources[source]?.label[language] ?? source;
}

function recipientNames({ recipients }: Item, { language, statement }: Sight): string {
  if (recipients.length === 0) return common[language].nobody;
  return list(
    recipients.map((id) => statement.recipients[id]?.name ?? id),
    language,
  );
}

/** The name of a purpose, or its id when the statement in force no longer has it. */
export function purposeLabel(statement: Statement, purpose: string, language: Language): string {
  return statement.purposes[purpose]?.label[language] ?? purpose;
}
