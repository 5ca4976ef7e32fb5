/** A client's life in words: what its users did, what it was invoiced, and what is to come. */
import type { ReactNode } from 'react';
import type { AccountAnswer, ClientLogAnswer, SalesAnswer } from '#http/contract.ts';
import type { Language, Text } from '#statement/grammar.ts';
import { dateOf } from './dates.ts';
import { money } from './money.ts';
import type { Happening } from './parts/life.tsx';
import { path } from './paths.ts';
import { billingTexts } from './texts/billing.ts';
import { clientLogTexts } from './texts/client-log.ts';
import { consoleClientTexts } from './texts/console-clients.ts';
import { documents } from './texts/documents.ts';

type Entry = ClientLogAnswer['entries'][number];
type Somebody = Entry['by'];
type Invoice = SalesAnswer['invoices'][number];

interface Told {
  account: AccountAnswer;
  /** What modules and levels are called. */
  called: ReadonlyMap<string, Text>;
  log: ClientLogAnswer;
  invoices: readonly Invoice[];
  isFirst: boolean;
  language: Language;
}

/** Acts that a client's life turns on. */
const TURNS = new Set<Entry['act']>([
  'client.began',
  'client.ended',
  'client.resumed',
  'ownership.taken',
  'ownership.named',
]);

/** The newest first. Of what the log does not tell, a page of it has what falls between its first entry and its last. */
export function lifeOf(told: Told): Happening[] {
  const { account, log, invoices, isFirst, language } = told;
  const words = consoleClientTexts[language];
  const newest = isFirst ? undefined : log.entries[0]?.at;
  const oldest = log.next === null ? undefined : log.entries.at(-1)?.at;
  const isHere = (date: string) =>
    (newest === undefined || date < dateOf(newest)) && (oldest === undefined || date >= dateOf(oldest));
  const dated: Happening[] = invoices
    .filter(({ date }) => isHere(date))
    .map((one) => ({ at: one.date, text: <Invoiced invoice={one} language={language} /> }));
  if (isFirst && account.ended !== null) dated.push({ at: account.ended, text: words.over, weight: 'turn' });
  const coming: Happening[] = [
    [account.until, words.erased] as const,
    [account.plan?.freeUntil ?? null, words.freeEnds] as const,
  ].flatMap(([at, text]) => (at === null || !isFirst ? [] : [{ at, text, weight: 'coming' }]));
  const done = log.entries.map(
    (entry): Happening => ({
      at: entry.at,
      text: <Done entry={entry} told={told} />,
      ...(TURNS.has(entry.act) && { weight: 'turn' }),
    }),
  );
  return [...coming, ...dated, ...done].sort((one, other) => place(other).localeCompare(place(one)));
}

/** By day; what has no time of day stands above what has. */
const place = ({ at }: Happening) => (at.length > 10 ? `${dateOf(at)} ${at}` : `${at} ~`);

function Done({ entry, told }: { entry: Entry; told: Told }) {
  const { language } = told;
  const words = clientLogTexts[language];
  const what = entry.what === null ? null : nameOf(entry, entry.what, told);
  const about = [entry.about && <Name key="about" somebody={entry.about} language={language} />, what].filter(
    (each) => each !== null && each !== '',
  );
  return (
    <>
      <Name somebody={entry.by} language={language} />
      {entry.key === null ? ' ' : ` (${words.withKey(entry.key)}) `}
      {words.acts[entry.act]}
      {about.length === 0 ? null : ': '}
      {about.flatMap((each, at): ReactNode[] => (at === 0 ? [each] : [', ', each]))}
    </>
  );
}

/** What an act was about, as it is called now: a module, a level, a key, or a document with its version. */
function nameOf({ act }: Entry, what: string, { called, language }: Told): string {
  if (act.startsWith('key.')) return what;
  const [document = '', version] = what.split(' ');
  const names = documents[language].names as Record<string, string>;
  if (version !== undefined && Object.hasOwn(names, document)) return `${names[document]} ${version}`;
  return called.get(what)?.[language] ?? '';
}

function Name({ somebody, language }: { somebody: Somebody; language: Language }) {
  if (somebody.name === null) return consoleClientTexts[language].somebody;
  return (
    <a className="ds-link" href={path('consolePerson', language, { id: somebody.person })}>
      {somebody.name}
    </a>
  );
}

function Invoiced({ invoice, language }: { invoice: Invoice; language: Language }) {
  const words = consoleClientTexts[language];
  return (
    <>
      <a className="ds-link" href={path('consoleInvoice', language, { invoice: invoice.invoice })}>
        {`${billingTexts[language].kinds[invoice.kind]} ${invoice.number}`}
      </a>
      {`: ${money(invoice.total, language)}`}
      {invoice.kind === 'invoice' && invoice.left > 0
        ? ` (${words.unpaid(money(invoice.left, language))})`
        : null}
    </>
  );
}
