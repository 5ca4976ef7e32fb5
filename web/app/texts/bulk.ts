import type { Language } from '#statement/grammar.ts';

/** What can be done with many rows: its name, the question before it, and what it means. */
interface Act {
  name: string;
  ask: (rows: number) => string;
  about: string;
  go: string;
}

const nb = {
  title: 'Gjør det samme med flere',
  act: 'Hva vil du gjøre?',
  scope: 'Hvilke',
  scopes: {
    ticked: 'de du har krysset av',
    page: 'alle på denne siden',
    all: 'alle som utvalget finner, også på de neste sidene',
  } as Record<string, string>,
  next: 'Gå videre',
  choose: (name: string) => `Velg ${name}`,
  before: 'Ingenting er gjort ennå.',
  empty:
    'Det som er gjort med mange på én gang de siste 30 dagene. Noe nytt begynner i listen: der velger du hvem eller hva det gjelder.',
  cancel: 'Avbryt',
  date: 'Dato i banken',
  dateHint: 'Slik: 2026-11-27',
  acts: {
    'invoices.remind': {
      name: 'Send påminnelse',
      ask: (rows) => (rows === 1 ? 'Minne om 1 faktura?' : `Minne om ${rows} fakturaer?`),
      about:
        'De som skal betale, får et brev. Det går én påminnelse om hver faktura, og bare etter forfall. De det ikke gjelder, hoppes over.',
      go: 'Send',
    },
    'invoices.paid': {
      name: 'Før som betalt',
      ask: (rows) => (rows === 1 ? 'Føre 1 faktura som betalt?' : `Føre ${rows} fakturaer som betalt?`),
      about: 'Alt som står igjen på hver av dem, føres som betalt den dagen du skriver. Det kan tas tilbake.',
      go: 'Før som betalt',
    },
    'invoices.take-back': {
      name: 'Ta tilbake innbetalinger ført samlet',
      ask: (rows) => (rows === 1 ? 'Ta tilbake 1 innbetaling?' : `Ta tilbake ${rows} innbetalinger?`),
      about: 'Innbetalingene føres tilbake med bilag av sine egne, og fakturaene står åpne igjen.',
      go: 'Ta tilbake',
    },
    'people.sign-out': {
      name: 'Avslutt innlogginger',
      ask: (rows) =>
        rows === 1 ? 'Avslutte innloggingene til 1 person?' : `Avslutte innloggingene til ${rows} personer?`,
      about: 'De blir logget ut overalt, ser det i loggen sin, og kan logge inn igjen.',
      go: 'Logg dem ut',
    },
  } as Record<string, Act>,
  moved: (done: number, rows: number) => `${done} av ${rows} har hatt sin tur.`,
  states: { running: 'Pågår', waiting: 'Venter på tur', done: 'Ferdig' } as Record<string, string>,
  sums: (done: number, refused: number) => `${done} gjort, ${refused} ikke gjort.`,
  again: 'Se hvor langt det er kommet',
  leave: 'Du kan gå fra siden. Arbeidet fortsetter, også om tjenesten starter på nytt.',
  undo: 'Ta tilbake innbetalingene',
  results: 'Hva det ble av hver rad',
  head: ['Rad', 'Hva det ble'],
  row: { invoices: (name: string) => `Faktura ${name}`, people: (id: string) => `Person ${id.slice(0, 8)}` },
  came: { done: 'Gjort', failed: 'Feilet. Prøv denne alene.', none: 'Ikke ennå' } as Record<string, string>,
  back: { invoices: 'Alle fakturaer', people: 'Alle personer' } as Record<string, string>,
  past: {
    all: 'Alt som er gjort samlet',
    none: 'Ingenting er gjort samlet de siste 30 dagene.',
    caption: 'Gjort samlet',
    head: ['Hva', 'Når', 'Av', 'Nå', 'Hva det ble'],
    mine: 'deg',
    other: 'en kollega',
  },
  more: 'De neste',
  first: 'Fra starten',
};

const en: typeof nb = {
  title: 'Do the same with several',
  act: 'What do you want to do?',
  scope: 'Which',
  scopes: {
    ticked: 'those you have ticked',
    page: 'all on this page',
    all: 'all that the choice finds, on the next pages too',
  },
  next: 'Go on',
  choose: (name) => `Choose ${name}`,
  before: 'Nothing has been done yet.',
  empty:
    'What was done with many at once in the last 30 days. Anything new begins in the list, where you choose the rows.',
  cancel: 'Cancel',
  date: 'Date in the bank',
  dateHint: 'Such as 2026-11-27',
  acts: {
    'invoices.remind': {
      name: 'Send a reminder',
      ask: (rows) => (rows === 1 ? 'Remind of 1 invoice?' : `Remind of ${rows} invoices?`),
      about:
        'Whoever is to pay gets a letter. One reminder goes out for each invoice, and only once it is overdue. The others are skipped.',
      go: 'Send',
    },
    'invoices.paid': {
      name: 'Note as paid',
      ask: (rows) => (rows === 1 ? 'Note 1 invoice as paid?' : `Note ${rows} invoices as paid?`),
      about: 'All that is left of each is noted as paid on the day that you write. It can be taken back.',
      go: 'Note as paid',
    },
    'invoices.take-back': {
      name: 'Take back payments noted together',
      ask: (rows) => (rows === 1 ? 'Take back 1 payment?' : `Take back ${rows} payments?`),
      about:
        'The payments are taken back by records of their own, and the invoices are left to be paid again.',
      go: 'Take back',
    },
    'people.sign-out': {
      name: 'End sessions',
      ask: (rows) => (rows === 1 ? 'End the sessions of 1 person?' : `End the sessions of ${rows} people?`),
      about: 'They are signed out everywhere, see it in their log, and can sign in again.',
      go: 'Sign them out',
    },
  },
  moved: (done, rows) => `${done} of ${rows} have had their turn.`,
  states: { running: 'Under way', waiting: 'Waiting for its turn', done: 'Done' },
  sums: (done, refused) => `${done} done, ${refused} not done.`,
  again: 'See how far it has come',
  leave: 'You can leave the page. The work goes on, also if the service starts anew.',
  undo: 'Take the payments back',
  results: 'What came of each row',
  head: ['Row', 'What came of it'],
  row: { invoices: (name) => `Invoice ${name}`, people: (id) => `Person ${id.slice(0, 8)}` },
  came: { done: 'Done', failed: 'Failed. Try this one alone.', none: 'Not yet' },
  back: { invoices: 'All invoices', people: 'All people' },
  past: {
    all: 'All that was done together',
    none: 'Nothing was done together in the last 30 days.',
    caption: 'Done together',
    head: ['What', 'When', 'By', 'Now', 'What came of it'],
    mine: 'you',
    other: 'a colleague',
  },
  more: 'The next',
  first: 'From the start',
};

/** Doing the same with many rows of a list, and how far it has come. */
export const bulkTexts: Record<Language, typeof nb> = { nb, en };
