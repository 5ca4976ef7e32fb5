import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Tilgangsnivåer',
  lead: 'Et tilgangsnivå sier hva en bruker kan gjøre. Fire er med fra starten, og dere kan lage egne.',
  builtIn: 'Med fra starten',
  own: 'Bedriftens egne',
  users: (count: number) => (count === 0 ? 'Ingen brukere' : count === 1 ? '1 bruker' : `${count} brukere`),
  nothing: 'Gir ingen rettigheter ennå.',
  change: 'Endre',
  changeLabel: (name: string) => `Endre ${name}`,
  name: 'Navn på nivået',
  rights: 'Hva kan de gjøre?',
  rightsHint: 'Du kan bare gi rettigheter du har selv.',
  save: 'Lagre',
  remove: 'Slett',
  removeLabel: (name: string) => `Slett ${name}`,
  removeText: 'Et nivå kan slettes når ingen brukere har det lenger. Det kan ikke hentes tilbake.',
  removeGo: 'Ja, slett nivået',
  makeTitle: 'Lag et nytt nivå',
  make: 'Lag nivået',
  done: {
    made: 'Nivået er laget. Nå kan du gi det til brukere.',
    changed: 'Nivået er endret. Det gjelder fra nå, for alle som har det.',
    removed: 'Nivået er slettet.',
  } as Record<string, string>,
};

const en: typeof nb = {
  title: 'Access levels',
  lead: 'An access level says what a user can do. Four are there from the start, and you can make your own.',
  builtIn: 'There from the start',
  own: 'The company’s own',
  users: (count) => (count === 0 ? 'No users' : count === 1 ? '1 user' : `${count} users`),
  nothing: 'Gives no rights yet.',
  change: 'Change',
  changeLabel: (name) => `Change ${name}`,
  name: 'Name of the level',
  rights: 'What can they do?',
  rightsHint: 'You can only give rights that you have yourself.',
  save: 'Save',
  remove: 'Delete',
  removeLabel: (name) => `Delete ${name}`,
  removeText: 'A level can be deleted when no users have it any more. It cannot be brought back.',
  removeGo: 'Yes, delete the level',
  makeTitle: 'Make a new level',
  make: 'Make the level',
  done: {
    made: 'The level is made. Now you can give it to users.',
    changed: 'The level is changed. It holds from now on, for everybody who has it.',
    removed: 'The level is deleted.',
  },
};

/** Access levels of a client, those that all have and its own. */
export const accessTexts: Record<Language, typeof nb> = { nb, en };
