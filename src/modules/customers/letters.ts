import type { Letter, LetterContext, Module } from '#gates/module.ts';

const WORDS = {
  nb: {
    welcome: (operator: string) => `Velkommen til ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    made: 'Profilen din er klar. Med lenken under logger du inn og ser alt vi har om deg. Den virker én gang, det neste døgnet.',
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
    made: 'Your profile is ready. The link below signs you in and shows everything we hold on you. It works once, within a day.',
    known: (operator: string) => `${operator} knows you already`,
    tried:
      'Somebody, perhaps you, wanted to make a profile with this address. It is in use here already, so nothing has been changed. Sign in to see what is there and fill in the rest.',
    action: 'Sign in',
    closing:
      'If it was not you, you can ignore this letter. You can also sign in and erase everything we hold on you.',
  },
} as const;

function letter(
  { language, operator, reference, token, name }: LetterContext,
  kind: 'welcome' | 'known',
): Letter {
  const words = WORDS[language];
  const path = language === 'nb' ? '/min/inn/' : '/en/my/in/';
  return {
    subject: words[kind](operator),
    paragraphs: [words.hello(name), kind === 'welcome' ? words.made : words.tried],
    action: { label: words.action, path: `${path}${token('sign-in', reference!)}` },
    closing: [words.closing],
  };
}

export const letters: NonNullable<Module['letters']> = {
  'customers.welcome': (context) => letter(context, 'welcome'),
  'customers.known': (context) => letter(context, 'known'),
};
