import type { ReactNode } from 'react';

/** A place to go in a frame, and whether one is there. */
export interface Way {
  href: string;
  name: string;
  isHere: boolean;
}

/** A page with the ways to its neighbours beside it, and above it where there is no room. */
export function SideFrame(props: { label: string; ways: readonly Way[]; children: ReactNode }) {
  const { label, ways, children } = props;
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
        </ul>
      </nav>
      <div className="console-page">{children}</div>
    </div>
  );
}
