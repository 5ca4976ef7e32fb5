import type { AccessAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { list, longDate } from '../dates.ts';
import { common } from '../texts/common.ts';
import { my } from '../texts/my.ts';
import { departures } from './timeline.tsx';

/** A person's data at a glance: how much, what leaves next, who else has it, and whether use is restricted. */
export function Summary(props: { access: AccessAnswer; statement: Statement; language: Language }) {
  const { access, statement, language } = props;
  const words = my[language];
  const next = departures(access.items)[0];
  const recipients = [...new Set(access.items.flatMap((item) => item.recipients))];
  const names = recipients.map((id) => statement.recipients[id]?.name ?? id);
  const said: [string, string][] = [
    [words.held, words.summary.values(access.items.length)],
    [words.summary.next, next ? longDate(next.date, language) : words.summary.none],
    [words.summary.recipients, names.length === 0 ? common[language].nobody : list(names, language)],
    [words.summary.state, access.restricted ? words.summary.restricted : words.summary.free],
  ];
  return (
    <dl className="glance">
      {said.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
