import { type RouteConfig, route } from '@react-router/dev/routes';
import { type Page, paths } from './paths.ts';

/** A page at both its paths, from one file. */
const both = (page: Page, file: string) =>
  (['nb', 'en'] as const).map((language) =>
    route(paths[page][language].slice(1), `routes/${file}`, { id: `${page}.${language}` }),
  );

export default [
  ...both('home', 'home.tsx'),
  ...both('statement', 'statement.tsx'),
  ...both('versions', 'versions.tsx'),
  ...both('cookies', 'cookies.tsx'),
  ...both('complaint', 'complaint.tsx'),
  ...both('signUp', 'sign-up.tsx'),
  ...both('signUpSent', 'sign-up-sent.tsx'),
  ...both('newsletter', 'newsletter.tsx'),
  ...both('newsletterSent', 'newsletter-sent.tsx'),
  ...both('newsletterDeclined', 'newsletter-declined.tsx'),
  ...both('newsletterConfirm', 'newsletter-confirm.tsx'),
  ...both('newsletterChoices', 'newsletter-choices.tsx'),
  ...both('signIn', 'sign-in.tsx'),
  ...both('signInSent', 'sign-in-sent.tsx'),
  ...both('enter', 'enter.tsx'),
  ...both('newAddress', 'new-address.tsx'),
  ...both('my', 'my.tsx'),
  ...both('myCorrect', 'my-correct.tsx'),
  ...both('myLog', 'my-log.tsx'),
  ...both('myErase', 'my-erase.tsx'),
  ...both('myExport', 'my-export.ts'),
  ...both('receipt', 'receipt.tsx'),
  ...both('receiptFile', 'receipt-file.ts'),
  ...both('outbox', 'outbox.tsx'),
  ...both('outboxMail', 'outbox-mail.tsx'),
  ...both('console', 'console.tsx'),
  ...both('consolePerson', 'console-person.tsx'),
  ...both('consolePlan', 'console-plan.tsx'),
  ...both('consoleHolds', 'console-holds.tsx'),
  ...both('consoleForecast', 'console-forecast.tsx'),
  ...both('consoleForecastClause', 'console-forecast-clause.tsx'),
  ...both('consoleProof', 'console-proof.tsx'),
  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
