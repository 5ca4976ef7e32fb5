import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { StatementAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { inOtherLanguage, type Page, path } from '../paths.ts';
import { common } from '../texts/common.ts';
import { Brand, Mark } from './wordmark.tsx';

/** What every page knows. Absent facts mean that the API did not answer: the frame stands without them. */
export interface Frame {
  language: Language;
  demo: boolean;
  operator?: string;
  mailbox?: string;
  version?: string;
  updated?: string;
}

/** Takes what the frame needs from the statement, which is far larger. */
export function frameOf(language: Language, demo: boolean, answer: StatementAnswer | undefined): Frame {
  if (!answer) return { language, demo };
  const { operator } = answer.statement;
  return {
    language,
    demo,
    operator: operator.name,
    mailbox: operator.mailbox,
    version: answer.version,
    updated: answer.updated,
  };
}

/** Header, main landmark and footer around a page. */
export function Layout({ frame, children }: { frame: Frame; children: ReactNode }) {
  const { pathname } = useLocation();
  const { language } = frame;
  const words = common[language];
  const link = (page: Page, text: string) => {
    const href = path(page, language);
    return (
      <a className="nav-link" href={href} aria-current={pathname === href ? 'page' : undefined}>
        {text}
      </a>
    );
  };
  return (
    <>
      <a className="ds-skip-link" href="#main">
        {words.skip}
      </a>
      <header className="site-header">
        <div className="wide site-header-row">
          <a className="brand-link" href={path('home', language)}>
            <Brand name={frame.operator ?? words.home} />
          </a>
          <nav className="site-nav" aria-label={words.menu}>
            {link('statement', words.privacy)}
            {link('newsletter', words.newsletter)}
            {link('my', words.my)}
          </nav>
          <a
            className="nav-link language"
            href={inOtherLanguage(pathname)}
            lang={language === 'nb' ? 'en' : 'nb'}
            hrefLang={language === 'nb' ? 'en' : 'nb'}
            aria-label={words.otherLabel}
          >
            {words.other}
          </a>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer frame={frame} />
    </>
  );
}

function Footer({ frame }: { frame: Frame }) {
  const { language } = frame;
  const words = common[language];
  const footer = words.footer;
  return (
    <footer className="site-footer" data-color-scheme="dark">
      <div className="wide footer-grid">
        <div>
          <h2 className="footer-heading">{frame.operator ?? words.home}</h2>
          {frame.mailbox ? (
            <p>
              {footer.contact}
              <br />
              <a className="ds-link" data-color="neutral" href={`mailto:${frame.mailbox}`}>
                {frame.mailbox}
              </a>
            </p>
          ) : null}
        </div>
        <div>
          <h2 className="footer-heading">{footer.pages}</h2>
          <ul className="plain">
            <li>
              <a className="ds-link" data-color="neutral" href={path('statement', language)}>
                {footer.statement}
              </a>
              {frame.version && frame.updated ? (
                <span className="footer-note">
                  {footer.version(frame.version)}, {footer.updated(longDate(frame.updated, language))}
                </span>
              ) : null}
            </li>
            <FooterLink page="cookies" language={language} text={footer.cookies} />
            <FooterLink page="my" language={language} text={words.my} />
            <FooterLink page="complaint" language={language} text={footer.complaint} />
          </ul>
        </div>
        <div>
          <h2 className="footer-heading">{footer.offers}</h2>
          <ul className="plain">
            <FooterLink page="signUp" language={language} text={words.signUp} />
            <FooterLink page="newsletter" language={language} text={words.newsletter} />
            {frame.demo ? <FooterLink page="outbox" language={language} text={footer.outbox} /> : null}
            <li>
              <a className="ds-link" data-color="neutral" href="/.well-known/security.txt">
                {footer.security}
              </a>
            </li>
          </ul>
        </div>
      </div>
      <p className="wide made-with">
        <Mark />
        <span>
          <strong>Hjemmel.</strong> {footer.poweredBy}
        </span>
      </p>
    </footer>
  );
}

function FooterLink({ page, language, text }: { page: Page; language: Language; text: string }) {
  return (
    <li>
      <a className="ds-link" data-color="neutral" href={path(page, language)}>
        {text}
      </a>
    </li>
  );
}
