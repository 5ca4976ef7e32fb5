import type { Basis, Ending, Language, Statement, Text } from './grammar.ts';
import { periodText } from './period.ts';

const BASES: Record<Basis, Text> = {
  'A6-1-a': { nb: 'samtykke', en: 'consent' },
  'A6-1-b': { nb: 'avtale med deg', en: 'contract with you' },
  'A6-1-c': { nb: 'rettslig plikt', en: 'legal obligation' },
  'A6-1-d': { nb: 'vern av liv og helse', en: 'vital interests' },
  'A6-1-e': { nb: 'oppgave i allmennhetens interesse', en: 'public task' },
  'A6-1-f': { nb: 'berettiget interesse', en: 'legitimate interest' },
};

/** A legal basis in plain words with its place in the GDPR: `samtykke (art. 6 nr. 1 a)`, `consent (art. 6(1)(a))`. */
export function basisText(basis: Basis, language: Language): string {
  const letter = basis.slice(-1);
  return `${BASES[basis][language]} ${language === 'nb' ? `(art. 6 nr. 1 ${letter})` : `(art. 6(1)(${letter}))`}`;
}

const ENDINGS: Record<Ending, Text> = {
  delete: { nb: 'slettes', en: 'deleted' },
  anonymise: { nb: 'anonymiseres', en: 'anonymised' },
  hold: { nb: 'slettes, men ikke før, selv om du ber om det', en: 'deleted, but no sooner, even if you ask' },
  archive: { nb: 'flyttes til regnskapets arkiv', en: 'moved to the accounting archive' },
  hash: {
    nb: 'slettes; lagres bare som et merke ingen kan lese',
    en: 'deleted; kept only as a mark nobody can read',
  },
};

/** What happens when a storage period is over, as a table says it. */
export function endingText(end: Ending, language: Language): string {
  return ENDINGS[end][language];
}

const CHOICES: Record<string, Text> = {
  controller: { nb: 'vi bestemmer', en: 'we decide' },
  processor: { nb: 'kunden bestemmer', en: 'the client decides' },
  authority: { nb: 'myndighet', en: 'authority' },
  provided: { nb: 'fra deg', en: 'from you' },
  given: { nb: 'du oppgir det', en: 'you give it' },
  observed: { nb: 'blir til ved bruk', en: 'comes about by use' },
  derived: { nb: 'lager vi selv', en: 'made by us' },
  'third-party': { nb: 'hentes fra andre', en: 'fetched from others' },
  required: { nb: 'må oppgis', en: 'must be given' },
  optional: { nb: 'valgfritt', en: 'optional' },
};

/** One of the grammar's fixed words, such as `observed`, in plain words; the word itself when it has none. */
export function choiceText(word: string, language: Language): string {
  if (Object.hasOwn(BASES, word)) return basisText(word as Basis, language);
  if (Object.hasOwn(ENDINGS, word)) return endingText(word as Ending, language);
  return Object.hasOwn(CHOICES, word) ? CHOICES[word]![language] : word;
}

/** What an objection does to what is stored, as the end of a sentence: `… slettes det med det samme`. */
export function objectionText(ends: boolean, language: Language): string {
  if (language === 'nb')
    return ends ? 'slettes det med det samme' : 'slutter vi å bruke det, og sletter når tiden er ute';
  return ends ? 'it is deleted at once' : 'we stop using it, and delete it when its time is up';
}

/** `ja`/`nei`, `yes`/`no`. */
export function yesNoText(yes: boolean, language: Language): string {
  if (language === 'nb') return yes ? 'ja' : 'nei';
  return yes ? 'yes' : 'no';
}

/** A life such as `P30D` or `session` in words. */
export function lifeText(life: string, language: Language): string {
  if (life !== 'session') return periodText(life, language);
  return language === 'nb' ? 'til du lukker nettleseren' : 'until you close the browser';
}

/** `23. november 2026`, `23 November 2026`, from an ISO date. */
export function dateText(date: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'nb' ? 'nb-NO' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** A day of every year, from month and day: `31. desember`, `31 December`; `02-29` is the last of February. */
export function dayOfYearText(day: string, language: Language): string {
  if (day === '02-29') return language === 'nb' ? 'siste dag i februar' : 'the last day of February';
  const format = new Intl.DateTimeFormat(language === 'nb' ? 'nb-NO' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(`2001-${day}T00:00:00Z`));
}

/** Name of a country from its ISO 3166 code. */
export function countryText(code: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

/** `a, b og c`; `ingen` or `none` when there is nothing. Labels within a sentence begin in lower case. */
export function listText(items: readonly string[], language: Language): string {
  if (items.length === 0) return language === 'nb' ? 'ingen' : 'none';
  return new Intl.ListFormat(language === 'nb' ? 'nb' : 'en-GB', { type: 'conjunction' }).format(items);
}

/** A label as it stands inside a sentence: `navn`, but `IP-adresse` and `E-post` keep what belongs to them. */
export function inSentence(label: string): string {
  return /^\p{Lu}(?=[\p{Ll}\s-])/u.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label;
}

/** A text as it begins a sentence or a table cell. */
export function capital(text: string): string {
  return text === '' ? text : text[0]!.toUpperCase() + text.slice(1);
}

/** How long a deadline of the statement is, in words: `10 minutter`. RangeError when there is none by that name. */
export function deadlineText(statement: Statement, name: string, language: Language): string {
  const deadline = statement.deadlines?.[name];
  if (deadline === undefined) throw new RangeError(`the statement has no deadline ${name}`);
  return periodText(deadline.period, language);
}
