import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Nøkler for andre systemer',
  lead: 'Et annet system slipper til med sin egen nøkkel. Den gjelder for formålene du velger, i et år på det meste, og du svarer for den.',
  newTitle: 'Lag en nøkkel',
  name: 'Hvilket system den er til',
  nameHint: 'Små bokstaver, tall og bindestrek, for eksempel regnskap-eksport.',
  scopes: 'Hva den kan brukes til',
  days: 'Hvor lenge den virker',
  dayChoices: { '30': '30 dager', '90': '90 dager', '180': 'et halvt år', '365': 'ett år' } as Record<
    string,
    string
  >,
  make: 'Lag nøkkelen',
  madeTitle: (name: string) => `Nøkkelen til ${name}`,
  madeText: 'Kopier den nå. Den vises bare denne ene gangen, og vi tar ikke vare på den.',
  listTitle: 'Nøkler som er laget',
  none: 'Det er ikke laget noen nøkler ennå.',
  caption: 'Nøkler',
  head: ['System', 'Kan brukes til', 'Laget', 'Virker til', 'Sist brukt', 'Gjelder'],
  never: 'aldri',
  ended: (date: string) => `avsluttet ${date}`,
  expired: 'gått ut',
  end: 'Avslutt',
  endOf: (name: string) => `Avslutt nøkkelen til ${name}`,
  done: 'Nøkkelen er avsluttet. Neste kall med den blir avvist.',
  confirmText: 'En nøkkel slipper andre inn. Vis derfor først at det er deg.',
  older: 'Eldre',
};

const en: typeof nb = {
  title: 'Keys for other systems',
  lead: 'Another system gets in with a key of its own. It is for the purposes you choose, for a year at most, and you answer for it.',
  newTitle: 'Make a key',
  name: 'Which system it is for',
  nameHint: 'Small letters, digits and hyphens, such as accounting-export.',
  scopes: 'What it can be used for',
  days: 'How long it works',
  dayChoices: { '30': '30 days', '90': '90 days', '180': 'half a year', '365': 'one year' },
  make: 'Make the key',
  madeTitle: (name) => `The key for ${name}`,
  madeText: 'Copy it now. It is shown this once, and we do not keep it.',
  listTitle: 'Keys that have been made',
  none: 'No keys have been made yet.',
  caption: 'Keys',
  head: ['System', 'Can be used for', 'Made', 'Works until', 'Last used', 'Stands'],
  never: 'never',
  ended: (date) => `ended ${date}`,
  expired: 'expired',
  end: 'End it',
  endOf: (name) => `End the key for ${name}`,
  done: 'The key is ended. The next call with it is refused.',
  confirmText: 'A key lets others in. So show first that it is you.',
  older: 'Older',
};

/** What both pages of keys say. */
export type TokenWords = typeof nb;

/** Keys for other systems, in the console. */
export const tokenTexts: Record<Language, TokenWords> = { nb, en };

/** The same for a client's own systems. */
export const clientTokenTexts = {
  nb: {
    ...nb,
    title: 'Nøkler',
    clientLead: (company: string) =>
      `Et regnskapssystem eller et annet system slipper til hos ${company} med sin egen nøkkel. Den kan aldri gjøre mer enn den som laget den, og slutter å virke når vedkommende ikke er bruker her lenger.`,
    scopes: 'Hva den kan gjøre',
    head: ['System', 'Kan gjøre', 'Laget av', 'Laget', 'Virker til', 'Sist brukt', 'Gjelder'],
    somebody: 'En som ikke er bruker lenger',
  },
  en: {
    ...en,
    title: 'Keys',
    clientLead: (company: string) =>
      `An accounting system or another system gets in to ${company} with a key of its own. It can never do more than whoever made it, and stops working when they are no longer a user here.`,
    scopes: 'What it can do',
    head: ['System', 'Can do', 'Made by', 'Made', 'Works until', 'Last used', 'Stands'],
    somebody: 'Somebody who is no longer a user',
  },
};
