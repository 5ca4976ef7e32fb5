import { readFileSync } from 'node:fs';
import { parseRules, parseStatement } from '#gates/statement-file.ts';
import { type Applied, StatementError, type Texts } from '#statement/applied.ts';
import type { Statement } from '#statement/grammar.ts';

const read = (name: string): string => readFileSync(new URL(`../statement/${name}`, import.meta.url), 'utf8');

/** The shipped statement's three files. */
export const texts: Texts = { yaml: read('statement.yaml'), nb: read('nb.md'), en: read('en.md') };

/** The shipped statement, judged. */
export function shipped(): Applied {
  return parseStatement(texts, 'statement');
}

/** Replaces the one place in a text where something is written; a twin that breaks nothing is a mistake in the test. */
export function swap(text: string, written: string, instead: string): string {
  const places = text.split(written).length - 1;
  if (places !== 1) throw new Error(`"${written}" is written in ${places} places, not in one`);
  return text.replace(written, () => instead);
}

/** The shipped rules with one place written otherwise. Throws StatementError when they no longer hold. */
export function rulesWith(written: string, instead: string): Statement {
  return parseRules(swap(texts.yaml, written, instead), 'statement/statement.yaml');
}

/** What is wrong with a statement, one `file:line:column: message` each; empty when nothing is. */
export function wrongWith(changed: Partial<Texts>): string[] {
  try {
    parseStatement({ ...texts, ...changed }, 'statement');
    return [];
  } catch (error) {
    if (error instanceof StatementError) return error.message.split('\n');
    throw error;
  }
}
