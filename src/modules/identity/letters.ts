import type { LetterContext, Module } from '#gates/module.ts';
import { deadlineText } from '#statement/words.ts';

const WORDS = {
  nb: {
    subject: (operator: string) => `Logg inn hos ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    body: (life: string) =>
      `Her er lenken din for å logge inn. Den virker én gang, og slutter å virke etter ${life}.`,
    action: 'Logg inn',
    ways: 'Se hvordan du logger inn',
    moveSubject: 'Bekreft den nye adressen din',
    move: 'Noen har bedt om å bli nådd på denne adressen i stedet for den gamle. Er det deg, bekrefter du her mens du er logget inn.',
    moveAction: 'Bekreft adressen',
    safety: 'Var det ikke deg? Logg inn og avslutt de andre innloggingene, eller skriv til oss med en gang.',
    closing: 'Har du ikke bedt om dette, kan du se bort fra brevet. Ingen kommer inn uten lenken.',
  },
  en: {
    subject: (operator: string) => `Sign in to ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    body: (life: string) =>
      `Here is your link for signing in. It works once, and stops working after ${life}.`,
    action: 'Sign in',
    ways: 'See how you sign in',
    moveSubject: 'Confirm your new address',
    move: 'Somebody has asked to be reached at this address instead of an old one. If it was you, confirm it here while signed in.',
    moveAction: 'Confirm the address',
    safety: 'Was it not you? Sign in and end the other sessions, or write to us at once.',
    closing: 'If you did not ask for this, you can ignore the letter. Nobody gets in without the link.',
  },
} as const;

function signIn({ language, name, statement, reference, token }: LetterContext) {
  const words = WORDS[language];
  const path = language === 'nb' ? '/min/inn/' : '/en/my/in/';
  return {
    subject: words.subject(statement.operator.name),
    paragraphs: [words.hello(name), words.body(deadlineText(statement, 'sign-in-link', language))],
    action: { label: words.action, path: `${path}${token('sign-in', reference!)}` },
    closing: [words.closing],
  };
}

/** What is told when a way of signing in comes, goes, or is worn out: nothing secret, and nothing to press that lets in. */
const NOTES = {
  'added-password': {
    nb: ['Du har fått et passord', 'Det er satt et passord på profilen din.'],
    en: ['You have a password', 'A password has been set on your profile.'],
  },
  'added-codes': {
    nb: [
      'Du bruker nå engangskoder',
      'En kodegenerator er lagt til. Heretter spør vi om en kode når du logger inn.',
    ],
    en: [
      'You now use one-time codes',
      'A code generator has been added. From now on we ask for a code when you sign in.',
    ],
  },
  'added-recovery': {
    nb: ['Du har fått nye reservekoder', 'Det er laget nye reservekoder. De gamle virker ikke lenger.'],
    en: ['You have new recovery codes', 'New recovery codes have been made. The old ones no longer work.'],
  },
  'added-passkey': {
    nb: ['Du har fått en passnøkkel', 'En passnøkkel er lagt til profilen din.'],
    en: ['You have a passkey', 'A passkey has been added to your profile.'],
  },
  'added-provider': {
    nb: ['Du kan nå logge inn på en ny måte', 'En konto hos noen andre er knyttet til profilen din.'],
    en: ['You can now sign in in a new way', 'An account elsewhere has been tied to your profile.'],
  },
  'removed-password': {
    nb: ['Passordet ditt er fjernet', 'Passordet på profilen din er fjernet.'],
    en: ['Your password is removed', 'The password on your profile has been removed.'],
  },
  'removed-codes': {
    nb: ['Engangskodene dine er slått av', 'Kodegeneratoren er fjernet fra profilen din.'],
    en: ['Your one-time codes are off', 'The code generator has been removed from your profile.'],
  },
  'removed-passkey': {
    nb: ['En passnøkkel er fjernet', 'En passnøkkel er fjernet fra profilen din.'],
    en: ['A passkey is removed', 'A passkey has been removed from your profile.'],
  },
  'removed-provider': {
    nb: [
      'En måte å logge inn på er fjernet',
      'En konto hos noen andre er ikke lenger knyttet til profilen din.',
    ],
    en: ['A way of signing in is removed', 'An account elsewhere is no longer tied to your profile.'],
  },
  'removed-all': {
    nb: [
      'Innloggingen din er stilt tilbake',
      'Vi har fjernet passord, koder og nøkler fra profilen din. Du logger inn med en lenke på e-post.',
    ],
    en: [
      'Your sign-in has been reset',
      'We have removed passwords, codes and keys from your profile. You sign in by a link in an e-mail.',
    ],
  },
  'role-given': {
    nb: [
      'Du har fått en rolle hos oss',
      'Du har fått en rolle som ansatt. Du logger inn med en lenke på e-post, og blir bedt om en ekstra måte å vise at det er deg på.',
    ],
    en: [
      'You have been given a role with us',
      'You have been given a role as one of our staff. You sign in by a link in an e-mail, and are asked for a second way of showing that it is you.',
    ],
  },
  'role-taken': {
    nb: ['En rolle er tatt fra deg', 'Du har ikke lenger en rolle som du hadde hos oss.'],
    en: ['A role has been taken from you', 'You no longer have a role that you had with us.'],
  },
  'recovery-used': {
    nb: [
      'En reservekode er brukt',
      'Noen har logget inn med en av reservekodene dine. Koden virker ikke lenger.',
    ],
    en: [
      'A recovery code was used',
      'Somebody has signed in with one of your recovery codes. The code no longer works.',
    ],
  },
  locked: {
    nb: [
      'Mange har gjettet på innloggingen din',
      'Det har vært mange mislykkede forsøk, så vi tar ikke imot flere i dag. Du kommer inn med en lenke på e-post.',
    ],
    en: [
      'Somebody keeps guessing at your sign-in',
      'There have been many failed tries, so we take no more today. You get in with a link by e-mail.',
    ],
  },
} as const;

function note(kind: keyof typeof NOTES) {
  return ({ language, name }: LetterContext) => {
    const words = WORDS[language];
    const [subject, text] = NOTES[kind][language];
    return {
      subject,
      paragraphs: [words.hello(name), text],
      action: { label: words.ways, path: language === 'nb' ? '/min/innlogging' : '/en/my/signing-in' },
      // Roles are given and taken by others, and whose they are has nothing to undo.
      closing: kind.startsWith('role-') ? [] : [words.safety],
    };
  };
}

function newAddress({ language, name, reference, token }: LetterContext) {
  const words = WORDS[language];
  const path = language === 'nb' ? '/min/adresse/' : '/en/my/address/';
  return {
    subject: words.moveSubject,
    paragraphs: [words.hello(name), words.move],
    action: { label: words.moveAction, path: `${path}${token('address', reference!)}` },
    closing: [words.closing],
  };
}

export const letters: NonNullable<Module['letters']> = {
  'identity.sign-in': signIn,
  'identity.new-address': newAddress,
  ...Object.fromEntries(
    (Object.keys(NOTES) as (keyof typeof NOTES)[]).map((kind) => [`identity.${kind}`, note(kind)]),
  ),
};
