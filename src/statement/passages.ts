import type { Block, Prose, Span } from './grammar.ts';

/**
 * Every passage of a text as a reader sees it, white space set to single spaces: headings, paragraphs, points of lists
 * and cells of tables. What a page must hold, word for word, to show the statement.
 */
export function passages(prose: Prose): string[] {
  const all = [
    prose.title,
    ...prose.sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(ofBlock)]),
  ];
  return all.map(plain).filter((text) => text !== '');
}

/** How many of the passages stand in a page. Two that are alike are looked for in the same place. */
export function passagesIn(html: string, prose: Prose): number {
  const text = textOf(html);
  return passages(prose).filter((passage) => text.includes(passage)).length;
}

function ofBlock(block: Block): string[] {
  if (block.kind === 'paragraph') return [ofSpans(block.spans)];
  if (block.kind === 'list') return block.items.map(ofSpans);
  return [block.caption, ...block.head, ...block.rows.flat()];
}

function ofSpans(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** The text between the tags. Tags of words leave no gap; others part what stands on either side. */
function textOf(html: string): string {
  const bare = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?(?:a|span|strong|em|code|abbr)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name] ?? whole;
    });
  return plain(bare);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
