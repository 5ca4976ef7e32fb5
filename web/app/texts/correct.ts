import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Rett opplysningene dine',
  lead: 'Endre det som er feil. Tømmer du et valgfritt felt, sletter vi det som står der.',
  newAddress:
    'Endrer du e-postadressen, sender vi en lenke til den nye. Til du har åpnet den, gjelder den gamle.',
  save: 'Lagre',
  back: 'Til «Mitt personvern» uten å lagre',
};

const en: typeof nb = {
  title: 'Correct your data',
  lead: 'Change what is wrong. If you empty an optional field, we erase what is there.',
  newAddress:
    'If you change the e-mail address, we send a link to the new one. Until you have opened it, the old one holds.',
  save: 'Save',
  back: 'To “My privacy” without saving',
};

/** Correcting, art. 16. */
export const correct: Record<Language, typeof nb> = { nb, en };
