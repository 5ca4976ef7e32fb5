import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Noe gikk galt hos oss',
  text: 'Det var ikke din feil, og ingenting er endret. Prøv igjen om litt.',
  notFoundTitle: 'Siden finnes ikke',
  notFoundText: 'Kanskje er lenken gammel, eller så har det sneket seg inn en skrivefeil i adressen.',
  forbiddenTitle: 'Du har ikke tilgang hit',
  forbiddenText: 'Denne siden er bare for dem som har det som oppgave å passe på personvernet.',
  tooManyTitle: 'Litt for fort',
  tooManyText: 'Det kom mange forespørsler på kort tid. Vent et minutt, og prøv igjen.',
  unavailableTitle: 'Vi er straks tilbake',
  unavailableText:
    'Tjenesten er nede et øyeblikk. Ingenting av det du har gitt oss, er borte. Personvernerklæringen kan du lese som før.',
  refusedTitle: 'Det går ikke',
  refusedText: 'Vi kunne ikke gjøre det du ba om. Ingenting er endret.',
  code: 'Kode',
  read: 'Les personvernerklæringen',
};

const en: typeof nb = {
  title: 'Something went wrong with us',
  text: 'It was not your fault, and nothing has changed. Try again in a little while.',
  notFoundTitle: 'There is no such page',
  notFoundText: 'The link may be old, or a typing mistake may have crept into the address.',
  forbiddenTitle: 'You do not have access to this',
  forbiddenText: 'This page is only for those whose job it is to look after privacy.',
  tooManyTitle: 'A little too fast',
  tooManyText: 'Many requests came in a short time. Wait a minute and try again.',
  unavailableTitle: 'We will be right back',
  unavailableText:
    'The service is down for a moment. Nothing you have given us is gone. You can read the privacy statement as before.',
  refusedTitle: 'That cannot be done',
  refusedText: 'We could not do what you asked for. Nothing has changed.',
  code: 'Code',
  read: 'Read the privacy statement',
};

/** Pages shown instead of the one asked for. */
export const problems: Record<Language, typeof nb> = { nb, en };
