import type { ReactNode } from 'react';
import type { Language } from '#statement/grammar.ts';
import { path } from '../paths.ts';
import { my } from '../texts/my.ts';

/** A place to go in a frame, and whether one is there. */
export interface Way {
  href: string;
  name: string;
  isHere: boolean;
}

/** A page with the ways to its neighbours beside it and the way out, and above it where there is no room. */
export function SideFrame(props: {
  label: string;
  ways: readonly Way[];
  language: Language;
  children: ReactNode;
}) {
  const { label, ways, language, children } = props;
  return (
    <div className="wide page console">
      <nav className="console-nav" aria-label={label}>
        <ul className="plain">
          {ways.map(({ href, name, isHere }) => (
            <li key={href}>
              <a className="console-link" href={href} aria-current={isHere ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
          <li>
            <form method="post" action={path('my', language)}>
              <button className="console-link" type="submit" name="intent" value="sign-out">
                {my[language].signOut}
              </button>
            </form>
          </li>
        </ul>
      </nav>
      <div className="console-page">{children}</div>
    </div>
  );
}
