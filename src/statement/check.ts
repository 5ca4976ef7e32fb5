import type { Problem, Statement } from './grammar.ts';
import { typedNumbers } from './numerals.ts';
import { comparePeriods, parsePeriod } from './period.ts';
import { inOrder, type Locate, type Path, type Say } from './problems.ts';
import { judgeSense } from './sense.ts';
import { COOKIE_NAME, type Collection, ID, type IdKind, type Shape, STATEMENT } from './shape.ts';
import { didYouMean } from './suggest.ts';

/**
 * Judges a parsed `statement.yaml`: first its shape and the references between ids, then whether it makes sense and is
 * lawful. All problems at once, in file order; a statement comes back only when there is none.
 */
export function check(document: unknown, locate: Locate): { statement?: Statement; problems: Problem[] } {
  const { value, problems } = judge<Statement>(document, STATEMENT, locate, judgeSense);
  return value === undefined ? { problems } : { statement: value, problems };
}

/**
 * Judges a parsed document of any shape: first that, then by `sense`, which is asked of a document of the right shape
 * alone. All problems at once, in file order; the document comes back only when there is none.
 */
export function judge<T>(
  document: unknown,
  shape: Shape,
  locate: Locate,
  sense: (value: T, say: Say) => void,
): { value?: T; problems: Problem[] } {
  const problems: Problem[] = [];
  const say = (path: Path, message: string, at: 'key' | 'value' = 'value') => {
    problems.push({ ...locate(path, at), message });
  };
  walk(document, shape, [], { root: document, say });
  if (problems.length > 0) return { problems: inOrder(problems) };
  sense(document as T, say);
  return problems.length > 0 ? { problems: inOrder(problems) } : { value: document as T, problems };
}

interface Walk {
  readonly root: unknown;
  readonly say: Say;
}

function walk(value: unknown, shape: Shape, path: Path, at: Walk): void {
  switch (shape.kind) {
    case 'record':
      walkRecord(value, shape, path, at);
      break;
    case 'map':
      walkMap(value, shape, path, at);
      break;
    case 'list':
      walkList(value, shape, path, at);
      break;
    case 'both':
      walkBoth(value, path, at);
      break;
    default: {
      const wrong = wrongScalar(value, shape, at.root);
      if (wrong !== undefined) at.say(path, `${dotted(path)}: ${wrong}`);
    }
  }
}

const filled: Shape = { kind: 'text' };
const BOTH: Extract<Shape, { kind: 'record' }> = {
  kind: 'record',
  fields: { nb: { shape: filled, about: 'In Norwegian.' }, en: { shape: filled, about: 'In English.' } },
};

/** Texts in the rules are held to what the prose is: a period typed into them could come to disagree with its rule. */
function walkBoth(value: unknown, path: Path, at: Walk): void {
  walk(value, BOTH, path, at);
  for (const language of ['nb', 'en'] as const) {
    const text = isMap(value) ? value[language] : undefined;
    for (const { written } of typeof text === 'string' ? typedNumbers(text, language) : [])
      at.say(
        [...path, language],
        `${dotted(path)}: "${written}" is typed into a text; leave periods to the rules`,
      );
  }
}

function walkRecord(value: unknown, shape: Extract<Shape, { kind: 'record' }>, path: Path, at: Walk): void {
  if (!isMap(value)) {
    at.say(path, `${dotted(path)}: expected ${Object.keys(shape.fields).join(', ')}`);
    return;
  }
  for (const key of Object.keys(value))
    if (!Object.hasOwn(shape.fields, key))
      at.say(
        [...path, key],
        `${within(path)}unknown key "${key}"${didYouMean(key, Object.keys(shape.fields))}`,
        'key',
      );
  for (const [key, field] of Object.entries(shape.fields)) {
    if (Object.hasOwn(value, key)) walk(value[key], field.shape, [...path, key], at);
    else if (!field.optional) at.say(path, `${within(path)}"${key}" is missing`, 'key');
  }
}

function walkMap(value: unknown, shape: Extract<Shape, { kind: 'map' }>, path: Path, at: Walk): void {
  if (!isMap(value)) {
    at.say(path, `${dotted(path)}: expected entries named by ids`);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const wrong = wrongKey(key, shape.ids, at.root);
    if (wrong !== undefined) at.say([...path, key], `${within(path)}${wrong}`, 'key');
    walk(entry, shape.of, [...path, key], at);
  }
}

function walkList(value: unknown, shape: Extract<Shape, { kind: 'list' }>, path: Path, at: Walk): void {
  if (!Array.isArray(value)) {
    at.say(path, `${dotted(path)}: expected a list`);
    return;
  }
  if (value.length === 0 && !shape.empty) at.say(path, `${dotted(path)}: the list is empty`);
  value.forEach((item, index) => {
    walk(item, shape.of, [...path, index], at);
    if (value.indexOf(item) < index) at.say([...path, index], `${dotted(path)}: "${item}" is listed twice`);
  });
}

function wrongKey(key: string, kind: IdKind, root: unknown): string | undefined {
  if (typeof kind === 'object') return wrongReference(key, kind.in, root);
  if ((kind === 'cookie' ? COOKIE_NAME : ID).test(key)) return undefined;
  return kind === 'cookie'
    ? `"${key}" is not a cookie name`
    : `"${key}" is not an id (lower-case words with hyphens, joined by dots)`;
}

function wrongReference(value: unknown, collection: Collection, root: unknown): string | undefined {
  if (typeof value !== 'string') return `expected the id of one of the ${collection}`;
  const known = isMap(root) && isMap(root[collection]) ? Object.keys(root[collection]) : [];
  return known.includes(value)
    ? undefined
    : `"${value}" is not one of the ${collection}${didYouMean(value, known)}`;
}

type Scalar = Exclude<Shape, { kind: 'record' | 'map' | 'list' | 'both' }>;

function wrongScalar(value: unknown, shape: Scalar, root: unknown): string | undefined {
  switch (shape.kind) {
    case 'text':
      if (typeof value !== 'string') return `expected ${shape.says ?? 'text'}`;
      if (value.trim() === '') return 'is empty';
      return shape.pattern?.test(value) === false ? `"${value}" is not ${shape.says}` : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'expected true or false';
    case 'integer': {
      const fits =
        typeof value === 'number' && Number.isInteger(value) && value >= shape.least && value <= shape.most;
      return fits ? undefined : `expected a whole number from ${shape.least} to ${shape.most}`;
    }
    case 'one':
      if (typeof value === 'string' && shape.of.includes(value)) return undefined;
      return `expected one of ${shape.of.join(', ')}${typeof value === 'string' ? didYouMean(value, shape.of) : ''}`;
    case 'id':
      return wrongReference(value, shape.in, root);
    case 'period':
      if (shape.session && value === 'session') return undefined;
      if (typeof value === 'string' && parsePeriod(value) !== undefined)
        return comparePeriods(value, LONGEST) > 0 ? `expected no more than ${LONGEST}` : undefined;
      return `expected an ISO 8601 duration such as P18M, P5Y, P7D or PT10M${shape.session ? ', or session' : ''}`;
  }
}

/** Beyond it no calendar of PostgreSQL's reaches, and nobody is promised anything. */
const LONGEST = 'P100Y';

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function dotted(path: Path): string {
  return path.length === 0 ? 'the file' : path.join('.');
}

function within(path: Path): string {
  return path.length === 0 ? '' : `${path.join('.')}: `;
}
