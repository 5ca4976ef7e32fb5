import type { LetterContext, Module } from '#gates/module.ts';
import { deadlineText } from '#statement/words.ts';

const WORDS = {
  nb: {
    subject: (operator: string) => `Logg inn hos ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    body: (life: string) =>
      `Her er lenken din for å logge inn. Den virker én gang, og slutter å virke etter ${life}.`,
    action: 'Logg inn',
    moveSubject: 'Bekreft den nye adressen din',
    move: 'Noen har bedt om å bli nådd på denne adressen i stedet for den gamle. Er det deg, bekrefter du her mens du er logget inn.',
    moveAction: 'Bekreft adressen',
    closing: 'Har du ikke bedt om dette, kan du se bort fra brevet. Ingen kommer inn uten lenken.',
  },
  en: {
    subject: (operator: string) => `Sign in to ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    body: (life: string) =>
      `Here is your link for signing in. It works once, and stops working after ${life}.`,
    action: 'Sign in',
    moveSubject: 'Confirm your new address',
    move: 'Somebody has asked to be reached at this address instead of an old one. If it was you, confirm it here while signed in.',
    moveAction: 'Confirm the address',
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
};
