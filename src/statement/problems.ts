import type { Place, Problem } from './grammar.ts';

/** Way into a parsed document: keys and list positions. */
export type Path = readonly (string | number)[];

/** Where a path of the document stands in its file: at its key unless the value is asked for. */
export type Locate = (path: Path, at?: 'key' | 'value') => Place;

/** Adds one problem at a path of the document. */
export type Say = (path: Path, message: string, at?: 'key' | 'value') => void;

/** Problems as a reader meets them: by file, line and column. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) => Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  );
}
