import type { Letter, LetterContext, Module } from '#gates/module.ts';
import { deadlineText } from '#statement/words.ts';

const WORDS = {
  nb: {
    welcome: (operator: string) => `Velkommen til ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    made: (life: string) =>
      `Profilen din er klar. Med lenken under logger du inn og ser alt vi har om deg. Den virker én gang, og slutter å virke etter ${life}. Etterpå ber du bare om en ny.`,
    known: (operator: string) => `Du er kjent hos ${operator} fra før`,
    tried:
      'Noen, kanskje du, ville lage en profil med denne adressen. Den er i bruk hos oss fra før, så ingenting er endret. Logg inn for å se det som står der, og fylle ut resten.',
    action: 'Logg inn',
    closing:
      'Var det ikke deg, kan du se bort fra brevet. Du kan også logge inn og slette alt vi har om deg.',
  },
  en: {
    welcome: (operator: string) => `Welcome to ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    made: (life: string) =>
      `Your profile is ready. The link below signs you in and shows everything we hold on you. It works once, and stops working after ${life}. After that you just ask for a new one.`,
    known: (operator: string) => `${operator} knows you already`,
    tried:
      'Somebody, perhaps you, wanted to make a profile with this address. It is in use here already, so nothing has been changed. Sign in to see what is there and fill in the rest.',
    action: 'Sign in',
    closing:
      'If it was not you, you can ignore this letter. You can also sign in and erase everything we hold on you.',
  },
} as const;

function letter(
  { language, statement, reference, token, name }: LetterContext,
  kind: 'welcome' | 'known',
): Letter {
  const words = WORDS[language];
  const life = deadlineText(statement, 'sign-in-link', language);
  const path = language === 'nb' ? '/min/inn/' : '/en/my/in/';
  return {
    subject: words[kind](statement.operator.name),
    paragraphs: [words.hello(name), kind === 'welcome' ? words.made(life) : words.tried],
    action: { label: words.action, path: `${path}${token('sign-in', reference!)}` },
    closing: [words.closing],
  };
}

export const letters: NonNullable<Module['letters']> = {
  'customers.welcome': (context) => letter(context, 'welcome'),
  'customers.known': (context) => letter(context, 'known'),
};
