import type { LogAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { log } from '../texts/log.ts';
import { Table } from './table.tsx';

/** What was done with a person's data, newest first, in plain words. */
export function LogTable(props: { entries: LogAnswer['entries']; statement: Statement; language: Language }) {
  const { entries, statement, language } = props;
  const words = log[language];
  return (
    <Table
      caption={words.caption}
      head={words.head}
      rows={entries.map((entry) => [
        dateAndTime(entry.at, language),
        words.actors[entry.actor],
        actText(entry.act, statement, language),
        entry.label?.[language] ?? '–',
      ])}
    />
  );
}

/** An act in words. A collection goes by the name of its point; an act without words of its own by its name. */
function actText(act: string, statement: Statement, language: Language): string {
  const words = log[language];
  const point = statement.points[act];
  return point ? words.collected(point.label[language]) : (words.acts[act] ?? act);
}
