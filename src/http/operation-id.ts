import type { Route } from '#gates/module.ts';

const VERB: Readonly<Record<Route['method'], string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'set',
  PATCH: 'change',
  DELETE: 'delete',
};

/**
 * The name that clients call an operation by, such as `listHolds` or `createPersonHold`: the route's own, or made of
 * method and path, which do not change either.
 */
export function operationId({ id, method, path }: Pick<Route, 'id' | 'method' | 'path'>): string {
  if (id !== undefined) return id;
  const parts = path.split('/').slice(1);
  const last = parts.at(-1)!;
  const isList = method === 'GET' && !last.startsWith(':') && isPlural(last);
  const words = parts.flatMap((part, at) => {
    if (part.startsWith(':')) return [];
    const isOne = parts[at + 1]?.startsWith(':') || (part === last && method === 'POST');
    return [camel(isOne ? singular(part) : part)];
  });
  // Where the noun is the same for one and for many, the one is told by what it is found by.
  const by = last.startsWith(':') && !isPlural(parts.at(-2)!) ? `By${camel(last.slice(1))}` : '';
  return `${isList ? 'list' : VERB[method]}${words.join('')}${by}`;
}

const isPlural = (word: string) => /[^s]s$/.test(word) && word !== 'address';

function singular(word: string): string {
  if (!isPlural(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x)es$/, '$1')
    .replace(/s$/, '');
}

function camel(word: string): string {
  return word.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
}
