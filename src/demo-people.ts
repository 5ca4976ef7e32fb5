/** The invented people of the demo: the same every time, in every state that a person can be in here. */
export interface Invented {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly place?: string;
  readonly company: string;
  readonly language: 'nb' | 'en';
  /** Days ago that they came, and that they last did something. */
  readonly came: number;
  readonly active: number;
  readonly profile: boolean;
  readonly letters: 'none' | 'waiting' | 'confirmed' | 'declined' | 'left';
  readonly topics: readonly string[];
  readonly wish: 'none' | 'restricted' | 'objected' | 'erased';
  /** Modules of an agreement in this person's name; none: they have no agreement. */
  readonly modules: readonly string[];
  /** Days ago that the agreement ended; undefined while it runs. */
  readonly ended?: number;
}

const FIRST =
  'Solvår Torgunn Eldbjørg Aslaug Ragndis Borgny Oddlaug Tormod Halvdan Eilert Guttorm Asbjørg Vetle Ingjerd Sjur Marta Jorid Brage Snefrid Torvald Alvhild Ketil Gyda Sverre'.split(
    ' ',
  );
const LAST =
  'Fjellbu Nordmyr Skogheim Vassli Bekkelund Tindvik Granerud Lyngstad Havnnes Moldbakk Steinvåg Elvemo Furulid Nesdal Åsgrav Kvernbu'.split(
    ' ',
  );
const PLACES = 'Nordvik Fjelldal Storhamn Lillevåg Granmo Havsund'.split(' ');
const COMPANIES = [
  'Fjordlys Regnskap',
  'Nordmyr Bygg',
  'Havsund Båt',
  'Granmo Tannklinikk',
  'Lillevåg Kafé',
  'Tindvik Consulting',
];

/** A few hundred people; `count` of them, made from a fixed seed. */
export function inventPeople(count: number): Invented[] {
  const random = seeded(20261123);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const first = FIRST[index % FIRST.length]!;
    const last = LAST[Math.floor(index / FIRST.length) % LAST.length]!;
    const company = pick(COMPANIES);
    const profile = random() < 0.6;
    const letters =
      profile && random() < 0.5
        ? 'none'
        : pick(['waiting', 'confirmed', 'confirmed', 'confirmed', 'declined', 'left'] as const);
    const came =
      letters === 'waiting' && !profile ? Math.floor(random() * 6) : 10 + Math.floor(random() * 340);
    return {
      name: `${first} ${last}`,
      email: `${ascii(first)}.${ascii(last)}@${ascii(company.split(' ')[0]!)}.example`,
      // +44 7700 900000 to 900999 is set aside for fiction by the British regulator.
      phone: random() < 0.5 ? `+447700900${String(index % 1000).padStart(3, '0')}` : undefined,
      place: random() < 0.7 ? pick(PLACES) : undefined,
      company,
      language: random() < 0.85 ? 'nb' : 'en',
      came,
      active: Math.floor(random() * came),
      profile,
      letters,
      topics: random() < 0.5 ? ['nyhetsbrev'] : ['nyhetsbrev', pick(['produkt', 'fag'])],
      wish:
        index % 29 === 7
          ? 'restricted'
          : index % 31 === 11
            ? 'objected'
            : index % 37 === 13
              ? 'erased'
              : 'none',
      ...agreementOf(index, came),
    };
  });
}

/** Every ninth has an agreement, and of these every third has ended it, one of them so long ago that it soon is forgotten. */
function agreementOf(index: number, came: number): Pick<Invented, 'modules' | 'ended'> {
  if (index % 9 !== 4) return { modules: [] };
  const modules = index % 2 === 0 ? ['arkiv', 'kurs'] : ['arkiv'];
  const ended =
    index % 27 === 13 ? Math.min(came, 340) - 1 : index % 27 === 22 ? Math.floor(came / 2) : undefined;
  return { modules, ended };
}

function ascii(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('å', 'aa')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z]/g, '');
}

/** People who have been here for long and come back often: whose visits make the statistics worth looking at. */
export function inventRegulars(count: number): Invented[] {
  return inventPeople(count).map((one, index) => ({
    ...one,
    email: `fast.${one.email}`,
    phone: undefined,
    came: 560 + (index % 60),
    active: 1 + (index % 20),
    profile: true,
    letters: 'none',
    wish: 'none',
  }));
}

/** Mulberry32: small, and the same everywhere. For invented data alone. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
