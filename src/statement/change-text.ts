import type { Change } from './compare.ts';
import type { Language, Statement } from './grammar.ts';
import { periodText } from './period.ts';

/** Why a change matters, in Norwegian, by the words that {@link Change.why} has. A test sees to it that none is missing. */
export const WHY_NB: Readonly<Record<string, string>> = {
  'another controller': 'et annet selskap bestemmer over opplysningene',
  'the controller is in another country': 'selskapet holder til i et annet land',
  'another age of consent': 'aldersgrensen for å samtykke er en annen',
  'decisions become automated': 'avgjørelser blir tatt av en datamaskin',
  'the duty is reached elsewhere': 'beredskapen nås på en annen adresse',
  'the data protection officer is reached elsewhere': 'personvernombudet nås på en annen adresse',
  'a right is gone': 'en rettighet er borte',
  'a promise is gone': 'et løfte er borte',
  'more is kept': 'vi lagrer noe mer enn før',
  'somebody else decides over it': 'noen andre bestemmer over opplysningen',
  'it comes about in another way': 'opplysningen blir til på en annen måte',
  'data comes from a new source': 'vi henter opplysninger fra en ny kilde',
  'the source is of another kind': 'kilden er av et annet slag',
  'the source is open to others than before': 'kilden er åpen for andre enn før',
  'data is used for something new': 'vi bruker opplysninger til noe nytt',
  'it rests on another ground, which gives other rights':
    'bruken bygger på et annet grunnlag, som gir andre rettigheter',
  'it uses more': 'vi bruker flere slags opplysninger til dette',
  'it is marketing, or is no longer counted as such': 'hva vi regner som markedsføring, er endret',
  'it goes on while restricted': 'bruken fortsetter også når du har bedt oss begrense den',
  'data comes in without the person giving it': 'opplysninger kommer inn uten at du oppgir dem',
  'what comes in is used for something else': 'det som kommer inn, brukes til noe annet',
  'it comes from another source': 'opplysningene kommer fra en annen kilde',
  'more is asked for': 'vi spør om mer enn før',
  'what was optional must be given': 'noe som var valgfritt, må nå oppgis',
  'somebody new gets data': 'noen nye får opplysninger',
  'somebody else gets the data': 'noen andre får opplysningene',
  'the recipient acts in another capacity': 'mottakeren har en annen rolle',
  'the data goes to another country': 'opplysningene sendes til et annet land',
  'the recipient uses it for more': 'mottakeren bruker opplysningene til mer',
  'the recipient gets more': 'mottakeren får flere slags opplysninger',
  'the transfer rests on another ground': 'overføringen bygger på et annet grunnlag',
  'something new is stored on the device': 'noe nytt lagres i nettleseren din',
  'it is used for something else': 'det brukes til noe annet',
  'it lasts longer on the device': 'det blir liggende lenger i nettleseren din',
  'it is stored without asking': 'det lagres uten at vi spør',
  'a time limit is no longer promised': 'en frist er borte',
  'it may take longer': 'en frist er blitt lengre',
  'you are told later': 'du får beskjed senere enn før',
  'something is kept that was not kept for this before': 'vi lagrer noe til dette som vi ikke lagret før',
  'the period starts from another moment': 'tiden vi lagrer, regnes fra noe annet',
  'something is left when the period is over': 'noe blir igjen når lagringstiden er over',
  'it is kept longer': 'vi lagrer lenger enn før',
};

/** What a change means to a person, in one line: the promise it falls under, why it matters, and the periods if it is about one. */
export function changeText(
  { clause, what, why }: Change,
  before: Statement,
  after: Statement,
  language: Language,
): string {
  const title = (after.clauses[clause] ?? before.clauses[clause])?.title[language] ?? clause;
  const reason = language === 'en' ? why : (WHY_NB[why] ?? 'dette er endret');
  const periods = periodsOf(what, before, after);
  const words =
    periods === undefined
      ? ''
      : ` (${periods.map((period) => periodText(period, language)).join(language === 'nb' ? ', nå ' : ', now ')})`;
  return `${title}: ${reason}${words}.`;
}

/** The old and the new period, where a rule of storage or a time limit got another. */
function periodsOf(what: string, before: Statement, after: Statement): [string, string] | undefined {
  const of = (statement: Statement) => {
    const [collection = '', ...rest] = what.replace(/\.period$/, '').split('.');
    const id = rest.join('.');
    return collection === 'storage'
      ? statement.storage[id]?.period
      : collection === 'deadlines'
        ? statement.deadlines?.[id]?.period
        : undefined;
  };
  const [was, is] = [of(before), of(after)];
  return was === undefined || is === undefined || was === is ? undefined : [was, is];
}
