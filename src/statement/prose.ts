import { fact } from './facts.ts';
import type { Block, Language, Place, Problem, Prose, Section, Span, Statement } from './grammar.ts';
import { cut, type Raw, type Source } from './markdown.ts';
import { typedNumbers } from './numerals.ts';
import { inOrder } from './problems.ts';
import { didYouMean } from './suggest.ts';
import { TABLES, type TableName, table } from './tables.ts';

/**
 * Reads the text of a statement in one language and binds it to the rules, both ways: each placeholder must name a rule,
 * each rule must be shown, each clause must have its heading, and no number may be typed. The prose comes back only when
 * nothing is wrong.
 */
export function prose(
  statement: Statement,
  language: Language,
  markdown: string,
  file: string,
): { prose?: Prose; problems: Problem[] } {
  return bind(statement, language, markdown, file, unshown);
}

/**
 * Reads another text that takes its facts from the rules, such as an agreement, in the same way: each placeholder must name
 * a rule, and no number may be typed. What it leaves out is left out on purpose.
 */
export function documentProse(
  statement: Statement,
  language: Language,
  markdown: string,
  file: string,
): { prose?: Prose; problems: Problem[] } {
  return bind(statement, language, markdown, file, () => []);
}

function bind(
  statement: Statement,
  language: Language,
  markdown: string,
  file: string,
  lacks: (statement: Statement, reading: Reading) => string[],
): { prose?: Prose; problems: Problem[] } {
  const { blocks, problems } = cut(markdown, file);
  const reading: Reading = {
    statement,
    language,
    problems,
    mentions: new Set(),
    anchors: new Map(),
    links: [],
  };
  const title = readTitle(blocks, file, reading);
  const sections = readSections(blocks, reading);
  for (const { href, place } of reading.links)
    if (!reading.anchors.has(href.slice(1)))
      problems.push({
        ...place,
        message: `${href} leads nowhere${didYouMean(href.slice(1), reading.anchors.keys())}`,
      });
  for (const message of lacks(statement, reading)) problems.push({ file, line: 1, column: 1, message });
  if (problems.length > 0) return { problems: inOrder(problems) };
  return { prose: { language, title, sections, mentions: [...reading.mentions].sort() }, problems };
}

interface Reading {
  readonly statement: Statement;
  readonly language: Language;
  readonly problems: Problem[];
  readonly mentions: Set<string>;
  /** Anchor → where it was set. */
  readonly anchors: Map<string, Place>;
  readonly links: { readonly href: string; readonly place: Place }[];
}

function readTitle(blocks: readonly Raw[], file: string, reading: Reading): string {
  const titles = blocks.filter((block) => block.kind === 'title');
  for (const extra of titles.slice(1))
    reading.problems.push({ ...extra.source.place(0), message: 'a text has one title' });
  const [title] = titles;
  if (title === undefined || blocks[0] !== title)
    reading.problems.push({ file, line: 1, column: 1, message: 'the text must begin with its title: # …' });
  return title === undefined ? '' : plain(title.source, reading);
}

function readSections(blocks: readonly Raw[], reading: Reading): Section[] {
  const sections: (Section & { readonly blocks: Block[] })[] = [];
  for (const block of blocks) {
    if (block.kind === 'title') continue;
    if (block.kind === 'heading') {
      sections.push(openSection(block, reading));
      continue;
    }
    const read = readBlock(block, reading);
    const source = block.kind === 'list' ? block.items[0]! : block.source;
    if (sections.length === 0)
      reading.problems.push({ ...source.place(0), message: 'text before the first ## heading' });
    else sections.at(-1)!.blocks.push(...read);
  }
  return sections;
}

function openSection(
  heading: Extract<Raw, { kind: 'heading' }>,
  reading: Reading,
): Section & { blocks: Block[] } {
  const { clauses } = reading.statement;
  const words = plain(heading.source, reading);
  for (const { id, ...place } of heading.ids)
    if (!Object.hasOwn(clauses, id))
      reading.problems.push({
        ...place,
        message: `no clause is called "${id}"${didYouMean(id, Object.keys(clauses))}`,
      });
  const ids = heading.ids.map(({ id }) => id);
  const id = ids[0] ?? slug(words);
  const marks = heading.ids.length > 0 ? heading.ids : [{ id, ...heading.source.place(0) }];
  for (const { id: anchor, ...place } of marks) {
    const taken = reading.anchors.get(anchor);
    if (taken !== undefined)
      reading.problems.push({
        ...place,
        message: `"${anchor}" already has a heading, on line ${taken.line}`,
      });
    reading.anchors.set(anchor, place);
  }
  return { id, heading: words, level: heading.level, clauses: ids, blocks: [] };
}

/** `Hvor lenge vi lagrer` → `hvor-lenge-vi-lagrer`. */
function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function readBlock(block: Exclude<Raw, { kind: 'heading' }>, reading: Reading): Block[] {
  if (block.kind === 'list')
    return [{ kind: 'list', items: block.items.map((item) => readSpans(item, reading)) }];
  const wanted = /^\{\{\s*table\s+(\S+?)\s*\}\}$/.exec(block.source.text)?.[1];
  if (wanted === undefined) return [{ kind: 'paragraph', spans: readSpans(block.source, reading) }];
  if (!(TABLES as readonly string[]).includes(wanted)) {
    const message = `there is no table of "${wanted}"${didYouMean(wanted, TABLES)}`;
    reading.problems.push({ ...block.source.place(0), message });
    return [];
  }
  reading.mentions.add(wanted);
  const shown = table(reading.statement, reading.language, wanted as TableName);
  for (const path of shown?.mentions ?? []) reading.mentions.add(path);
  return shown === undefined ? [] : [shown.block];
}

const TOKEN = /\{\{([^{}]*)\}\}|\*\*|\[([^\]]*)\]\(([^)\s]*)\)|[*_`]{1,2}(?=\S)|!\[|\{\{|\}\}/g;

function readSpans(source: Source, reading: Reading): Span[] {
  judgeNumbers(source, reading);
  const spans: Span[] = [];
  let strong = false;
  let opened = 0;
  let from = 0;
  const add = (text: string) => {
    if (text !== '') spans.push({ kind: strong ? 'strong' : 'text', text });
  };
  for (const token of source.text.matchAll(TOKEN)) {
    const [written, path, words, href] = token;
    // An underscore or star inside a word or number is only a character.
    if (written === '_' && /[\p{L}\d]/u.test(source.text[token.index - 1] ?? ' ')) continue;
    add(source.text.slice(from, token.index));
    from = token.index + written.length;
    const place = source.place(token.index);
    if (path !== undefined) spans.push({ kind: 'fact', text: resolve(path, place, reading) });
    else if (href !== undefined) spans.push(link(words!, href, place, reading));
    else if (written === '**') {
      strong = !strong;
      opened = token.index;
    } else reading.problems.push({ ...place, message: `"${written}" is not part of this Markdown` });
  }
  add(source.text.slice(from));
  if (strong) reading.problems.push({ ...source.place(opened), message: '** is opened and never closed' });
  return spans;
}

function link(words: string, written: string, place: Place, reading: Reading): Span {
  const href = fill(written, place, reading);
  if (href.startsWith('#')) reading.links.push({ href, place });
  else if (!/^(?:https:\/\/|mailto:|\/(?!\/))/.test(href))
    reading.problems.push({
      ...place,
      message: `"${href}" is no link: use https://, mailto:, /page or #clause`,
    });
  return { kind: 'link', text: fill(words, place, reading), href };
}

function fill(text: string, place: Place, reading: Reading): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, path: string) => resolve(path, place, reading));
}

function plain(source: Source, reading: Reading): string {
  judgeNumbers(source, reading);
  return fill(source.text, source.place(0), reading);
}

function resolve(written: string, place: Place, reading: Reading): string {
  const path = written.trim();
  if (/^table\s/.test(path)) {
    reading.problems.push({
      ...place,
      message: `{{${path}}} must stand alone, with a blank line before and after`,
    });
    return '';
  }
  const found = fact(reading.statement, reading.language, path);
  if ('wrong' in found) {
    reading.problems.push({ ...place, message: found.wrong });
    return '';
  }
  for (const mention of found.mentions) reading.mentions.add(mention);
  return found.text;
}

/** Placeholders, the addresses of links and the marks of bold are not words; they are blanked, so that places stay. */
function judgeNumbers(source: Source, reading: Reading): void {
  const blank = (found: string) => ' '.repeat(found.length);
  const words = source.text
    .replace(/\]\([^)\s]*\)/g, blank)
    .replace(/\{\{[^{}]*\}\}/g, (found) => '…'.repeat(found.length))
    .replace(/\*\*|\[/g, blank);
  for (const { offset, written } of typedNumbers(words, reading.language))
    reading.problems.push({
      ...source.place(offset),
      message: `"${written}" is typed into the text; take it from the rules with a placeholder`,
    });
}

/** Collections whose every entry the text must show, and how to show it. */
const BOUND: readonly [keyof Statement, string][] = [
  ['categories', 'label'],
  ['sources', 'label'],
  ['purposes', 'basis'],
  ['points', 'without'],
  ['storage', 'period'],
  ['cookies', 'life'],
  ['deadlines', 'period'],
];

function unshown(statement: Statement, { mentions, anchors }: Reading): string[] {
  const missing: string[] = [];
  for (const id of Object.keys(statement.clauses))
    if (!anchors.has(id)) missing.push(`the clause ${id} has no heading: ## … {#${id}}`);
  for (const [collection, field] of BOUND)
    for (const id of Object.keys(statement[collection] ?? {}))
      if (!mentions.has(`${collection}.${id}.${field}`))
        missing.push(
          `the text does not show ${collection}.${id}: write {{${collection}.${id}.${field}}} or {{table ${collection}}}`,
        );
  for (const [id, { duringRestriction }] of Object.entries(statement.purposes))
    if (duringRestriction !== undefined && !mentions.has(`purposes.${id}.duringRestriction`))
      missing.push(`the text does not show that ${id} goes on: write {{purposes.${id}.duringRestriction}}`);
  for (const [id, { notice, endsOnObjection }] of Object.entries(statement.storage)) {
    if (notice !== undefined && !mentions.has(`storage.${id}.notice`))
      missing.push(`the text does not show that ${id} is told of: write {{storage.${id}.notice}}`);
    if (endsOnObjection === true && !mentions.has(`storage.${id}.endsOnObjection`))
      missing.push(
        `the text does not show that an objection ends ${id}: write {{storage.${id}.endsOnObjection}}`,
      );
  }
  if (statement.anonymising !== undefined && !mentions.has('anonymising.people'))
    missing.push('the text does not say how large a group must be: write {{anonymising.people}}');
  if (!mentions.has('recipients'))
    missing.push('the text does not say who gets the data: write {{recipients}}');
  return missing;
}
