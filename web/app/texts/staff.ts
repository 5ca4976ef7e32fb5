import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Ansatte',
  lead: 'Hver rolle åpner det formålet trenger, og ikke mer. Det du gir og tar, gjelder fra neste forespørsel, og de får brev om det.',
  listTitle: 'Hvem som har en rolle',
  nameless: 'Uten navn',
  you: '(deg)',
  since: (date: string) => `siden ${date}`,
  roles: {
    privacy: ['Personvern', 'Ser alt som er lagret om en person når noen spør, og passer på løftene.'],
    administrator: ['Administrator', 'Gir roller og nøkler, og logger folk ut. Ser kunder og profiler.'],
    marketing: ['Marked', 'Skriver nyhetsbrev og invitasjoner til dem som har sagt ja.'],
    courses: ['Kurs', 'Holder kurs og skriver kursbevis.'],
    support: ['Hjelp', 'Ser kunder og profiler, og svarer dem som spør.'],
    finance: ['Regnskap', 'Ser kunder, fakturaer og det bokføringsloven krever.'],
  } as Record<string, [string, string]>,
  take: 'Ta bort',
  takeLabel: (role: string, name: string) => `Ta bort rollen ${role} fra ${name}`,
  takeText: (role: string, name: string) => `${name} mister rollen ${role} med det samme.`,
  takeGo: 'Ja, ta den bort',
  giveTitle: 'Gi noen en rolle',
  name: 'Navnet deres',
  nameHint: 'Trengs bare når vi ikke kjenner dem fra før.',
  role: 'Rolle',
  give: 'Gi rollen',
  after: 'De logger inn med en lenke til adressen, og blir bedt om en ekstra måte å vise at det er dem på.',
  confirmText: 'En rolle slipper andre inn. Vis derfor først at det er deg.',
  done: { given: 'Rollen er gitt, og de har fått brev om det.', taken: 'Rollen er tatt bort.' } as Record<
    string,
    string
  >,
};

const en: typeof nb = {
  title: 'Staff',
  lead: 'Each role opens what its purpose needs, and no more. What you give and take holds from the next request, and they are told by letter.',
  listTitle: 'Who has a role',
  nameless: 'Without a name',
  you: '(you)',
  since: (date) => `since ${date}`,
  roles: {
    privacy: [
      'Privacy',
      'Sees everything held on a person when somebody asks, and looks after the promises.',
    ],
    administrator: [
      'Administrator',
      'Gives roles and keys, and signs people out. Sees clients and profiles.',
    ],
    marketing: ['Marketing', 'Writes newsletters and invitations to those who have said yes.'],
    courses: ['Courses', 'Runs courses and writes certificates.'],
    support: ['Support', 'Sees clients and profiles, and answers those who ask.'],
    finance: ['Finance', 'Sees clients, invoices, and what the bookkeeping act demands.'],
  },
  take: 'Take away',
  takeLabel: (role, name) => `Take away the role ${role} from ${name}`,
  takeText: (role, name) => `${name} loses the role ${role} at once.`,
  takeGo: 'Yes, take it away',
  giveTitle: 'Give somebody a role',
  name: 'Their name',
  nameHint: 'Needed only when we do not know them yet.',
  role: 'Role',
  give: 'Give the role',
  after: 'They sign in by a link to the address, and are asked for a second way of showing that it is them.',
  confirmText: 'A role lets others in. So show first that it is you.',
  done: { given: 'The role is given, and they have been told by letter.', taken: 'The role is taken away.' },
};

/** Who of the operator's own people may do what. */
export const staffTexts: Record<Language, typeof nb> = { nb, en };
