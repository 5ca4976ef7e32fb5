import type { Language, Statement, Text } from './grammar.ts';
import { periodText } from './period.ts';
import { outsideEea } from './sense.ts';
import { type Collection, type Shape, STATEMENT } from './shape.ts';
import { didYouMean } from './suggest.ts';
import {
  choiceText,
  countryText,
  dateText,
  dayOfYearText,
  inSentence,
  lifeText,
  listText,
  objectionText,
  yesNoText,
} from './words.ts';

/** What a placeholder stands for, and which rules it thereby shows; or why it stands for nothing. */
export type Fact =
  | { readonly text: string; readonly mentions: readonly string[] }
  | { readonly wrong: string };

/**
 * Resolves a placeholder: the way to a rule as it is written in the YAML (`storage.behaviour.period`,
 * `operator.mailbox`), an entry by itself for its name (`purposes.newsletter`), a collection for the list of its names
 * (`recipients`, `ingen` when empty), or `transfers` for the countries outside the EEA that data goes to.
 */
export function fact(statement: Statement, language: Language, path: string): Fact {
  if (path === 'transfers') {
    const countries = transferCountries(statement).map((code) => countryText(code, language));
    return { text: listText(countries, language), mentions: [path] };
  }
  const [first = '', ...rest] = path.split('.');
  const field = Object.hasOwn(STATEMENT.fields, first) ? STATEMENT.fields[first] : undefined;
  if (field === undefined)
    return { wrong: `{{${path}}}: nothing is called "${first}"${didYouMean(first, ROOTS)}` };
  return descend(statement[first as keyof Statement], field.shape, first, rest.join('.'), {
    statement,
    language,
  });
}

const ROOTS = [...Object.keys(STATEMENT.fields), 'transfers'];

/** Countries outside the EEA that some recipient handles data in, each once. */
export function transferCountries({ recipients }: Statement): string[] {
  return [...new Set(Object.values(recipients).map(({ country }) => country))].filter(outsideEea);
}

interface Sight {
  readonly statement: Statement;
  readonly language: Language;
}

function descend(value: unknown, shape: Shape, done: string, rest: string, sight: Sight): Fact {
  if (rest === '') return { text: say(value, shape, done, sight), mentions: mentionsOf(value, shape, done) };
  if (shape.kind !== 'map' && shape.kind !== 'record')
    return { wrong: `{{${done}.${rest}}}: ${done} has nothing inside` };
  const entries = (value ?? {}) as Record<string, unknown>;
  const names = shape.kind === 'map' ? Object.keys(entries) : Object.keys(shape.fields);
  // Ids hold dots themselves, so the longest one that fits is meant.
  const name = names
    .filter((candidate) => rest === candidate || rest.startsWith(`${candidate}.`))
    .sort((a, b) => b.length - a.length)[0];
  if (name === undefined) return { wrong: `{{${done}.${rest}}}: ${unknown(rest, names, done)}` };
  const inner = shape.kind === 'map' ? shape.of : shape.fields[name]!.shape;
  if (shape.kind === 'record' && entries[name] === undefined)
    return { wrong: `{{${done}.${rest}}}: the rules do not say` };
  return descend(entries[name], inner, `${done}.${name}`, rest.slice(name.length + 1), sight);
}

function unknown(rest: string, names: readonly string[], done: string): string {
  const words = rest.split('.');
  const tries = words.map((_, index) => words.slice(0, index + 1).join('.')).reverse();
  const hint = tries.map((word) => didYouMean(word, names)).find((found) => found !== '') ?? '';
  return `${done} has no "${rest}"${hint}`;
}

function mentionsOf(value: unknown, shape: Shape, path: string): string[] {
  if (shape.kind !== 'map') return [path];
  return [path, ...Object.keys((value ?? {}) as object).map((id) => `${path}.${id}`)];
}

/** Collections whose names belong to somebody and keep their capitals. */
const PROPER = new Set(['recipients', 'sources', 'cookies']);

function say(value: unknown, shape: Shape, path: string, sight: Sight): string {
  const { language } = sight;
  switch (shape.kind) {
    case 'text':
      if (path === 'updated') return dateText(value as string, language);
      if (path === 'operator.fiscalYearEnd') return dayOfYearText(value as string, language);
      return path.endsWith('.country') ? countryText(value as string, language) : (value as string);
    case 'both':
      return (value as Text)[language];
    case 'boolean':
      return path.endsWith('.endsOnObjection')
        ? objectionText(value as boolean, language)
        : yesNoText(value as boolean, language);
    case 'integer':
      return String(value);
    case 'one':
      return choiceText(value as string, language);
    case 'period':
      return path.startsWith('cookies.')
        ? lifeText(value as string, language)
        : periodText(value as string, language);
    case 'id':
      return inSentence(nameOf(sight.statement, shape.in, value as string, language));
    case 'list':
      return listText(
        (value as unknown[]).map((item) => say(item, shape.of, '', sight)),
        language,
      );
    case 'map':
      return listText(
        Object.entries((value ?? {}) as object).map(([id, entry]) => {
          const name = title(entry, id, language);
          return PROPER.has(path) ? name : inSentence(name);
        }),
        language,
      );
    case 'record':
      return title(value, path.split('.').at(-1)!, language);
  }
}

/** What people see an entry of the statement called: its label, title or name; a cookie by its own name. */
export function nameOf(statement: Statement, collection: Collection, id: string, language: Language): string {
  const entries = statement[collection] as Readonly<Record<string, unknown>> | undefined;
  return title(entries?.[id], id, language);
}

function title(entry: unknown, id: string, language: Language): string {
  const known = entry as { label?: Text; title?: Text; name?: string; nb?: string; en?: string } | undefined;
  return known?.label?.[language] ?? known?.title?.[language] ?? known?.name ?? known?.[language] ?? id;
}
