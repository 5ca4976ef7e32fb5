import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { refusals } from '../texts/refusals.ts';
import { Alert, ErrorSummary, type Errors } from './fields.tsx';

/** The top of a client's page: what it is, what was just done, and what stood in the way. */
export function ClientHead(props: {
  words: { title: string; done: Readonly<Record<string, string>> };
  lead: ReactNode;
  done: string;
  errors: Errors;
  anchors?: Errors;
  language: Language;
}) {
  const { words, lead, done, errors, anchors, language } = props;
  return (
    <>
      <h1 className="ds-heading" data-size="xl">
        {words.title}
      </h1>
      <p className="lead">{lead}</p>
      {words.done[done] ? <Alert color="success">{words.done[done]}</Alert> : null}
      <ErrorSummary errors={errors} title={refusals[language].summary} anchors={anchors} />
    </>
  );
}
