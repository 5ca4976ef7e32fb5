import type { LogAnswer } from '#http/contract.ts';
import type { Language, Statement } from '#statement/grammar.ts';
import { dateAndTime } from '../dates.ts';
import { clientLogTexts } from '../texts/client-log.ts';
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
      rows={gathered(entries).map(({ entry, times }) => [
        dateAndTime(entry.at, language),
        words.actors[entry.actor],
        `${actText(entry.act, statement, language)}${times > 1 ? ` (${words.times(times)})` : ''}`,
        forWhat(entry, language),
      ])}
    />
  );
}

/** The purpose, and why staff looked where they were asked. */
function forWhat({ label, reason }: LogAnswer['entries'][number], language: Language): string {
  const purpose = label?.[language] ?? '–';
  const why = reason === null ? undefined : log[language].reasons[reason];
  return why === undefined ? purpose : `${purpose}: ${why}`;
}

/** Entries that say the same right after one another on one day, said once: the newest, and how many there were. */
function gathered(entries: LogAnswer['entries']): { entry: LogAnswer['entries'][number]; times: number }[] {
  const runs: { entry: LogAnswer['entries'][number]; times: number }[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    const same =
      last?.entry.act === entry.act &&
      last.entry.actor === entry.actor &&
      last.entry.purpose === entry.purpose &&
      last.entry.reason === entry.reason &&
      last.entry.at.slice(0, 10) === entry.at.slice(0, 10);
    if (last && same) last.times += 1;
    else runs.push({ entry, times: 1 });
  }
  return runs;
}

/** An act in words. A collection goes by the name of its point; an act without words of its own by its name. */
function actText(act: string, statement: Statement, language: Language): string {
  const words = log[language];
  const point = statement.points[act];
  if (point !== undefined) return words.collected(point.label[language]);
  const ofClients: Readonly<Record<string, string>> = clientLogTexts[language].acts;
  return words.acts[act] ?? ofClients[act] ?? act;
}
