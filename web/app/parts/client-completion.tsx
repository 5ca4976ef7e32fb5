import type { ClientAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { useStatement } from '../known.ts';
import { clientTexts } from '../texts/client.ts';
import { Alert } from './fields.tsx';

interface Props {
  client: ClientAnswer;
  language: Language;
}

/** What the register has answered, or not yet, of a company that was written by hand; nothing where all is filled in. */
export function CompletionNotice({ client: { completion }, language }: Props) {
  const { statement } = useStatement();
  if (completion === null || completion.state === 'completed') return null;
  const words = clientTexts[language].completion;
  if (completion.answeredAt === null) return <Alert color="info">{words.waiting}</Alert>;
  const at = longDate(completion.answeredAt, language);
  return (
    <Alert color="warning">
      {completion.state === 'unknown' ? words.unknown(at) : words.gone(at)}{' '}
      {words.help(statement.operator.mailbox)}
    </Alert>
  );
}

/** Where name and place are from, when the register filled them in, and under which licence (NLOD 2.0). */
export function CompletionSource({ client: { completion }, language }: Props) {
  const { statement } = useStatement();
  if (completion?.state !== 'completed' || completion.answeredAt === null) return null;
  const source = statement.sources[completion.source]?.label[language] ?? completion.source;
  return (
    <p className="quiet small">
      {clientTexts[language].completion.source(source, longDate(completion.answeredAt, language))}{' '}
      <a className="ds-link" href="https://data.norge.no/nlod/no/2.0" rel="license noreferrer">
        NLOD 2.0
      </a>
    </p>
  );
}
