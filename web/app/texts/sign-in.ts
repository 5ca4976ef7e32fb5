import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Logg inn på «Mitt personvern»',
  lead: 'Skriv e-postadressen din, så sender vi deg en lenke. Du trenger ikke passord.',
  send: 'Send meg en lenke',
  worksFor: (period: string) => `Lenken virker én gang, i ${period}.`,
  otherWays: 'Andre måter å logge inn på',
  by: (name: string) => `Logg inn med ${name}`,
  backText: 'Du er tilbake. Trykk på knappen, så er du inne.',
  askedText:
    'Vi kjenner ikke kontoen ennå. Hører adressen i den til noen hos oss, har vi sendt et brev dit. Åpne lenken i brevet, så kan du logge inn med kontoen siden.',
  cancelledTitle: 'Det ble ikke noe av innloggingen',
  cancelledText: 'Ingenting er endret. Prøv igjen, eller logg inn på en annen måte.',
  byPassword: 'Logg inn med passord',
  byPasskey: 'Logg inn med passnøkkel',
  passkeyLead: 'Du bekrefter med fingeren, ansiktet eller koden du låser opp enheten med.',
  password: 'Passord',
  passwordLead: 'Har du ikke laget et passord, eller har du glemt det, logger du inn med en lenke på e-post.',
  byLink: 'Send meg en lenke i stedet',
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
  otherWays: 'Other ways to sign in',
  by: (name) => `Sign in with ${name}`,
  backText: 'You are back. Press the button and you are in.',
  askedText:
    'We do not know the account yet. If its address belongs to somebody here, we have mailed a letter to it. Open the link in that, and you can sign in with the account from then on.',
  cancelledTitle: 'The sign-in came to nothing',
  cancelledText: 'Nothing has changed. Try again, or sign in another way.',
  byPassword: 'Sign in by password',
  byPasskey: 'Sign in by passkey',
  passkeyLead: 'You confirm by the finger, the face or the code that you unlock the device with.',
  password: 'Password',
  passwordLead: 'If you have made no password, or have forgotten it, sign in by a link in an e-mail.',
  byLink: 'Mail me a link instead',
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
