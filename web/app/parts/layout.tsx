import type { ReactNode } from 'react';
import { useLocation, useMatches } from 'react-router';
import type { Language } from '#statement/grammar.ts';
import { longDate } from '../dates.ts';
import { useKnown } from '../known.ts';
import { inOtherLanguage, languageOf, type Page, path } from '../paths.ts';
import { common } from '../texts/common.ts';
import { Brand, Mark } from './wordmark.tsx';

/** Header, main landmark and footer around a page. In rooms of staff and of clients the header has the way out. */
export function Layout({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const { answer } = useKnown();
  const isInRoom = useMatches().some(({ id }) => /Frame\.\w+$/.test(id));
  const language = languageOf(pathname);
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
            <Brand name={answer?.statement.operator.name ?? words.home} />
          </a>
          <nav className="site-nav" aria-label={words.menu}>
            {link('statement', words.privacy)}
            {link('newsletter', words.newsletter)}
            {link('my', words.my)}
            {isInRoom ? (
              <form method="post" action={path('my', language)}>
                <button className="nav-link" type="submit" name="intent" value="sign-out">
                  {words.signOut}
                </button>
              </form>
            ) : null}
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
      <Footer language={language} />
    </>
  );
}

function Footer({ language }: { language: Language }) {
  const { answer, demo } = useKnown();
  const operator = answer?.statement.operator;
  const words = common[language];
  const footer = words.footer;
  return (
    <footer className="site-footer" data-color-scheme="dark">
      <div className="wide footer-grid">
        <div>
          <h2 className="footer-heading">{operator?.name ?? words.home}</h2>
          {operator ? (
            <p>
              {footer.contact}
              <br />
              <a className="ds-link" data-color="neutral" href={`mailto:${operator.mailbox}`}>
                {operator.mailbox}
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
              {answer ? (
                <span className="footer-note">
                  {footer.version(answer.version)}, {footer.updated(longDate(answer.updated, language))}
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
            <FooterLink page="become" language={language} text={words.become} />
            <FooterLink page="clients" language={language} text={words.clients} />
            <FooterLink page="agreement" language={language} text={footer.agreement} />
            <FooterLink page="dpa" language={language} text={footer.dpa} />
            <FooterLink page="signUp" language={language} text={words.signUp} />
            <FooterLink page="newsletter" language={language} text={words.newsletter} />
            <FooterLink page="company" language={language} text={footer.company} />
            <FooterLink page="developers" language={language} text={footer.developers} />
            {demo ? <FooterLink page="outbox" language={language} text={footer.outbox} /> : null}
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
