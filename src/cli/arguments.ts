/** What was typed: the command, the words after it, `--flag`s and `--name value`s. */
export interface Arguments {
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** Something typed that cannot be: exit code 2. */
export class WrongUse extends Error {}

const TAKES_VALUE = new Set([
  'out',
  'clause',
  'evidence',
  'now',
  'key',
  'reason',
  'language',
  'name',
  'withdraw',
  'why',
  'until',
  'review',
  'untold',
  'hold',
  'year',
]);

export function readArguments(argv: readonly string[]): Arguments {
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const [name = '', ...rest] = word.slice(2).split('=');
    if (!TAKES_VALUE.has(name)) {
      flags.add(name);
      continue;
    }
    const value = rest.length > 0 ? rest.join('=') : argv[at + 1];
    if (rest.length === 0) at += 1;
    if (value === undefined) throw new WrongUse(`--${name} needs a value.`);
    values.set(name, value);
  }
  const [command, ...others] = words;
  return { command, words: others, flags, values };
}

/** The word that a command cannot do without. */
export function wordAt(given: Arguments, at: number, what: string): string {
  const word = given.words[at];
  if (word === undefined) throw new WrongUse(`Say which ${what}.`);
  return word;
}
