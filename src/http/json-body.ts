import { HttpRefusal } from './problem.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body strictly (RFC 8259 with I-JSON's care, RFC 7493): UTF-8 or nothing, every name once, no names that
 * mean something to the language itself. A repeated name is refused because two readers may each believe another one.
 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    const text = UTF8.decode(body);
    const value: unknown = JSON.parse(text);
    if (hasRepeatedName(text)) throw new HttpRefusal('http.malformed');
    return value;
  } catch {
    throw new HttpRefusal('http.malformed');
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** Walks the tokens of a text that is known to be JSON. */
function hasRepeatedName(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let expectsName = false;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{') {
      open.push(new Set());
      expectsName = true;
    } else if (token === '[') {
      open.push(undefined);
      expectsName = false;
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsName = false;
    } else if (token === ',') {
      expectsName = open.at(-1) !== undefined;
    } else if (token === ':') {
      expectsName = false;
    } else if (expectsName) {
      const name = JSON.parse(token) as string;
      const names = open.at(-1);
      if (name === '__proto__' || names?.has(name)) return true;
      names?.add(name);
      expectsName = false;
    }
  }
  return false;
}
