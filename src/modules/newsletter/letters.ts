import type { Module } from '#gates/module.ts';

const WORDS = {
  nb: {
    subject: 'Bekreft at du vil ha nyhetsbrevet',
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    body: 'Noen har meldt denne adressen på nyhetsbrevet vårt. Vi sender ingenting før du selv sier ja.',
    action: 'Se og bekreft',
    closing: 'Var det ikke deg, trenger du ikke å gjøre noe. Da sletter vi adressen av oss selv.',
    path: '/nyhetsbrev/bekreft/',
  },
  en: {
    subject: 'Confirm that you want the newsletter',
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    body: 'Somebody has signed this address up for our newsletter. We send nothing until you say yes yourself.',
    action: 'Look and confirm',
    closing: 'If it was not you, you need do nothing. We then delete the address by ourselves.',
    path: '/en/newsletter/confirm/',
  },
} as const;

export const letters: NonNullable<Module['letters']> = {
  'newsletter.confirm': ({ language, name, reference, token }) => {
    const words = WORDS[language];
    return {
      subject: words.subject,
      paragraphs: [words.hello(name), words.body],
      action: { label: words.action, path: `${words.path}${token('newsletter.confirm', reference!)}` },
      closing: [words.closing],
    };
  },
};
