import type { Place, Problem } from './grammar.ts';

/** A stretch of source text whose every character knows its place. */
export interface Source {
  readonly text: string;
  place(offset: number): Place;
}

/** One block of the Markdown subset, before its spans are read. */
export type Raw =
  | { readonly kind: 'title'; readonly source: Source }
  | { readonly kind: 'paragraph'; readonly source: Source }
  | {
      readonly kind: 'heading';
      readonly level: 2 | 3;
      readonly source: Source;
      readonly ids: readonly RawId[];
    }
  | { readonly kind: 'list'; readonly items: readonly Source[] };

export interface RawId extends Place {
  readonly id: string;
}

interface Piece {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^#{4,}\s/, 'headings go three levels deep'],
  [/^```/, 'code blocks are not part of this Markdown'],
  [/^>/, 'quotations are not part of this Markdown'],
  [/^\|/, 'write tables as {{table storage}}; their rows come from the rules'],
  [/^\d+[.)]\s/, 'numbered lists are not part of this Markdown; use -'],
  [/^[*+]\s/, 'lists are written with -'],
  [/^(?:-{3,}|_{3,}|\*{3,})$/, 'rules across the page are not part of this Markdown'],
];

/**
 * Cuts a text into blocks: `# title`, `## heading {#clause clause}`, `###`, paragraphs and `-` lists, whose later lines
 * are indented by two spaces. Blank lines part blocks; a line that is wholly a comment is skipped.
 */
export function cut(markdown: string, file: string): { blocks: Raw[]; problems: Problem[] } {
  const blocks: Raw[] = [];
  const problems: Problem[] = [];
  let paragraph: Piece[] = [];
  let items: Piece[][] = [];
  const close = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', source: join(paragraph, file) });
    if (items.length > 0) blocks.push({ kind: 'list', items: items.map((pieces) => join(pieces, file)) });
    paragraph = [];
    items = [];
  };
  for (const [index, raw] of markdown.split(/\r?\n/).entries()) {
    const line = index + 1;
    const text = raw.trimEnd();
    const piece = (skip: number): Piece => ({ text: text.slice(skip), line, column: skip + 1 });
    const refused = REFUSED.find(([pattern]) => pattern.test(text));
    if (refused !== undefined) problems.push({ file, line, column: 1, message: refused[1] });
    else if (text === '' || /^<!--.*-->$/.test(text)) close();
    else if (/^#{1,3}\s/.test(text)) {
      close();
      blocks.push(heading(text, line, file));
    } else if (/^- /.test(text)) {
      if (paragraph.length > 0) close();
      items.push([piece(2)]);
    } else if (items.length > 0 && /^ {2}\S/.test(text)) items.at(-1)!.push(piece(2));
    else {
      if (items.length > 0) close();
      paragraph.push(piece(text.length - text.trimStart().length));
    }
  }
  close();
  return { blocks, problems };
}

function heading(text: string, line: number, file: string): Raw {
  const [, marks = '', gap = '', words = '', braces] = /^(#+)(\s+)(.*?)(?:\s*\{([^{}]*)\})?$/.exec(text)!;
  const source = join([{ text: words, line, column: marks.length + gap.length + 1 }], file);
  if (marks.length === 1) return { kind: 'title', source };
  const start = text.lastIndexOf('{') + 1;
  const ids = [...(braces ?? '').matchAll(/\S+/g)].map((found) => ({
    id: found[0].replace(/^#/, ''),
    file,
    line,
    column: start + found.index + 1,
  }));
  return { kind: 'heading', level: marks.length as 2 | 3, source, ids };
}

function join(pieces: readonly Piece[], file: string): Source {
  return {
    text: pieces.map((piece) => piece.text).join(' '),
    place(offset) {
      let rest = offset;
      for (const piece of pieces) {
        if (rest <= piece.text.length) return { file, line: piece.line, column: piece.column + rest };
        rest -= piece.text.length + 1;
      }
      const last = pieces.at(-1)!;
      return { file, line: last.line, column: last.column + last.text.length };
    },
  };
}
