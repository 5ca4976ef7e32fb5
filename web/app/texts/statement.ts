import type { Language } from '#statement/grammar.ts';

const nb = {
  version: (version: string, date: string) => `Versjon ${version}, oppdatert ${date}`,
  short: 'I korte trekk',
  who: 'Hvem vi er',
  whoIs: (operator: string) => `${operator} bestemmer over opplysningene og svarer for dem.`,
  why: 'Hva vi bruker dem til',
  howLong: 'Hvor lenge',
  whoGets: 'Hvem som får dem',
  nobodyGets: 'Ingen andre. Vi selger ikke opplysninger.',
  someGet: (names: string) => names,
  rights: 'Dine rettigheter',
  rightsText: 'Se, rette, slette, ta med deg, si nei og klage. Det meste gjør du selv, med én gang:',
  contents: 'Innhold',
  facts:
    'Slik merket tekst er hentet rett fra reglene som programmet følger. Den kan ikke si noe annet enn det som skjer.',
  clausesTitle: 'Alle punktene',
  clausesLead:
    'Hvert løfte har et fast navn. Det brukes i kvitteringer, i loggen og i bevisene for at løftet holdes.',
  clause: 'Punkt',
  promise: 'Løfte',
  historyTitle: 'Versjoner',
  historyLead:
    'En versjon endres aldri etter at den er tatt i bruk. Fingeravtrykket avslører det om noen prøver.',
  current: 'gjelder nå',
  compare: 'Se og sammenlign versjonene',
  fingerprint: 'Fingeravtrykk (SHA-256)',
};

const en: typeof nb = {
  version: (version, date) => `Version ${version}, updated ${date}`,
  short: 'In short',
  who: 'Who we are',
  whoIs: (operator) => `${operator} decides over the data and answers for it.`,
  why: 'What we use it for',
  howLong: 'How long',
  whoGets: 'Who gets it',
  nobodyGets: 'Nobody else. We do not sell data.',
  someGet: (names) => names,
  rights: 'Your rights',
  rightsText:
    'See it, correct it, erase it, take it with you, say no and complain. Most of it you do yourself, at once:',
  contents: 'Contents',
  facts:
    'Text marked like this comes straight from the rules that the program follows. It cannot say anything other than what happens.',
  clausesTitle: 'Every clause',
  clausesLead:
    'Each promise has a name that stays. Receipts, the log and the proofs that the promise is kept all use it.',
  clause: 'Clause',
  promise: 'Promise',
  historyTitle: 'Versions',
  historyLead: 'A version never changes once it is in force. The fingerprint gives it away if anyone tries.',
  current: 'in force now',
  compare: 'See and compare the versions',
  fingerprint: 'Fingerprint (SHA-256)',
};

/** What stands around the statement's own prose. */
export const statementTexts: Record<Language, typeof nb> = { nb, en };
