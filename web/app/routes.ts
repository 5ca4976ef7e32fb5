import { layout, type RouteConfig, route } from '@react-router/dev/routes';
import type { Language } from '#statement/grammar.ts';
import { type Page, paths } from './paths.ts';

/** A page at its path in one language. */
const at = (page: Page, file: string, language: Language) =>
  route(paths[page][language].slice(1), `routes/${file}`, { id: `${page}.${language}` });

/** A page at both its paths, from one file. */
const both = (page: Page, file: string) =>
  (['nb', 'en'] as const).map((language) => at(page, file, language));

/** The pages of staff, which stand in a frame of their own. */
const consolePages: readonly (readonly [Page, string])[] = [
  ['console', 'console.tsx'],
  ['consolePeople', 'console-people.tsx'],
  ['consolePerson', 'console-person.tsx'],
  ['consoleClients', 'console-clients.tsx'],
  ['consoleClient', 'console-client.tsx'],
  ['consoleInvoices', 'console-invoices.tsx'],
  ['consoleInvoice', 'console-invoice.tsx'],
  ['consoleBulk', 'console-bulk.tsx'],
  ['consoleBulkRun', 'console-bulk-run.tsx'],
  ['consolePlan', 'console-plan.tsx'],
  ['consoleHolds', 'console-holds.tsx'],
  ['consoleForecast', 'console-forecast.tsx'],
  ['consoleForecastClause', 'console-forecast-clause.tsx'],
  ['consoleProof', 'console-proof.tsx'],
  ['consoleStaff', 'console-staff.tsx'],
  ['consoleTokens', 'console-tokens.tsx'],
];

/** The pages of one client, which do so too. */
const clientPages: readonly (readonly [Page, string])[] = [
  ['client', 'client.tsx'],
  ['clientUsers', 'client-users.tsx'],
  ['clientLevels', 'client-levels.tsx'],
  ['clientModules', 'client-modules.tsx'],
  ['clientInvoices', 'client-invoices.tsx'],
  ['clientAgreements', 'client-agreements.tsx'],
  ['clientOwnership', 'client-ownership.tsx'],
  ['clientTokens', 'client-tokens.tsx'],
  ['clientLog', 'client-log.tsx'],
  ['clientEnd', 'client-end.tsx'],
];

/** Pages in both languages, in a frame of theirs. */
const framed = (frame: string, file: string, pages: readonly (readonly [Page, string])[]) =>
  (['nb', 'en'] as const).map((language) =>
    layout(
      `routes/${file}`,
      { id: `${frame}.${language}` },
      pages.map(([page, own]) => at(page, own, language)),
    ),
  );

export default [
  ...both('home', 'home.tsx'),
  ...both('statement', 'statement.tsx'),
  ...both('versions', 'versions.tsx'),
  ...both('cookies', 'cookies.tsx'),
  ...both('complaint', 'complaint.tsx'),
  ...both('company', 'company.tsx'),
  ...both('companyOne', 'company-one.tsx'),
  ...both('signUp', 'sign-up.tsx'),
  ...both('signUpSent', 'sign-up-sent.tsx'),
  ...both('newsletter', 'newsletter.tsx'),
  ...both('newsletterSent', 'newsletter-sent.tsx'),
  ...both('newsletterDeclined', 'newsletter-declined.tsx'),
  ...both('newsletterConfirm', 'newsletter-confirm.tsx'),
  ...both('newsletterChoices', 'newsletter-choices.tsx'),
  ...both('signIn', 'sign-in.tsx'),
  ...both('signInSent', 'sign-in-sent.tsx'),
  ...both('signInPassword', 'sign-in-password.tsx'),
  ...both('signInPasskey', 'sign-in-passkey.tsx'),
  ...both('signInWith', 'sign-in-with.ts'),
  ...both('signInBack', 'sign-in-back.tsx'),
  ...both('enter', 'enter.tsx'),
  ...both('confirm', 'confirm.tsx'),
  ...both('signingIn', 'signing-in.tsx'),
  ...both('signingInPassword', 'signing-in-password.tsx'),
  ...both('signingInPasskey', 'signing-in-passkey.tsx'),
  ...both('signingInCodes', 'signing-in-codes.tsx'),
  ...both('signingInRecovery', 'signing-in-recovery.tsx'),
  ...both('newAddress', 'new-address.tsx'),
  ...both('my', 'my.tsx'),
  ...both('myCorrect', 'my-correct.tsx'),
  ...both('myLog', 'my-log.tsx'),
  ...both('myErase', 'my-erase.tsx'),
  ...both('myExport', 'my-export.ts'),
  ...both('receipt', 'receipt.tsx'),
  ...both('receiptFile', 'receipt-file.ts'),
  ...both('become', 'become.tsx'),
  ...both('becomeSent', 'become-sent.tsx'),
  ...both('becomeEnter', 'enter.tsx'),
  ...both('agreement', 'document.tsx'),
  ...both('dpa', 'document.tsx'),
  ...both('clients', 'clients.tsx'),
  ...both('invitation', 'invitation.tsx'),
  ...both('invitationDeclined', 'invitation-declined.tsx'),
  ...both('clientExport', 'client-export.ts'),
  ...both('developers', 'developers.tsx'),
  ...both('outbox', 'outbox.tsx'),
  ...both('outboxMail', 'outbox-mail.tsx'),
  ...framed('consoleFrame', 'console-frame.tsx', consolePages),
  ...framed('clientFrame', 'client-frame.tsx', clientPages),
  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
