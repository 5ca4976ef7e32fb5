import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Opplysningene dine, på dine vilkår',
  lead: (operator: string) =>
    `Hos ${operator} ser du selv hva vi vet om deg, hvorfor vi har det, og hvilken dag det forsvinner. Og du kan si stopp når som helst.`,
  becomeTitle: 'Bli kunde',
  becomeText:
    'Finn bedriften, velg moduler og godta avtalen. Det tar et par minutter, og du kan slutte når du vil.',
  becomeGo: 'Bli kunde',
  newsletterTitle: 'Få nyhetsbrevet',
  newsletterText:
    'Velg hva du vil lese om. Du bekrefter med et klikk i e-posten, og melder deg av med et til.',
  newsletterGo: 'Velg temaer',
  myTitle: 'Mitt personvern',
  myText:
    'Alt vi har om deg på én side: se, rett, slett eller ta det med deg. Du får en lenke på e-post og trenger ikke noe passord.',
  myGo: 'Se hva vi har om deg',
  statement: 'Personvernerklæringen',
  statementVersion: (version: string, date: string) => `Versjon ${version}, oppdatert ${date}`,
};

const en: typeof nb = {
  title: 'Your data, on your terms',
  lead: (operator) =>
    `At ${operator} you can see for yourself what we know about you, why we have it, and the day it leaves. And you can say stop whenever you like.`,
  becomeTitle: 'Become a customer',
  becomeText:
    'Find the company, choose modules and accept the agreement. It takes a couple of minutes, and you can stop whenever you like.',
  becomeGo: 'Become a customer',
  newsletterTitle: 'Get the newsletter',
  newsletterText:
    'Choose what you want to read about. You confirm with one click in the e-mail, and leave with another.',
  newsletterGo: 'Choose topics',
  myTitle: 'My privacy',
  myText:
    'Everything we hold on you on one page: see it, correct it, erase it or take it with you. We mail you a link, and you need no password.',
  myGo: 'See what we hold on you',
  statement: 'The privacy statement',
  statementVersion: (version, date) => `Version ${version}, updated ${date}`,
};

/** The front page. */
export const home: Record<Language, typeof nb> = { nb, en };
