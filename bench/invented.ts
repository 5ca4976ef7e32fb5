/** What one sign-up sends, as the API takes it: every field filled. Numbers are from the range set aside for fiction. */
export interface Invented {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly place: string;
  readonly company: string;
  readonly language: 'nb' | 'en';
  readonly accept: { readonly statement: string };
}

const PLACES = ['Nordvik', 'Fjelldal', 'Storhamn', 'Lillevåg', 'Granmo', 'Havsund'];

/** The person of that number in a series; `series` keeps the addresses of runs apart. */
export function invent(series: string, number: number, version: string): Invented {
  return {
    name: `Prøve Person-${number.toString(36)}`,
    email: `${series}.${number.toString(36)}@havsund-regnskap.example`,
    // +44 7700 900000 to 900999 is set aside for fiction by the British regulator.
    phone: `+447700900${String(number % 1000).padStart(3, '0')}`,
    place: PLACES[number % PLACES.length]!,
    company: 'Havsund Regnskap og Rådgivning',
    language: number % 5 === 0 ? 'en' : 'nb',
    accept: { statement: version },
  };
}
