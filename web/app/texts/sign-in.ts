import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Logg inn på «Mitt personvern»',
  lead: 'Skriv e-postadressen din, så sender vi deg en lenke. Du trenger ikke passord.',
  send: 'Send meg en lenke',
  worksFor: (period: string) => `Lenken virker én gang, i ${period}.`,
  sentTitle: 'Sjekk e-posten din',
  sentText: 'Har vi noe registrert på adressen, er en lenke på vei dit. Åpne den, så er du inne.',
  sentNothing:
    'Kom det ikke noe? Da er det enten skrevet en annen adresse, eller så har vi ikke noe på den. Av hensyn til den som eier adressen, sier vi ikke hvilken av delene det er.',
  enterTitle: 'Velkommen inn',
  enterText: 'Lenken er gyldig. Trykk på knappen, så er du inne.',
  enter: 'Logg inn',
  spentTitle: 'Lenken virker ikke lenger',
  spentText: 'Den virker bare én gang og bare en kort stund. Be om en ny, så er du snart inne.',
  again: 'Send meg en ny lenke',
  addressTitle: 'Bekreft den nye adressen',
  addressText: 'Trykk på knappen, så er det denne adressen vi bruker fra nå av. Den gamle slettes.',
  address: 'Bruk den nye adressen',
};

const en: typeof nb = {
  title: 'Sign in to “My privacy”',
  lead: 'Write your e-mail address and we will mail you a link. You need no password.',
  send: 'Mail me a link',
  worksFor: (period) => `The link works once, for ${period}.`,
  sentTitle: 'Check your e-mail',
  sentText: 'If we hold anything under that address, a link is on its way. Open it and you are in.',
  sentNothing:
    'Nothing came? Then either another address was written, or we hold nothing under it. For the sake of whoever owns the address, we do not say which.',
  enterTitle: 'Welcome',
  enterText: 'The link is good. Press the button and you are in.',
  enter: 'Sign in',
  spentTitle: 'The link no longer works',
  spentText: 'It works only once and only for a short while. Ask for a new one and you will soon be in.',
  again: 'Mail me a new link',
  addressTitle: 'Confirm the new address',
  addressText: 'Press the button and this is the address we use from now on. The old one is deleted.',
  address: 'Use the new address',
};

/** Signing in by a mailed link. */
export const signIn: Record<Language, typeof nb> = { nb, en };
