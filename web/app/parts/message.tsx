import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { useKnown } from '../known.ts';
import { path } from '../paths.ts';
import { common } from '../texts/common.ts';

/** A page that says one thing: a heading, a paragraph or two, perhaps a button; `onward` is where it leads, where it is a dead end. */
export function Message(props: {
  title: string;
  lead: string;
  onward?: { text: string; href: string };
  children?: ReactNode;
}) {
  const { title, lead, onward, children } = props;
  return (
    <div className="narrow page">
      <h1 className="ds-heading" data-size="xl">
        {title}
      </h1>
      <p className="lead">{lead}</p>
      {children}
      {onward ? (
        <p className="actions">
          <a className="ds-button" href={onward.href}>
            {onward.text}
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** In the demo no letter is sent: says where it is instead. Nothing elsewhere. */
export function OutboxHint({ language }: { language: Language }) {
  if (!useKnown().demo) return null;
  return (
    <div className="ds-alert" data-color="info">
      <p>
        {common[language].demoOutbox}{' '}
        <a className="ds-link" href={path('outbox', language)}>
          {common[language].demoOutboxLink}
        </a>
      </p>
    </div>
  );
}
