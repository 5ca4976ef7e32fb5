import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Moduler',
  lead: 'Det dere bruker av løsningen. Det bedriften legger inn i en modul, er bedriftens eget.',
  taken: 'I bruk',
  free: 'Kan tas i bruk',
  priced:
    'Dere betaler fra dagen en modul tas i bruk, og får igjen for dagene som er betalt når dere slutter med den.',
  none: 'Dere har tatt i bruk alle modulene.',
  since: (date: string) => `I bruk siden ${date}`,
  take: 'Ta i bruk',
  takeLabel: (name: string) => `Ta i bruk ${name}`,
  drop: 'Slutt med modulen',
  dropLabel: (name: string) => `Slutt med modulen ${name}`,
  dropText: (name: string) =>
    `${name} stenges for alle brukerne med det samme. Last ned det dere vil ta vare på først.`,
  dropGo: 'Ja, slutt med den',
  last: 'Dette er den siste modulen. Slutter dere med den, er abonnementet slutt.',
  lastGo: 'Se hva som skjer da',
  done: { taken: 'Modulen er tatt i bruk.', dropped: 'Modulen er stengt.' } as Record<string, string>,
};

const en: typeof nb = {
  title: 'Modules',
  lead: 'What you use of the solution. What the company puts into a module is its own.',
  taken: 'In use',
  free: 'Can be taken into use',
  priced:
    'You pay from the day that a module is taken into use, and get back what is paid for days after you drop it.',
  none: 'You have taken all the modules into use.',
  since: (date) => `In use since ${date}`,
  take: 'Take into use',
  takeLabel: (name) => `Take into use ${name}`,
  drop: 'Drop the module',
  dropLabel: (name) => `Drop the module ${name}`,
  dropText: (name) => `${name} is closed for all the users at once. Download what you want to keep first.`,
  dropGo: 'Yes, drop it',
  last: 'This is the last module. Without it the subscription is over.',
  lastGo: 'See what happens then',
  done: { taken: 'The module is in use.', dropped: 'The module is closed.' },
};

/** Modules of a client, taken and dropped. */
export const moduleTexts: Record<Language, typeof nb> = { nb, en };
