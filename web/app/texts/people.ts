import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Personer',
  lead: 'De som har profil hos oss. Alle som vises, ser i loggen sin at navnet deres sto i en liste.',
  which: 'Vis',
  kinds: {
    all: 'alle',
    customers: 'de som har en avtale',
    others: 'de som bare har profil',
    leaving: 'de som slettes innen 60 dager',
  },
  sort: 'Rekkefølge',
  sorts: {
    '-active': 'sist i bruk først',
    active: 'lengst siden bruk først',
    '-made': 'nyeste profil først',
    made: 'eldste profil først',
  },
  show: 'Vis',
  head: ['Navn', 'Bedrift', 'Moduler', 'Sist i bruk', 'Slettes'],
  caption: (count: number) => (count === 1 ? '1 person' : `${count} personer`),
  nameless: 'uten navn',
  none: 'Ingen passer til dette utvalget.',
  more: 'De neste',
  first: 'Fra starten',
  fileTitle: 'Last ned som fil',
  fileText:
    'Hele utvalget som CSV, til regneark. Alle i filen ser i loggen sin at den ble lastet ned, og hvorfor.',
  fileGo: 'Last ned',
  contact: 'Kontaktopplysninger',
  fields: {
    name: 'Navn',
    email: 'E-postadresse',
    phone: 'Telefonnummer',
    place: 'Sted',
    company: 'Arbeidssted',
    language: 'Språk',
  },
  everything: 'Alt som er lagret',
  everythingText: 'Du som passer på personvernet, kan se alt som er lagret om personen.',
  reasons: {
    asked: 'Personen ba om det selv',
    request: 'For å svare på en henvendelse',
    agreement: 'For å følge opp avtalen',
    error: 'For å rette en feil',
    security: 'Mistanke om misbruk',
    duty: 'En hendelse hos beredskapen',
  },
};

const en: typeof nb = {
  title: 'People',
  lead: 'Those who have a profile here. Everyone shown sees in their log that their name stood in a list.',
  which: 'Show',
  kinds: {
    all: 'everyone',
    customers: 'those with an agreement',
    others: 'those with a profile only',
    leaving: 'those erased within 60 days',
  },
  sort: 'Order',
  sorts: {
    '-active': 'last used first',
    active: 'longest unused first',
    '-made': 'newest profile first',
    made: 'oldest profile first',
  },
  show: 'Show',
  head: ['Name', 'Company', 'Modules', 'Last used', 'Erased'],
  caption: (count) => (count === 1 ? '1 person' : `${count} people`),
  nameless: 'no name',
  none: 'Nobody fits this choice.',
  more: 'The next',
  first: 'From the start',
  fileTitle: 'Download as a file',
  fileText:
    'The whole choice as CSV, for a spreadsheet. Everyone in it sees in their log that it was downloaded, and why.',
  fileGo: 'Download',
  contact: 'Contact data',
  fields: {
    name: 'Name',
    email: 'E-mail address',
    phone: 'Phone number',
    place: 'Place',
    company: 'Workplace',
    language: 'Language',
  },
  everything: 'Everything stored',
  everythingText: 'You who look after privacy can see everything that is stored on the person.',
  reasons: {
    asked: 'The person asked for it',
    request: 'To answer an enquiry',
    agreement: 'To look after the agreement',
    error: 'To mend an error',
    security: 'Suspected abuse',
    duty: 'An incident with the readiness team',
  },
};

/** People as staff list them, one of them, and why they are looked at. */
export const people: Record<Language, typeof nb> = { nb, en };
