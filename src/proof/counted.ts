import type { Text } from '#statement/grammar.ts';

/** A number of things that a check looked at. */
export interface Counted {
  readonly n: number;
  readonly of: Noun;
}

interface Word {
  /** One and several of them, in both languages. */
  readonly one: Text;
  readonly several: Text;
  /** True for people and their acts: told in public as a round number, since small ones and changes can give away who. */
  readonly people?: true;
}

const word = (nb: string, severalNb: string, en: string, severalEn = `${en}s`): Word => ({
  one: { nb, en },
  several: { nb: severalNb, en: severalEn },
});
const ofPeople = (...words: Parameters<typeof word>): Word => ({ ...word(...words), people: true });

/** Everything that checks count, in the words of both languages. A check that counts something new names it here. */
const NOUNS = {
  purpose: word('formål', 'formål', 'purpose'),
  right: word('rett til en kolonne', 'rettigheter til kolonner', 'column right'),
  role: word('databaserolle', 'databaseroller', 'role'),
  policy: word('radregel', 'radregler', 'policy', 'policies'),
  client: ofPeople('kunde', 'kunder', 'client'),
  clientKey: ofPeople('nøkkel til en kunde', 'nøkler til kunder', 'key for a client', 'keys for clients'),
  user: ofPeople('bruker', 'brukere', 'user'),
  recipient: word(
    'mottaker i registeret',
    'mottakere i registeret',
    'recipient in the register',
    'recipients in the register',
  ),
  table: word('tabell', 'tabeller', 'table'),
  column: word('kolonne', 'kolonner', 'column'),
  columnRead: word(
    'kolonne lest i sin helhet',
    'kolonner lest i sin helhet',
    'column read whole',
    'columns read whole',
  ),
  columnInPart: word(
    'kolonne lest i det nyeste og i en tilfeldig del',
    'kolonner lest i det nyeste og i en tilfeldig del',
    'column read in its newest and in a random part',
    'columns read in their newest and in a random part',
  ),
  columnOfIds: word('kolonne med numre', 'kolonner med numre', 'column of ids', 'columns of ids'),
  sealedColumn: word('forseglet kolonne', 'forseglede kolonner', 'sealed column'),
  file: word('fil lest i sin helhet', 'filer lest i sin helhet', 'file read whole', 'files read whole'),
  guard: word('vakt i databasen', 'vakter i databasen', 'guard'),
  host: word('domene', 'domener', 'host'),
  passage: word(
    'avsnitt funnet ord for ord',
    'avsnitt funnet ord for ord',
    'passage found word for word',
    'passages found word for word',
  ),
  version: word('versjon', 'versjoner', 'version'),
  plan: word('plan', 'planer', 'plan'),
  begunVersion: word(
    'versjon som har begynt å gjelde',
    'versjoner som har begynt å gjelde',
    'version that took effect',
    'versions that took effect',
  ),
  materialVersion: word(
    'versjon som betyr noe for folk',
    'versjoner som betyr noe for folk',
    'version that matters to people',
    'versions that matter to people',
  ),
  notice: ofPeople('varsel', 'varsler', 'notice'),
  day: word('dag', 'dager', 'day'),
  group: word('gruppe', 'grupper', 'group'),
  restore: word('tilbakelegging', 'tilbakelegginger', 'restore'),
  blockNoted: word(
    'blokk notert et annet sted',
    'blokker notert et annet sted',
    'block noted apart',
    'blocks noted apart',
  ),
  notedWish: ofPeople(
    'ønske notert et annet sted',
    'ønsker notert et annet sted',
    'wish noted apart',
    'wishes noted apart',
  ),
  fiscalYear: word(
    'regnskapsår og type',
    'regnskapsår og typer',
    'fiscal year and kind',
    'fiscal years and kinds',
  ),
  shelf: word('hylle i arkivet', 'hyller i arkivet', 'shelf of the archive', 'shelves of the archive'),
  block: word('blokk', 'blokker', 'block'),
  entry: ofPeople('innførsel', 'innførsler', 'entry', 'entries'),
  entryHashed: ofPeople(
    'innførsel regnet om',
    'innførsler regnet om',
    'entry hashed anew',
    'entries hashed anew',
  ),
  place: word('lagringssted', 'lagringssteder', 'place'),
  keptItem: word(
    'kombinasjon av formål og opplysning',
    'kombinasjoner av formål og opplysning',
    'combination of purpose and item',
    'combinations of purpose and item',
  ),
  askedItem: word(
    'kombinasjon av innsamlingspunkt og opplysninger',
    'kombinasjoner av innsamlingspunkt og opplysninger',
    'combination of point and items',
    'combinations of point and items',
  ),
  thirdParty: word('tredjepart i bruk', 'tredjeparter i bruk', 'third party seen', 'third parties seen'),
  thirdPartyRow: ofPeople(
    'rad fra en tredjepart',
    'rader fra en tredjepart',
    'row from a third party',
    'rows from a third party',
  ),
  removedCompany: word(
    'bedrift som registeret har fjernet',
    'bedrifter som registeret har fjernet',
    'company that the register has removed',
    'companies that the register has removed',
  ),
  namedThirdParty: word(
    'tredjepart i erklæringen',
    'tredjeparter i erklæringen',
    'third party in the statement',
    'third parties in the statement',
  ),
  person: ofPeople('person', 'personer', 'person', 'people'),
  sealedValue: ofPeople('forseglet verdi', 'forseglede verdier', 'sealed value'),
  row: ofPeople('rad', 'rader', 'row'),
  nonce: ofPeople(
    'engangstall sammenlignet',
    'engangstall sammenlignet',
    'nonce compared',
    'nonces compared',
  ),
  idCompared: ofPeople('nummer sammenlignet', 'numre sammenlignet', 'id compared', 'ids compared'),
  receiptHashed: ofPeople(
    'kvittering regnet om',
    'kvitteringer regnet om',
    'receipt hashed anew',
    'receipts hashed anew',
  ),
  collection: ofPeople('innsamling', 'innsamlinger', 'act of collection', 'acts of collection'),
  consentedCollection: ofPeople(
    'innsamling på samtykke',
    'innsamlinger på samtykke',
    'act of collection on consent',
    'acts of collection on consent',
  ),
  answer: ofPeople('svar', 'svar', 'answer'),
  consent: ofPeople('samtykke', 'samtykker', 'consent'),
  withdrawal: ofPeople('tilbaketrekking', 'tilbaketrekkinger', 'withdrawal'),
  wish: ofPeople(
    'begrensning eller protest',
    'begrensninger og protester',
    'restriction or objection',
    'restrictions and objections',
  ),
  optedOut: ofPeople(
    'adresse som er meldt av',
    'adresser som er meldt av',
    'opted-out address',
    'opted-out addresses',
  ),
  record: ofPeople('bilag i arkivet', 'bilag i arkivet', 'record in the archive', 'records in the archive'),
  receipt: ofPeople('kvittering', 'kvitteringer', 'receipt'),
  erasure: ofPeople('sletting', 'slettinger', 'erasure'),
  hold: ofPeople('slettesperre', 'slettesperrer', 'hold'),
  standingHold: ofPeople(
    'slettesperre som gjelder',
    'slettesperrer som gjelder',
    'hold that stands',
    'holds that stand',
  ),
} satisfies Record<string, Word>;
export type Noun = keyof typeof NOUNS;

/** Counts a number of something that has words in both languages. */
export function many(n: number, of: Noun): Counted {
  return { n, of };
}

/** `3 tables, 1 person`: exact, for whoever may run a proof. */
export function exactly(counted: readonly Counted[]): string {
  return counted.map(({ n, of }) => `${n} ${form(of, n).en}`).join(', ');
}

/** Below this nothing is told of people in public but that they are fewer. */
const FEW = 10;

/**
 * The same for everybody: of people and what they did only whole tens, and of fewer than ten only that. A number that
 * goes from 31 to 30 overnight, or stands at 1, may tell somebody who knows the rest whose it is.
 */
export function inPublic(counted: readonly Counted[]): Text {
  const tell = (language: keyof Text) => counted.map((each) => publicly(each, language)).join(', ');
  return { nb: tell('nb'), en: tell('en') };
}

function publicly({ n, of }: Counted, language: keyof Text): string {
  const { people, several }: Word = NOUNS[of];
  if (people === undefined) return `${grouped(n, language)} ${form(of, n)[language]}`;
  if (n < FEW) return `${{ nb: 'færre enn', en: 'fewer than' }[language]} ${FEW} ${several[language]}`;
  const round = grouped(n - (n % FEW), language);
  return `${{ nb: 'minst', en: 'at least' }[language]} ${round} ${several[language]}`;
}

function form(of: Noun, n: number): Text {
  return n === 1 ? NOUNS[of].one : NOUNS[of].several;
}

const NUMBERS = { nb: new Intl.NumberFormat('nb-NO'), en: new Intl.NumberFormat('en-GB') };

function grouped(n: number, language: keyof Text): string {
  return NUMBERS[language].format(n);
}
