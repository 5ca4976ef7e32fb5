import type { CompanyHit, KeyFigures } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';

type Figure = Exclude<keyof KeyFigures, 'year' | 'from' | 'to' | 'currency'>;

const nb = {
  title: 'Finn en bedrift',
  lead: 'Slå opp en bedrift i de åpne registrene i Brønnøysund. Det du skriver, sender vi til registeret uten noe om hvem du er, og vi lagrer det ikke.',
  query: 'Navn eller organisasjonsnummer',
  search: 'Søk',
  found: (count: number, words: string) =>
    count === 1 ? `Ett treff på «${words}»` : `${count} treff på «${words}»`,
  none: (words: string) => `Ingen treff på «${words}»`,
  noneHint:
    'Prøv færre bokstaver, eller organisasjonsnummeret. Avdelinger har egne numre og er ikke med her.',
  more: 'Registeret har flere. Skriv mer av navnet for å finne dem.',
  away: 'Registeret svarer ikke akkurat nå',
  byHand: 'Du trenger ikke registeret for å komme i gang: Lag profil og skriv inn bedriften selv.',
  byHandGo: 'Lag profil uten oppslag',
  back: 'Nytt søk',
  facts: 'Om bedriften',
  number: 'Organisasjonsnummer',
  form: 'Organisasjonsform',
  place: 'Sted',
  municipality: 'Kommune',
  industry: 'Bransje',
  employees: 'Ansatte',
  founded: 'Stiftet',
  state: 'Status',
  unknown: 'ikke oppgitt',
  states: {
    active: 'I drift',
    bankrupt: 'Konkurs',
    'winding-up': 'Under avvikling',
    'struck-off': 'Slettet',
  } satisfies Record<CompanyHit['state'], string>,
  since: (state: string, date: string) => `${state} ${date}`,
  closed: (date: string | null) =>
    date === null ? 'Bedriften er slettet fra registeret.' : `Bedriften ble slettet fra registeret ${date}.`,
  figures: 'Nøkkeltall',
  period: (from: string, to: string) => `Regnskap for ${from} til ${to}`,
  figure: {
    revenue: 'Omsetning',
    operatingResult: 'Driftsresultat',
    result: 'Årsresultat',
    assets: 'Eiendeler',
    equity: 'Egenkapital',
    debt: 'Gjeld',
  } satisfies Record<Figure, string>,
  noFigures: 'Bedriften har ikke levert noe regnskap som er åpent for alle.',
  figuresAway: 'Vi får ikke tak i regnskapet akkurat nå, eller det mangler valuta.',
  units: 'Enhetsregisteret',
  accounts: 'Regnskapsregisteret',
  fetched: (date: string) => `hentet ${date}`,
  source: (name: string) => `Inneholder data fra Enhetsregisteret og Regnskapsregisteret, ${name}, under`,
  changed: 'Vi har valgt ut noen av opplysningene og gruppert antall ansatte.',
  stale: (date: string) => `Registeret svarer ikke akkurat nå. Dette er fra ${date}, og noe kan være endret.`,
  personal:
    'Denne bedriften er et menneske. Det som står her, er derfor personopplysninger, og vi viser ikke mer enn vi må.',
  personalLink: 'Hva personvernerklæringen sier',
  keepTitle: 'Skal vi huske bedriften for deg?',
  keepText:
    'Da lagrer vi det du ser her sammen med profilen din, forseglet, og oppdaterer det når registeret endres. Du ser det på «Mitt personvern», og kan slette det her når du vil.',
  keep: 'Husk denne bedriften',
  own: 'Dette er mitt eget foretak',
  kept: 'Vi husker denne bedriften for deg.',
  forget: 'Slett bedriften hos oss',
  missing: 'Bedriften kan ikke vises',
  keptGo: 'Se den på «Mitt personvern»',
};

const en: typeof nb = {
  title: 'Find a company',
  lead: 'Look a company up in the open registers in Brønnøysund. We send what you write to the register with nothing of who you are, and do not store it.',
  query: 'Name or organisation number',
  search: 'Search',
  found: (count, words) =>
    count === 1 ? `One company found for “${words}”` : `${count} companies found for “${words}”`,
  none: (words) => `Nothing found for “${words}”`,
  noneHint:
    'Try fewer letters, or the organisation number. Branches have numbers of their own and are not here.',
  more: 'The register has more. Write more of the name to find them.',
  away: 'The register does not answer just now',
  byHand: 'You do not need the register to begin: make a profile and write the company yourself.',
  byHandGo: 'Make a profile without it',
  back: 'New search',
  facts: 'About the company',
  number: 'Organisation number',
  form: 'Form of organisation',
  place: 'Place',
  municipality: 'Municipality',
  industry: 'Industry',
  employees: 'Employees',
  founded: 'Founded',
  state: 'Status',
  unknown: 'not told',
  states: {
    active: 'Active',
    bankrupt: 'Bankrupt',
    'winding-up': 'Winding up',
    'struck-off': 'Struck off',
  },
  since: (state, date) => `${state} since ${date}`,
  closed: (date) =>
    date === null
      ? 'The company has been struck off the register.'
      : `The company was struck off the register on ${date}.`,
  figures: 'Key figures',
  period: (from, to) => `Accounts for ${from} to ${to}`,
  figure: {
    revenue: 'Revenue',
    operatingResult: 'Operating result',
    result: 'Result for the year',
    assets: 'Assets',
    equity: 'Equity',
    debt: 'Debt',
  },
  noFigures: 'The company has handed in no accounts that are open to all.',
  figuresAway: 'We cannot get hold of the accounts just now, or they lack a currency.',
  units: 'Central Coordinating Register',
  accounts: 'Register of Company Accounts',
  fetched: (date) => `fetched ${date}`,
  source: (name) => `Contains data from Enhetsregisteret and Regnskapsregisteret, ${name}, under`,
  changed: 'We have chosen some of the data and grouped the number of employees.',
  stale: (date) =>
    `The register does not answer just now. This is from ${date}, and something may have changed.`,
  personal:
    'This company is a person. What stands here is therefore personal data, and we show no more than we must.',
  personalLink: 'What the privacy statement says',
  keepTitle: 'Shall we remember the company for you?',
  keepText:
    'We then store what you see here with your profile, sealed, and bring it up to date when the register changes. You see it on “My privacy”, and can delete it here whenever you like.',
  keep: 'Remember this company',
  own: 'This is my own business',
  kept: 'We remember this company for you.',
  forget: 'Delete the company here',
  missing: 'The company cannot be shown',
  keptGo: 'See it on “My privacy”',
};

/** Looking companies up. */
export const companyTexts: Record<Language, typeof nb> = { nb, en };
