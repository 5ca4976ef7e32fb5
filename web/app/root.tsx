import inter from '@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2?url';
import { isRouteErrorResponse, Links, Meta, Outlet, useLocation, useRouteError } from 'react-router';
import { Layout as PageLayout } from './parts/layout.tsx';
import { Trouble, troubleTitle } from './parts/trouble.tsx';
import { inOtherLanguage, languageOf } from './paths.ts';
import './styles/styles.css';

/** The document around every page, errors included. */
export function Layout({ children }: { children: React.ReactNode }) {
  const { pathname } = useLocation();
  const language = languageOf(pathname);
  const other = inOtherLanguage(pathname);
  const error = useRouteError();
  return (
    <html lang={language} data-color-scheme="auto" data-size="md">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="alternate" hrefLang={language} href={pathname} />
        <link rel="alternate" hrefLang={language === 'nb' ? 'en' : 'nb'} href={other} />
        {error == null ? <Meta /> : <title>{troubleTitle(statusOf(error), language)}</title>}
        <link rel="preload" href={inter} as="font" type="font/woff2" crossOrigin="anonymous" />
        <Links />
      </head>
      <body>{children}</body>
    </html>
  );
}

export default function Root() {
  return (
    <PageLayout>
      <Outlet />
    </PageLayout>
  );
}

/** Anything thrown by a page ends here: the frame, the reason in plain words, and nothing of the error itself. */
export function ErrorBoundary() {
  const error = useRouteError();
  const { pathname } = useLocation();
  const language = languageOf(pathname);
  const code = isRouteErrorResponse(error) ? error.data?.code : undefined;
  return (
    <PageLayout>
      <Trouble status={statusOf(error)} code={code ?? `http.${statusOf(error)}`} language={language} />
    </PageLayout>
  );
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}
