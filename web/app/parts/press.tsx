import type { ReactNode } from 'react';

/** What a form carries along unseen, such as which one it is about. */
export function Hidden({ of }: { of: Readonly<Record<string, string | undefined>> }) {
  return Object.entries(of).map(([name, value]) =>
    value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
  );
}

/** A form of one button. */
export function Press(props: {
  text: string;
  /** What the button is called where its text alone does not say which one it is about. */
  label?: string;
  intent?: string;
  /** What it is about. */
  about?: Readonly<Record<string, string | undefined>>;
  look?: 'main' | 'plain' | 'danger' | 'plain-danger';
  small?: boolean;
  /** Where it goes, when that is another page than this. */
  action?: string;
  className?: string;
  /** What stands above the button. */
  children?: ReactNode;
}) {
  const { text, label, intent, about = {}, look = 'main', small, action, className, children } = props;
  return (
    <form method="post" action={action} className={className}>
      <Hidden of={about} />
      {children}
      <button
        className="ds-button"
        data-variant={look.startsWith('plain') ? 'secondary' : undefined}
        data-color={look.endsWith('danger') ? 'danger' : undefined}
        data-size={small ? 'sm' : undefined}
        type="submit"
        name={intent && 'intent'}
        value={intent}
        aria-label={label}
      >
        {text}
      </button>
    </form>
  );
}
