import type { ReactNode } from 'react';
import { Press } from './press.tsx';

/** An act that cannot be undone, folded away: opening it says what happens, and the button in it does it. */
export function AskOnce(props: {
  /** What to press to be told. */
  title: string;
  label?: string;
  text: string;
  go: string;
  intent: string;
  open?: boolean;
  /** Hidden fields: which one it is about. */
  about?: Readonly<Record<string, string>>;
  children?: ReactNode;
}) {
  const { title, label, text, go, intent, open, about, children } = props;
  return (
    <details className="traces" open={open}>
      <summary aria-label={label}>{title}</summary>
      <Press text={go} intent={intent} about={about} look="danger" className="stack">
        <p>{text}</p>
        {children}
      </Press>
    </details>
  );
}
