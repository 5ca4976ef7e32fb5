import type { Text } from '#statement/grammar.ts';

/**
 * The closed list of rights that an access level of a client can hold (clause `u.customer`). A route for members names
 * the one it takes; a module with routes of its own adds its rights here.
 */
export const RIGHTS = {
  'users.manage': { nb: 'Invitere, endre og fjerne brukere', en: 'Invite, change and remove users' },
  'levels.manage': { nb: 'Lage og endre tilgangsnivåer', en: 'Make and change access levels' },
  'modules.manage': { nb: 'Ta i bruk og avslutte moduler', en: 'Take and drop modules' },
  'company.change': { nb: 'Endre opplysninger om bedriften', en: 'Change what is said of the company' },
  'agreement.sign': { nb: 'Godta avtaler for bedriften', en: 'Accept agreements for the company' },
  'agreement.end': {
    nb: 'Avslutte abonnementet og ta det opp igjen',
    en: 'End the subscription and take it up again',
  },
  'payment.see': { nb: 'Se fakturaer og betaling', en: 'See invoices and payment' },
  'payment.manage': { nb: 'Endre hvordan bedriften betaler', en: 'Change how the company pays' },
  'keys.manage': {
    nb: 'Lage og avslutte nøkler for andre systemer',
    en: 'Make and end keys for other systems',
  },
  'log.see': { nb: 'Se loggen', en: 'See the log' },
  export: { nb: 'Laste ned alt bedriften har her', en: 'Download everything that the company has here' },
  'content.write': { nb: 'Arbeide i modulene', en: 'Work in the modules' },
  'content.read': { nb: 'Se det som ligger i modulene', en: 'See what is in the modules' },
} as const satisfies Record<string, Text>;

export type Right = keyof typeof RIGHTS;

/**
 * What binds the company or lets others in: the owner's, unless a level of the client's own is given it, and never a
 * key's. People do these.
 */
const PERSONAL: readonly Right[] = ['agreement.sign', 'agreement.end', 'payment.manage', 'keys.manage'];

/** Those that can be given on, to the administrators of a client and to its keys. */
export function lendable(rights: readonly Right[]): Right[] {
  return rights.filter((right) => !PERSONAL.includes(right));
}

/** True for a word that names a right. */
export function isRight(word: string): word is Right {
  return Object.hasOwn(RIGHTS, word);
}

const ALL = Object.keys(RIGHTS) as Right[];

/** What the levels that every client has give the right to; `owner` is held by one user. */
export const LEVEL_RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  owner: ALL,
  administrator: lendable(ALL),
  user: ['content.read', 'content.write'],
  reader: ['content.read'],
};

/** What a level gives the right to do; `own` are the rights of the client's own level, where it is one. */
export function rightsOf(level: string, own: readonly string[] | null): Right[] {
  const builtIn = Object.hasOwn(LEVEL_RIGHTS, level) ? LEVEL_RIGHTS[level] : undefined;
  return builtIn === undefined ? (own ?? []).filter(isRight) : [...builtIn];
}
