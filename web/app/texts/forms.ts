import type { Language } from '#statement/grammar.ts';

const nb = {
  email: 'E-postadresse',
  language: 'Språk i brev fra oss',
  topics: 'Hva vil du lese om?',
  topicsHint: 'Velg så mange du vil. Ingenting er valgt for deg.',
  hints: {
    phone: 'Norske numre trenger ingen landkode.',
    place: 'Byen eller stedet du holder til. Ingen gateadresse.',
    nameLetter: 'Så brevet kan hilse på deg.',
  },
  notice: {
    title: 'Før du sender',
    what: 'Hva vi ber om',
    must: (names: string) => `Må fylles ut: ${names}.`,
    may: (names: string) => `Valgfritt: ${names}.`,
    why: 'Hvorfor',
    basis: 'Grunnlag',
    interest: 'Interessen vår',
    howLong: 'Hvor lenge',
    who: 'Hvem som får det',
    nobody: 'Ingen andre enn oss.',
    some: (names: string) => `${names}.`,
    without: 'Hvis du lar være',
    rights: 'Rettighetene dine',
    rightsText: 'Du kan se, rette, slette og protestere når som helst, på «Mitt personvern».',
    more: 'Les hele personvernerklæringen',
  },
};

const en: typeof nb = {
  email: 'E-mail address',
  language: 'Language of letters from us',
  topics: 'What do you want to read about?',
  topicsHint: 'Choose as many as you like. Nothing is chosen for you.',
  hints: {
    phone: 'Norwegian numbers need no country code.',
    place: 'The town or place where you are. No street address.',
    nameLetter: 'So that the letter can greet you.',
  },
  notice: {
    title: 'Before you send',
    what: 'What we ask for',
    must: (names) => `Required: ${names}.`,
    may: (names) => `Optional: ${names}.`,
    why: 'Why',
    basis: 'Legal basis',
    interest: 'Our interest',
    howLong: 'How long',
    who: 'Who gets it',
    nobody: 'Nobody but us.',
    some: (names) => `${names}.`,
    without: 'If you leave it out',
    rights: 'Your rights',
    rightsText: 'You can see, correct, erase and object whenever you like, at “My privacy”.',
    more: 'Read the whole privacy statement',
  },
};

/** Labels of form fields, and the notice that stands beside every form. */
export const forms: Record<Language, typeof nb> = { nb, en };
