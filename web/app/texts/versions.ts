import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Versjoner og endringer',
  lead: 'Hver versjon av personvernerklæringen står her slik den ble tatt i bruk. Velg to, og se hva som skiller dem.',
  choose: 'Sammenlign to versjoner',
  from: 'Fra',
  to: 'Til',
  compare: 'Vis forskjellene',
  historyTitle: 'Alle versjonene',
  since: (date: string) => `tatt i bruk ${date}`,
  comes: (date: string) => `gjelder fra ${date}`,
  never: (date: string) => `trukket tilbake ${date}, ble aldri tatt i bruk`,
  current: 'gjelder nå',
  compareWith: (version: string) => `Se hva som ble nytt etter ${version}`,
  comparedTitle: (from: string, to: string) => `Fra ${from} til ${to}`,
  matters: 'Det som betyr noe for deg',
  mattersNot:
    'Ingenting her gjør at vi lagrer mer om deg eller lenger, bruker det til noe nytt eller gir det til flere.',
  legend: 'Slik leser du dette:',
  gone: 'tatt bort',
  came: 'nytt',
  same: 'De to versjonene har den samme teksten.',
  sameSections: (count: number) =>
    count === 1 ? '1 avsnitt er likt i begge' : `${count} avsnitt er like i begge`,
  state: { changed: 'endret', added: 'nytt avsnitt', removed: 'borte', same: 'likt' },
  empty: 'står ikke i denne versjonen',
  unknown: 'Den versjonen finnes ikke. Velg blant dem som er her.',
  back: 'Til personvernerklæringen',
  coming: (date: string, version: string) => `Fra ${date} gjelder en ny versjon, ${version}.`,
  comingLook: 'Se hva som endres',
  renewTitle: 'Vi spør deg på nytt',
  renewText: (date: string) =>
    `En ny versjon av personvernerklæringen gjør mer enn du har sagt ja til. Svarer du ikke, stanser vi ${date} og sletter det vi bare har til dette.`,
  renewWords: 'Dette sier du ja til',
  renew: 'Ja, fortsett',
  renewed: (date: string) => `Du har sagt ja til den nye versjonen. Den gjelder fra ${date}.`,
};

const en: typeof nb = {
  title: 'Versions and changes',
  lead: 'Every version of the privacy statement stands here as it was applied. Choose two, and see what sets them apart.',
  choose: 'Compare two versions',
  from: 'From',
  to: 'To',
  compare: 'Show the differences',
  historyTitle: 'All versions',
  since: (date) => `in force since ${date}`,
  comes: (date) => `in force from ${date}`,
  never: (date) => `taken back on ${date}, never in force`,
  current: 'in force now',
  compareWith: (version) => `See what was new after ${version}`,
  comparedTitle: (from, to) => `From ${from} to ${to}`,
  matters: 'What matters to you',
  mattersNot:
    'Nothing here makes us store more about you or for longer, use it for anything new, or give it to more.',
  legend: 'How to read this:',
  gone: 'taken out',
  came: 'new',
  same: 'The two versions have the same text.',
  sameSections: (count) =>
    count === 1 ? '1 section is the same in both' : `${count} sections are the same in both`,
  state: { changed: 'changed', added: 'new section', removed: 'gone', same: 'the same' },
  empty: 'not in this version',
  unknown: 'There is no such version. Choose from those that are here.',
  back: 'To the privacy statement',
  coming: (date, version) => `From ${date} a new version applies, ${version}.`,
  comingLook: 'See what changes',
  renewTitle: 'We ask you anew',
  renewText: (date) =>
    `A new version of the privacy statement does more than you have said yes to. If you do not answer, we stop on ${date} and delete what we have for this alone.`,
  renewWords: 'This is what you say yes to',
  renew: 'Yes, go on',
  renewed: (date) => `You have said yes to the new version. It applies from ${date}.`,
};

/** Versions of the statement: their history, two beside each other, and what a coming one asks. */
export const versionTexts: Record<Language, typeof nb> = { nb, en };
