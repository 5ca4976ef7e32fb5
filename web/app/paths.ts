/** Where every page is, in both languages. Letters and the language switch rely on these; they do not change. */
import type { Language } from '#statement/grammar.ts';

/** Paths with `:token`-like parameters, as React Router writes them. */
export const paths = {
  home: { nb: '/', en: '/en' },
  statement: { nb: '/personvern', en: '/en/privacy' },
  versions: { nb: '/personvern/versjoner', en: '/en/privacy/versions' },
  cookies: { nb: '/informasjonskapsler', en: '/en/cookies' },
  complaint: { nb: '/klage', en: '/en/complaint' },
  company: { nb: '/bedrift', en: '/en/company' },
  companyOne: { nb: '/bedrift/:number', en: '/en/company/:number' },
  signUp: { nb: '/registrer', en: '/en/sign-up' },
  signUpSent: { nb: '/registrer/takk', en: '/en/sign-up/thanks' },
  newsletter: { nb: '/nyhetsbrev', en: '/en/newsletter' },
  newsletterSent: { nb: '/nyhetsbrev/takk', en: '/en/newsletter/thanks' },
  newsletterDeclined: { nb: '/nyhetsbrev/nei-takk', en: '/en/newsletter/no-thanks' },
  newsletterConfirm: { nb: '/nyhetsbrev/bekreft/:token', en: '/en/newsletter/confirm/:token' },
  newsletterChoices: { nb: '/nyhetsbrev/valg/:token', en: '/en/newsletter/choices/:token' },
  signIn: { nb: '/min/logg-inn', en: '/en/my/sign-in' },
  signInSent: { nb: '/min/logg-inn/sendt', en: '/en/my/sign-in/sent' },
  signInPassword: { nb: '/min/logg-inn/passord', en: '/en/my/sign-in/password' },
  signInPasskey: { nb: '/min/logg-inn/passnokkel', en: '/en/my/sign-in/passkey' },
  signInWith: { nb: '/min/logg-inn/med/:provider', en: '/en/my/sign-in/with/:provider' },
  signInBack: { nb: '/min/inn-med/:provider', en: '/en/my/in-with/:provider' },
  enter: { nb: '/min/inn/:token', en: '/en/my/in/:token' },
  confirm: { nb: '/min/bekreft', en: '/en/my/confirm' },
  signingIn: { nb: '/min/innlogging', en: '/en/my/signing-in' },
  signingInPassword: { nb: '/min/innlogging/passord', en: '/en/my/signing-in/password' },
  signingInPasskey: { nb: '/min/innlogging/passnokkel', en: '/en/my/signing-in/passkey' },
  signingInCodes: { nb: '/min/innlogging/koder', en: '/en/my/signing-in/codes' },
  signingInRecovery: { nb: '/min/innlogging/reservekoder', en: '/en/my/signing-in/recovery-codes' },
  newAddress: { nb: '/min/adresse/:token', en: '/en/my/address/:token' },
  my: { nb: '/min', en: '/en/my' },
  myCorrect: { nb: '/min/rett', en: '/en/my/correct' },
  myLog: { nb: '/min/logg', en: '/en/my/log' },
  myErase: { nb: '/min/slett', en: '/en/my/erase' },
  myExport: { nb: '/min/kopi', en: '/en/my/copy' },
  receipt: { nb: '/kvittering/:id', en: '/en/receipt/:id' },
  receiptFile: { nb: '/kvittering/:id/fil', en: '/en/receipt/:id/file' },
  become: { nb: '/bli-kunde', en: '/en/become-a-customer' },
  becomeSent: { nb: '/bli-kunde/takk', en: '/en/become-a-customer/thanks' },
  becomeEnter: { nb: '/bli-kunde/inn/:token', en: '/en/become-a-customer/in/:token' },
  agreement: { nb: '/avtale', en: '/en/agreement' },
  dpa: { nb: '/databehandleravtale', en: '/en/data-processing-agreement' },
  clients: { nb: '/klient', en: '/en/client' },
  invitationDeclined: { nb: '/klient/nei-takk', en: '/en/client/no-thanks' },
  invitation: { nb: '/klient/invitasjon/:token', en: '/en/client/invitation/:token' },
  client: { nb: '/klient/:client', en: '/en/client/:client' },
  clientUsers: { nb: '/klient/:client/brukere', en: '/en/client/:client/users' },
  clientLevels: { nb: '/klient/:client/tilgang', en: '/en/client/:client/access' },
  clientModules: { nb: '/klient/:client/moduler', en: '/en/client/:client/modules' },
  clientInvoices: { nb: '/klient/:client/faktura', en: '/en/client/:client/invoices' },
  clientAgreements: { nb: '/klient/:client/avtaler', en: '/en/client/:client/agreements' },
  clientOwnership: { nb: '/klient/:client/eierskap', en: '/en/client/:client/ownership' },
  clientTokens: { nb: '/klient/:client/nokler', en: '/en/client/:client/keys' },
  clientLog: { nb: '/klient/:client/logg', en: '/en/client/:client/log' },
  clientExport: { nb: '/klient/:client/kopi', en: '/en/client/:client/copy' },
  clientEnd: { nb: '/klient/:client/avslutt', en: '/en/client/:client/end' },
  developers: { nb: '/utviklere', en: '/en/developers' },
  outbox: { nb: '/utboks', en: '/en/outbox' },
  outboxMail: { nb: '/utboks/:id', en: '/en/outbox/:id' },
  console: { nb: '/konsoll', en: '/en/console' },
  consolePeople: { nb: '/konsoll/personer', en: '/en/console/people' },
  consolePerson: { nb: '/konsoll/person/:id', en: '/en/console/person/:id' },
  consoleClients: { nb: '/konsoll/kunder', en: '/en/console/customers' },
  consoleClient: { nb: '/konsoll/kunder/:account', en: '/en/console/customers/:account' },
  consoleInvoices: { nb: '/konsoll/fakturaer', en: '/en/console/invoices' },
  consoleInvoice: { nb: '/konsoll/fakturaer/:invoice', en: '/en/console/invoices/:invoice' },
  consoleBulk: { nb: '/konsoll/samlet', en: '/en/console/together' },
  consoleBulkRun: { nb: '/konsoll/samlet/gang', en: '/en/console/together/run' },
  consolePlan: { nb: '/konsoll/plan', en: '/en/console/plan' },
  consoleHolds: { nb: '/konsoll/slettesperrer', en: '/en/console/holds' },
  consoleForecast: { nb: '/konsoll/sletteplan', en: '/en/console/forecast' },
  consoleForecastClause: { nb: '/konsoll/sletteplan/:clause', en: '/en/console/forecast/:clause' },
  consoleTokens: { nb: '/konsoll/nokler', en: '/en/console/keys' },
  consoleStaff: { nb: '/konsoll/ansatte', en: '/en/console/staff' },
  consoleProof: { nb: '/konsoll/bevis', en: '/en/console/proof' },
} as const satisfies Record<string, Record<Language, `/${string}`>>;

export type Page = keyof typeof paths;

/** Pages that hold nothing of a visitor's and read no query: rendered once for each version of the statement. */
export const publicPages: readonly Page[] = [
  'home',
  'statement',
  'cookies',
  'complaint',
  'signUp',
  'signUpSent',
  'newsletter',
  'newsletterSent',
  'newsletterDeclined',
  'becomeSent',
  'invitationDeclined',
  'signIn',
  'signInSent',
  'developers',
  'signInPassword',
];

/**
 * Pages that ask the browser for a passkey, which only a script can, and the one that shows how far work has come, which a
 * script moves on by itself. All others run none.
 */
export const scriptedPages: readonly Page[] = [
  'signInPasskey',
  'confirm',
  'signingInPasskey',
  'consoleBulkRun',
];

/** The page that asks who it is, and leads back from there to where it was asked for. */
export function confirmFrom(pathname: string): string {
  return withBack(path('confirm', languageOf(pathname)), pathname);
}

/** A page with where to go on from it, where that is a page of ours. */
export function withBack(page: string, back: string | null): string {
  return back !== null && isOurs(back) ? `${page}?${new URLSearchParams({ til: back })}` : page;
}

/** The page of ways to sign in, saying that one was added, and where a request says to go on to from there. */
export function signedInWith(done: string, request: { readonly url: string }): string {
  const back = backIn(request);
  const query = new URLSearchParams({ done, ...(back === null ? {} : { til: back }) });
  return `${path('signingIn', languageOf(new URL(request.url).pathname))}?${query}`;
}

/** Where a request says to go on to; null where it says nothing, or anything but the path of a page of ours. */
export function backIn(request: { readonly url: string }): string | null {
  const back = new URL(request.url).searchParams.get('til');
  return back !== null && isOurs(back) ? back : null;
}

/**
 * True for the path of one of our pages, and for nothing else: no address, no scheme, no host by two slashes, no dots, no
 * query, nothing that a browser would read in another way. The page that asks who it is leads to no other round of itself.
 */
export function isOurs(back: string): boolean {
  if (!/^(\/[a-z0-9-]+)+$/.test(back)) return false;
  const pages = Object.entries(paths).filter(([page]) => page !== 'confirm');
  return pages.some(([, each]) => shapeOf(each[languageOf(back)]).test(back));
}

/** What a path of a page looks like, its parts by name. */
function shapeOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

/** The path of a page, its parameters filled in. A parameter that is missing is a mistake of ours and throws. */
export function path(page: Page, language: Language, parameters: Record<string, string> = {}): string {
  return paths[page][language].replace(/:(\w+)/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`the path of ${page} needs ${name}`);
    return encodeURIComponent(value);
  });
}

/** The language a path is written in: English under `/en`, Norwegian elsewhere. */
export function languageOf(pathname: string): Language {
  return /^\/en(\/|$)/.test(pathname) ? 'en' : 'nb';
}

/** The same page in the other language; the front page when a path is no page of ours. */
export function inOtherLanguage(pathname: string): string {
  const from = languageOf(pathname);
  const to = from === 'nb' ? 'en' : 'nb';
  const clean = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  for (const each of Object.values(paths)) {
    const found = shapeOf(each[from]).exec(clean);
    if (found) return each[to].replace(/:(\w+)/g, (_, name: string) => found.groups?.[name] ?? '');
  }
  return paths.home[to];
}
