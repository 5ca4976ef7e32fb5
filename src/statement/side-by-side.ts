import type { Block, ClauseId, Prose, Section } from './grammar.ts';
import { diffWords, pairUp, type Run } from './word-diff.ts';

/** One paragraph, point or table row of two versions beside each other; null where only the other has it. */
export interface SideRow {
  readonly kind: 'text' | 'item' | 'row';
  /** Runs that are the same or were taken out. */
  readonly before: readonly Run[] | null;
  /** Runs that are the same or were put in. */
  readonly after: readonly Run[] | null;
}

/** One section of two versions beside each other. */
export interface SideSection {
  readonly id: string;
  readonly level: 2 | 3;
  readonly clauses: readonly ClauseId[];
  readonly heading: string;
  readonly state: 'same' | 'changed' | 'added' | 'removed';
  readonly rows: readonly SideRow[];
}

/**
 * Two versions of the text in one language, section by section in the order of the later, word by word (clause
 * `0.version`). What the rules supplied, such as periods and tables, is compared as it was shown.
 */
export function sideBySide(before: Prose, after: Prose): SideSection[] {
  const [was, is] = [byId(before), byId(after)];
  return order(before, after).map((id) => sectionOf(was.get(id), is.get(id)));
}

function byId({ sections }: Prose): Map<string, Section> {
  return new Map(sections.map((section) => [section.id, section]));
}

/** Ids in the order of the later version; one that is gone stands where it stood, after the section before it. */
function order(before: Prose, after: Prose): string[] {
  const ids = after.sections.map(({ id }) => id);
  for (const [at, { id }] of before.sections.entries()) {
    if (ids.includes(id)) continue;
    const previous = before.sections[at - 1]?.id;
    ids.splice(previous === undefined ? 0 : ids.indexOf(previous) + 1, 0, id);
  }
  return ids;
}

function sectionOf(was: Section | undefined, is: Section | undefined): SideSection {
  const { id, level, clauses, heading } = (is ?? was)!;
  const rows = rowsOf(was, is);
  const same = rows.every(({ before, after }) => isSame(before) && isSame(after));
  const state = was === undefined ? 'added' : is === undefined ? 'removed' : same ? 'same' : 'changed';
  return { id, level, clauses, heading, state, rows };
}

const isSame = (runs: readonly Run[] | null) => runs?.every(({ kind }) => kind === 'same') ?? false;

interface Line {
  readonly kind: SideRow['kind'];
  readonly text: string;
}

function rowsOf(was: Section | undefined, is: Section | undefined): SideRow[] {
  const [old, now] = [linesOf(was), linesOf(is)];
  const pairs = pairUp(
    old.map(({ text }) => text),
    now.map(({ text }) => text),
  );
  let [from, to] = [0, 0];
  return pairs.map(({ before, after }): SideRow => {
    const kind = (after === undefined ? old[from] : now[to])!.kind;
    if (before !== undefined) from += 1;
    if (after !== undefined) to += 1;
    if (before === undefined) return { kind, before: null, after: [{ kind: 'added', text: after! }] };
    if (after === undefined) return { kind, before: [{ kind: 'removed', text: before }], after: null };
    const runs = diffWords(before, after);
    return {
      kind,
      before: runs.filter((run) => run.kind !== 'added'),
      after: runs.filter((run) => run.kind !== 'removed'),
    };
  });
}

/** A section as lines: its heading first, then each paragraph, point and table row. */
function linesOf(section: Section | undefined): Line[] {
  if (section === undefined) return [];
  return [{ kind: 'text', text: section.heading }, ...section.blocks.flatMap(linesOfBlock)];
}

function linesOfBlock(block: Block): Line[] {
  const plain = (spans: readonly { readonly text: string }[]) => spans.map(({ text }) => text).join('');
  switch (block.kind) {
    case 'paragraph':
      return [{ kind: 'text', text: plain(block.spans) }];
    case 'list':
      return block.items.map((item) => ({ kind: 'item', text: plain(item) }));
    case 'table':
      return block.rows.map((row) => ({ kind: 'row', text: row.join(' · ') }));
  }
}
