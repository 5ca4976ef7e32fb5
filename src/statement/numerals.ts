import type { Language } from './grammar.ts';

/** A number typed into prose: where it starts, and what was written. */
export interface Typed {
  readonly offset: number;
  readonly written: string;
}

const LAW_LIST = String.raw`\d+(?:-\d+)?(?:\s?[a-z](?![\p{L}\d]))?(?:\(\d+\)|\([a-z]\))*`;
/**
 * A reference to a law: `art. 6 nr. 1 bokstav f`, `articles 13-14`, `article 6(1)(a)`, `§ 3-15 andre ledd`, `§§ 17 og 18`,
 * `(EU) 2016/679`. The only place where a digit may be typed.
 */
const LAW = new RegExp(
  String.raw`(?:§§?|(?<!\p{L})(?:art\.|artikkel|artiklene|articles?))\s?${LAW_LIST}(?:(?:,|\s?[-–]|\s(?:og|and|til|to))\s?${LAW_LIST})*` +
    String.raw`(?:\snr\.\s\d+(?:(?:\s?[-–]|,|\sog)\s?\d+)*)?(?:\sbokstav\s[a-z](?!\p{L}))?|\(EU\)\s\d{4}/\d+`,
  'giu',
);

const UNITS: Record<Language, string> = {
  nb: 'sekund|minutt|time|døgn|dag|uke|måned|kvartal|år',
  en: 'seconds|minute|hour|day|week|fortnight|month|quarter|year|decade',
};

const TENS_NB = 'tjue|tyve|tretti|tredve|førti|femti|seksti|sytti|åtti|nitti';
const ONES_NB = 'en|én|ett|to|tre|fire|fem|seks|sju|syv|åtte|ni';
const TENS_EN = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const ONES_EN = 'one|two|three|four|five|six|seven|eight|nine';

const NUMBERS: Record<Language, string> = {
  nb: `(?:${TENS_NB})(?:${ONES_NB})?|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|hundre|halvannet|halvannen|halvt|halvår|halv|et par|dusin|${ONES_NB.replace('en|', '')}|ti`,
  en: `(?:${TENS_EN})(?:[- ]?(?:${ONES_EN}))?|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred|half a|half|dozen|couple of|${ONES_EN}|ten`,
};

/** Articles count only before the bare unit: `en måned` is a period, `en månedlig` and `en årsak` are not. */
const ARTICLES: Record<Language, string> = { nb: 'en|et', en: 'an?' };

const VERSION: Record<Language, string> = { nb: 'versjon|utgave|revisjon', en: 'version|edition|revision' };

/**
 * The numbers typed into a text: every digit outside a law reference, and number words that state a period or a version
 * (`tolv måneder`, `femårsfristen`, `version three`). Such facts belong in the rules, where they can be kept.
 */
export function typedNumbers(text: string, language: Language): Typed[] {
  const bare = text.replace(LAW, (reference, offset: number) => {
    const counted = new RegExp(String.raw`^[\s-]*(?:${UNITS[language]}|${UNITS.nb}|${UNITS.en})`, 'iu');
    return counted.test(text.slice(offset + reference.length)) ? reference : ' '.repeat(reference.length);
  });
  const number = NUMBERS[language];
  const patterns = [
    /\d+(?:[.,:]\d+)*/g,
    new RegExp(String.raw`(?<![\p{L}\d])(?:${number})[\s-]*(?:${UNITS[language]})\p{L}*`, 'giu'),
    new RegExp(
      String.raw`(?<![\p{L}\d])(?:${ARTICLES[language]})\s+(?:${UNITS[language]})s?(?![\p{L}-])`,
      'giu',
    ),
    new RegExp(String.raw`(?<!\p{L})(?:${VERSION[language]})(?:en)?\s+(?:${number})(?!\p{L})`, 'giu'),
  ];
  let end = 0;
  return patterns
    .flatMap((pattern) => [...bare.matchAll(pattern)])
    .sort((a, b) => a.index - b.index)
    .filter((found) => {
      const fresh = found.index >= end;
      if (fresh) end = found.index + found[0].length;
      return fresh;
    })
    .map((found) => ({ offset: found.index, written: found[0].replace(/\s+/g, ' ') }));
}
