import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Utboks',
  lead: 'Dette er en demo. Brevene under er ikke sendt til noen; de ligger her så du kan lese dem og følge lenkene.',
  empty: 'Utboksen er tom. Lag en profil eller meld deg på nyhetsbrevet, så dukker det opp et brev.',
  to: 'Til',
  from: 'Fra',
  back: 'Til utboksen',
  caption: 'Brev',
  head: ['Emne', 'Til', 'Når'],
};

const en: typeof nb = {
  title: 'Outbox',
  lead: 'This is a demo. The letters below have not been sent to anyone; they lie here so that you can read them and follow the links.',
  empty: 'The outbox is empty. Make a profile or sign up for the newsletter and a letter will turn up.',
  to: 'To',
  from: 'From',
  back: 'To the outbox',
  caption: 'Letters',
  head: ['Subject', 'To', 'When'],
};

/** The demo's outbox. */
export const outbox: Record<Language, typeof nb> = { nb, en };
