import type { Texts } from './applied.ts';
import type { Change } from './compare.ts';
import type { ClauseId, Language } from './grammar.ts';

/**
 * Where the words of two versions differ, section by section and language by language. Placeholders are compared as they
 * are written, so that a number which the rules changed is not told twice. Words alone are never material: what is
 * promised is in the rules.
 */
export function compareTexts(before: Texts, after: Texts): Change[] {
  return (['nb', 'en'] as const).flatMap((language) => compareText(language, before, after));
}

function compareText(language: Language, before: Texts, after: Texts): Change[] {
  const [was, is] = [sections(before[language]), sections(after[language])];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
  return changed.map((id) => ({
    clause: is.get(id) === undefined ? clauseOf(was, id) : clauseOf(is, id),
    change: !was.has(id) ? 'added' : !is.has(id) ? 'removed' : 'changed',
    what: `${language}.${id}`,
    material: false,
    why: 'the words are other; what they promise is in the rules',
  }));
}

/** The text under each heading, by the clause the heading carries or, without one, by its words. */
function sections(markdown: string): Map<string, string> {
  const found = new Map<string, string>();
  let id = '';
  for (const line of markdown.split('\n')) {
    const heading = /^#{1,3} +(.*?)\s*$/.exec(line)?.[1];
    if (heading !== undefined) id = /\{#([^\s}]+)/.exec(heading)?.[1] ?? heading;
    found.set(id, `${found.get(id) ?? ''}${line.trimEnd()}\n`);
  }
  return new Map([...found].map(([name, text]) => [name, text.trimEnd()]));
}

function clauseOf(all: ReadonlyMap<string, string>, id: string): ClauseId {
  return /\{#/.test(all.get(id)?.split('\n', 1)[0] ?? '') ? id : 'v.changes';
}
