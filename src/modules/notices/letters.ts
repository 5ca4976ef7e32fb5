import type { Letter, LetterContext, Module } from '#gates/module.ts';
import { changeText } from '#statement/change-text.ts';
import { osloDate } from '#statement/period.ts';
import { dateText, inSentence, listText } from '#statement/words.ts';

const WORDS = {
  nb: {
    subject: (operator: string, date: string) => `${operator} endrer personvernerklæringen ${date}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    intro: (date: string, from: string, to: string) =>
      `Fra ${date} gjelder en ny versjon av personvernerklæringen vår (${to}, etter ${from}). Noe av det som endres, gjelder deg:`,
    look: 'Se de to versjonene ved siden av hverandre',
    asked: (purposes: string, several: boolean, date: string) =>
      `${several ? 'Du har sagt ja til ett eller flere av disse' : 'Du har sagt ja til dette'}: ${purposes}. Det du sa ja til, dekker ikke det nye. Derfor spør vi på nytt. Svarer du ikke, stanser vi ${date} og sletter det vi bare hadde til dette.`,
    renew: 'Les spørsmålet og svar',
    can: 'Er du uenig, kan du når som helst si nei til en bruk, trekke et samtykke eller slette alt. Det gjør du på «Mitt personvern». Du trenger ikke begrunne det.',
    my: 'Mitt personvern',
    undone: (operator: string) => `${operator} endrer ikke personvernerklæringen likevel`,
    undoneText: (version: string, date: string) =>
      `Vi skrev til deg om en ny versjon av personvernerklæringen vår, ${version}, som skulle gjelde fra ${date}. Den er trukket tilbake. Alt er som før, og det du har sagt ja eller nei til, står ved lag.`,
    statement: 'Les erklæringen som gjelder',
  },
  en: {
    subject: (operator: string, date: string) => `${operator} changes its privacy statement on ${date}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    intro: (date: string, from: string, to: string) =>
      `From ${date} a new version of our privacy statement applies (${to}, after ${from}). Some of what changes concerns you:`,
    look: 'See the two versions side by side',
    asked: (purposes: string, several: boolean, date: string) =>
      `You have said yes to ${several ? 'one or more of these' : 'this'}: ${purposes}. What you said yes to does not cover what is new, so we ask again. If you do not answer, we stop on ${date} and delete what we had for this alone.`,
    renew: 'Read the question and answer',
    can: 'If you disagree, you can at any time say no to a use, withdraw a consent or erase everything. You do that at “My privacy”. You need not give a reason.',
    my: 'My privacy',
    undone: (operator: string) => `${operator} does not change its privacy statement after all`,
    undoneText: (version: string, date: string) =>
      `We wrote to you about a new version of our privacy statement, ${version}, that was to apply from ${date}. It has been taken back. Everything is as before, and what you have said yes or no to stands.`,
    statement: 'Read the statement in force',
  },
} as const;

const PATHS = {
  nb: { versions: '/personvern/versjoner?fra=', to: '&til=', my: '/min', choices: '/nyhetsbrev/valg/' },
  en: {
    versions: '/en/privacy/versions?from=',
    to: '&to=',
    my: '/en/my',
    choices: '/en/newsletter/choices/',
  },
} as const;

/** A version that matters to whoever gets this: what changes, from when, and what they can do about it (`v.notice`). */
function notice({ language, name, coming, person, token }: LetterContext, asks: boolean): Letter {
  // Not known in this process yet: the letter waits until it is.
  if (coming === undefined || coming.application.withdrawn)
    throw new Error('the version is not open here, or is taken back');
  const [words, paths] = [WORDS[language], PATHS[language]];
  const { application, before, after } = coming;
  const [was, is] = [before.statement, after.statement];
  const date = dateText(osloDate(application.effectiveAt), language);
  const changes = application.decision.changes.filter(({ material }) => material);
  const lines = [...new Set(changes.map((change) => changeText(change, was, is, language)))];
  const purposes = application.decision.consents.map(({ purpose }) => purpose);
  const labels = listText(
    purposes.map((id) => inSentence(was.purposes[id]!.label[language])),
    language,
  );
  const choices =
    purposes.length === 1 && purposes[0] === 'newsletter'
      ? `${paths.choices}${token('newsletter.preferences', person)}`
      : paths.my;
  const side = `${paths.versions}${was.version}${paths.to}${is.version}`;
  const action = asks ? { label: words.renew, path: choices } : { label: words.look, path: side };
  const others = [
    { label: words.look, path: side },
    { label: words.my, path: paths.my },
  ];
  return {
    subject: words.subject(is.operator.name, date),
    paragraphs: [
      words.hello(name),
      words.intro(date, was.version, is.version),
      ...lines.map((line) => `• ${line}`),
      ...(asks ? [words.asked(labels, purposes.length > 1, date)] : []),
      words.can,
    ],
    action,
    further: others.filter(({ path }) => path !== action.path),
  };
}

/** A version that people were written to about, and that will not come. */
function withdrawn({ language, name, coming, statement }: LetterContext): Letter {
  if (coming === undefined) throw new Error('the version is not open here yet');
  const words = WORDS[language];
  const { version, effectiveAt } = coming.application;
  return {
    subject: words.undone(statement.operator.name),
    paragraphs: [words.hello(name), words.undoneText(version, dateText(osloDate(effectiveAt), language))],
    action: { label: words.statement, path: language === 'nb' ? '/personvern' : '/en/privacy' },
  };
}

export const letters: NonNullable<Module['letters']> = {
  'notices.version': (context) => notice(context, false),
  'notices.consent': (context) => notice(context, true),
  'notices.withdrawn': withdrawn,
};
