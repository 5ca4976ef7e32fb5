import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Plan',
  lead: 'Hva ville skje hvis filene med personvernerklæringen ble tatt i bruk akkurat nå? Ingenting endres av å se på dette.',
  nothing: (version: string) =>
    `Ingenting er endret: Filene sier det samme som versjon ${version}, som gjelder.`,
  waits: (version: string, date: string) => `Versjon ${version} er klar, og gjelder fra ${date}.`,
  problems: 'Filene kan ikke tas i bruk slik de er:',
  becomes: (from: string, to: string) => `Versjon ${from} blir til ${to}.`,
  atOnce: 'Ingen trenger å få beskjed på forhånd. Den gjelder fra den tas i bruk.',
  later: (people: number, mailed: number, period: string, date: string) =>
    `${people} ${people === 1 ? 'person får' : 'personer får'} beskjed ${period} før, ${mailed} av dem på e-post. Tas den i bruk nå, gjelder den fra ${date}.`,
  changes: 'Endringene',
  changesHead: ['Punkt', 'Regel', 'Hva', 'Betyr noe for folk', 'Hvorfor'],
  kinds: { added: 'ny', removed: 'borte', changed: 'endret' },
  material: 'ja',
  not: 'nei',
  rows: 'Rader som ville forsvinne',
  rowsHead: ['Punkt', 'Nå, med endringen', 'Nå, uten', 'Innen et år, med', 'Innen et år, uten'],
  noRows: 'Ingen rader forsvinner på grunn av lagringstid det neste året.',
  consents: 'Samtykker som ikke lenger ville gjelde',
  consentsHead: ['Formål', 'Antall', 'Hvorfor'],
  rights: 'Tilganger som ville endres',
  rightsHead: ['Formål', 'Endring'],
  roleAdded: 'ny rolle',
  roleRemoved: 'rollen stenges',
  granted: (column: string) => `får lese ${column}`,
  revoked: (column: string) => `får ikke lenger lese ${column}`,
  noRights: 'Ingen tilganger endres.',
  applyTitle: 'Ta den i bruk',
  applyText:
    'Det gjøres fra kommandolinjen, med nettopp denne planen. Er noe endret i mellomtiden, blir det avvist.',
};

const en: typeof nb = {
  title: 'Plan',
  lead: 'What would happen if the files of the privacy statement were applied right now? Looking at this changes nothing.',
  nothing: (version) =>
    `Nothing has changed: the files say what version ${version} says, and it is in force.`,
  waits: (version, date) => `Version ${version} is ready, and applies from ${date}.`,
  problems: 'The files cannot be applied as they are:',
  becomes: (from, to) => `Version ${from} becomes ${to}.`,
  atOnce: 'Nobody need be told beforehand. It applies when it is applied.',
  later: (people, mailed, period, date) =>
    `${people} ${people === 1 ? 'person is' : 'people are'} told ${period} before, ${mailed} of them by e-mail. Applied now, it takes effect on ${date}.`,
  changes: 'The changes',
  changesHead: ['Clause', 'Rule', 'What', 'Matters to people', 'Why'],
  kinds: { added: 'new', removed: 'gone', changed: 'changed' },
  material: 'yes',
  not: 'no',
  rows: 'Rows that would go',
  rowsHead: [
    'Clause',
    'Now, with the change',
    'Now, without',
    'Within a year, with',
    'Within a year, without',
  ],
  noRows: 'No rows go because of their storage period in the next year.',
  consents: 'Consents that would no longer count',
  consentsHead: ['Purpose', 'How many', 'Why'],
  rights: 'Access that would change',
  rightsHead: ['Purpose', 'Change'],
  roleAdded: 'new role',
  roleRemoved: 'the role is shut',
  granted: (column) => `may read ${column}`,
  revoked: (column) => `may no longer read ${column}`,
  noRights: 'No access changes.',
  applyTitle: 'Apply it',
  applyText:
    'That is done from the command line, with this very plan. If anything has changed meanwhile, it is refused.',
};

/** What a changed statement would do, in the console. */
export const planTexts: Record<Language, typeof nb> = { nb, en };
