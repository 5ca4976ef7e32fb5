import type { Change } from './compare.ts';
import type { Language, Statement, Text } from './grammar.ts';
import { periodText } from './period.ts';

/** Why a change matters to a person, or does not, by the words that {@link Change.why} has. A test sees to it that none is missing. */
export const REASONS: Readonly<Record<string, Text>> = {
  'another controller': {
    nb: 'et annet selskap bestemmer over opplysningene',
    en: 'another company decides over the data',
  },
  'the controller is in another country': {
    nb: 'selskapet holder til i et annet land',
    en: 'the company is in another country',
  },
  'another age of consent': {
    nb: 'aldersgrensen for å samtykke er en annen',
    en: 'the age at which you can consent is another',
  },
  'decisions become automated': {
    nb: 'avgjørelser blir tatt av en datamaskin',
    en: 'decisions are made by a computer',
  },
  'the duty is reached elsewhere': {
    nb: 'beredskapen nås på en annen adresse',
    en: 'the readiness team is reached at another address',
  },
  'the data protection officer is reached elsewhere': {
    nb: 'personvernombudet nås på en annen adresse',
    en: 'the data protection officer is reached at another address',
  },
  'the fiscal year ends on another day, so accounts may be kept longer': {
    nb: 'regnskapsåret slutter en annen dag, så bilag kan bli lagret lenger',
    en: 'the fiscal year ends on another day, so accounts may be kept longer',
  },
  'figures are kept of fewer people': {
    nb: 'tall kan bli lagret om færre mennesker',
    en: 'figures can be kept of fewer people',
  },
  'a right is gone': { nb: 'en rettighet er borte', en: 'a right is gone' },
  'a promise is gone': { nb: 'et løfte er borte', en: 'a promise is gone' },
  'more is kept': { nb: 'vi lagrer noe mer enn før', en: 'we store something more than before' },
  'somebody else decides over it': {
    nb: 'noen andre bestemmer over opplysningen',
    en: 'somebody else decides over the data',
  },
  'it comes about in another way': {
    nb: 'opplysningen blir til på en annen måte',
    en: 'the data comes about in another way',
  },
  'data comes from a new source': {
    nb: 'vi henter opplysninger fra en ny kilde',
    en: 'we fetch data from a new source',
  },
  'the source is of another kind': { nb: 'kilden er av et annet slag', en: 'the source is of another kind' },
  'the source is open to others than before': {
    nb: 'kilden er åpen for andre enn før',
    en: 'the source is open to others than before',
  },
  'data is used for something new': {
    nb: 'vi bruker opplysninger til noe nytt',
    en: 'we use data for something new',
  },
  'it rests on another ground, which gives other rights': {
    nb: 'bruken bygger på et annet grunnlag, som gir andre rettigheter',
    en: 'the use rests on another ground, which gives other rights',
  },
  'it uses more': {
    nb: 'vi bruker flere slags opplysninger til dette',
    en: 'we use more kinds of data for this',
  },
  'it is marketing, or is no longer counted as such': {
    nb: 'hva vi regner som markedsføring, er endret',
    en: 'what we count as marketing has changed',
  },
  'it is no longer kept to one client at a time': {
    nb: 'opplysningene holdes ikke lenger adskilt kunde for kunde',
    en: 'the data is no longer kept apart client by client',
  },
  'it goes on while restricted': {
    nb: 'bruken fortsetter også når du har bedt oss begrense den',
    en: 'the use goes on even when you have asked us to restrict it',
  },
  'data comes in without the person giving it': {
    nb: 'opplysninger kommer inn uten at du oppgir dem',
    en: 'data comes in without you giving it',
  },
  'what comes in is used for something else': {
    nb: 'det som kommer inn, brukes til noe annet',
    en: 'what comes in is used for something else',
  },
  'it comes from another source': {
    nb: 'opplysningene kommer fra en annen kilde',
    en: 'the data comes from another source',
  },
  'more is asked for': { nb: 'vi spør om mer enn før', en: 'we ask for more than before' },
  'what was optional must be given': {
    nb: 'noe som var valgfritt, må nå oppgis',
    en: 'something that was optional must now be given',
  },
  'somebody new gets data': { nb: 'noen nye får opplysninger', en: 'somebody new gets data' },
  'somebody else gets the data': { nb: 'noen andre får opplysningene', en: 'somebody else gets the data' },
  'the recipient acts in another capacity': {
    nb: 'mottakeren har en annen rolle',
    en: 'the recipient acts in another capacity',
  },
  'the data goes to another country': {
    nb: 'opplysningene sendes til et annet land',
    en: 'the data goes to another country',
  },
  'the recipient uses it for more': {
    nb: 'mottakeren bruker opplysningene til mer',
    en: 'the recipient uses the data for more',
  },
  'the recipient gets more': {
    nb: 'mottakeren får flere slags opplysninger',
    en: 'the recipient gets more kinds of data',
  },
  'the transfer rests on another ground': {
    nb: 'overføringen bygger på et annet grunnlag',
    en: 'the transfer rests on another ground',
  },
  'something new is stored on the device': {
    nb: 'noe nytt lagres i nettleseren din',
    en: 'something new is stored in your browser',
  },
  'it is used for something else': { nb: 'det brukes til noe annet', en: 'it is used for something else' },
  'it lasts longer on the device': {
    nb: 'det blir liggende lenger i nettleseren din',
    en: 'it stays longer in your browser',
  },
  'it is stored without asking': { nb: 'det lagres uten at vi spør', en: 'it is stored without us asking' },
  'a time limit is no longer promised': { nb: 'en frist er borte', en: 'a time limit is gone' },
  'it may take longer': { nb: 'en frist er blitt lengre', en: 'a time limit has become longer' },
  'you are told later': { nb: 'du får beskjed senere enn før', en: 'you are told later than before' },
  'something is kept that was not kept for this before': {
    nb: 'vi lagrer noe til dette som vi ikke lagret før',
    en: 'we store something for this that we did not store before',
  },
  'the period starts from another moment': {
    nb: 'tiden vi lagrer, regnes fra noe annet',
    en: 'the time we store it is counted from something else',
  },
  'something is left when the period is over': {
    nb: 'noe blir igjen når lagringstiden er over',
    en: 'something is left when the storage period is over',
  },
  'nobody is told before it ends': {
    nb: 'du får ikke lenger beskjed før det slettes',
    en: 'you are no longer told before it is deleted',
  },
  'an objection no longer ends it': {
    nb: 'du kan ikke lenger stanse det ved å si nei',
    en: 'saying no no longer ends it',
  },
  'nothing that matters to a person': {
    nb: 'ingenting som betyr noe for noen',
    en: 'nothing that matters to a person',
  },
  'other rules decide the same': {
    nb: 'andre regler bestemmer det samme',
    en: 'other rules decide the same',
  },
  'nothing of it is kept any more': {
    nb: 'vi lagrer ikke noe av dette lenger',
    en: 'we no longer store any of this',
  },
  'it is kept for a shorter time': {
    nb: 'vi lagrer kortere enn før',
    en: 'we store it for a shorter time than before',
  },
  'it is kept longer': { nb: 'vi lagrer lenger enn før', en: 'we store it for longer than before' },
};

/** Why a change matters or does not, and its periods, in both languages; a rule that says nothing of it is `changed`. */
export function reasonOf({ why, periods }: Pick<Change, 'why' | 'periods'>): Text {
  const reason = REASONS[why] ?? { nb: 'dette er endret', en: 'this has changed' };
  if (periods === undefined) return reason;
  const said = (language: Language, now: string) =>
    ` (${periodText(periods.before, language)}${now}${periodText(periods.after, language)})`;
  return { nb: `${reason.nb}${said('nb', ', nå ')}`, en: `${reason.en}${said('en', ', now ')}` };
}

/** What a change means to a person, in one line: the promise it falls under, why it matters, and the periods if it is about one. */
export function changeText(change: Change, before: Statement, after: Statement, language: Language): string {
  const { clause } = change;
  const title = (after.clauses[clause] ?? before.clauses[clause])?.title[language] ?? clause;
  return `${title}: ${reasonOf(change)[language]}.`;
}
