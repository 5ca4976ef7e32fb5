import type { Letter, LetterContext, Module } from '#gates/module.ts';
import { periodText } from '#statement/period.ts';
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

const ENDS = {
  nb: {
    customer: {
      subject: (operator: string) => `Profilen din hos ${operator} slettes snart`,
      says: (period: string, notice: string) =>
        `Du har ikke brukt profilen din på lenge. Vi sletter den når det har gått ${period}, og det er om ${notice}. Vil du beholde den, er det nok å logge inn.`,
      closing: 'Vil du ikke det, trenger du ikke gjøre noe. Da blir alt borte av seg selv.',
    },
    resume: {
      subject: (operator: string) => `Siste sjanse til å ta opp tråden med ${operator}`,
      says: (period: string, notice: string) =>
        `Abonnementet tok slutt for snart ${period} siden. Om ${notice} sletter vi det som er igjen etter det. Logg inn hvis dere vil fortsette der dere slapp.`,
      closing:
        'Vil dere ikke tilbake, trenger dere ikke gjøre noe. Du kan også si nei på siden din, så slettes det med det samme.',
    },
    action: 'Logg inn',
  },
  en: {
    customer: {
      subject: (operator: string) => `Your profile at ${operator} will soon be deleted`,
      says: (period: string, notice: string) =>
        `You have not used your profile for a long time. We delete it after ${period}, which is ${notice} from now. To keep it, just sign in.`,
      closing: 'If you do not want it, there is nothing to do. It will be gone by itself.',
    },
    resume: {
      subject: (operator: string) => `A last chance to pick up the thread with ${operator}`,
      says: (period: string, notice: string) =>
        `The subscription ended nearly ${period} ago. In ${notice} we delete what is left of it. Sign in if you want to go on where you left off.`,
      closing:
        'If you do not want to come back, there is nothing to do. You can also say no on your page, and it is deleted at once.',
    },
    action: 'Sign in',
  },
} as const;

/** Tells that a storage period of the statement is nearly over, and what to do about it (clause `k.active-12-months`). */
function ending({ language, statement, name }: LetterContext, rule: 'customer' | 'resume'): Letter {
  const { period, notice = 'P0D' } = statement.storage[rule]!;
  const words = ENDS[language];
  const { subject, says, closing } = words[rule];
  return {
    subject: subject(statement.operator.name),
    paragraphs: [
      WORDS[language].hello(name),
      says(periodText(period, language), periodText(notice, language)),
    ],
    action: { label: words.action, path: language === 'nb' ? '/min/logg-inn' : '/en/my/sign-in' },
    closing: [closing],
  };
}

export const letters: NonNullable<Module['letters']> = {
  'customers.welcome': (context) => letter(context, 'welcome'),
  'customers.known': (context) => letter(context, 'known'),
  'keep.customer': (context) => ending(context, 'customer'),
  'keep.resume': (context) => ending(context, 'resume'),
};
