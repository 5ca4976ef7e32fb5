/** A run of words in one of two texts, or in both. */
export interface Run {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Two paragraphs beside each other; undefined where only one version has it. */
export interface Pair {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What was taken out and what was put in to get from one text to the other, word by word. The runs that are not added
 * give the first text, those that are not removed the second, to the letter.
 */
export function diffWords(before: string, after: string): Run[] {
  const runs: Run[] = [];
  let [removed, added, blank] = ['', '', ''];
  const settle = () => {
    if (removed !== '') runs.push({ kind: 'removed', text: removed });
    if (added !== '') runs.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  const keep = (text: string) => {
    const last = runs.at(-1);
    if (last?.kind === 'same') runs[runs.length - 1] = { kind: 'same', text: last.text + text };
    else runs.push({ kind: 'same', text });
  };
  for (const { kind, item } of script(words(before), words(after))) {
    const changing = removed + added !== '';
    if (kind === 'same' && changing && /^\s+$/.test(item)) {
      // Held back: between two changed words a blank is part of the change, so that a phrase is marked as one.
      blank += item;
    } else if (kind === 'same') {
      settle();
      if (blank + item !== '') keep(blank + item);
      blank = '';
    } else {
      [removed, added, blank] = [removed + blank, added + blank, ''];
      if (kind === 'removed') removed += item;
      else added += item;
    }
  }
  settle();
  if (blank !== '') keep(blank);
  return runs;
}

/**
 * Lays two lists of paragraphs beside each other: equal ones together, and between those the ones that are most alike, in
 * order. What has no counterpart stands alone.
 */
export function pairUp(before: readonly string[], after: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const settle = () => {
    pairs.push(...matchUp(removed, added));
    [removed, added] = [[], []];
  };
  for (const { kind, item } of script(before, after)) {
    if (kind === 'removed') removed.push(item);
    else if (kind === 'added') added.push(item);
    else {
      settle();
      pairs.push({ before: item, after: item });
    }
  }
  settle();
  return pairs;
}

/** Below this likeness two paragraphs are two, not one that was rewritten. */
const ALIKE = 0.4;

function matchUp(removed: readonly string[], added: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  let from = 0;
  for (const before of removed) {
    const rest = added.slice(from);
    const likeness = rest.map((after) => alike(before, after));
    const best = Math.max(...likeness);
    if (best < ALIKE || rest.length === 0) {
      pairs.push({ before, after: undefined });
      continue;
    }
    const at = likeness.indexOf(best);
    for (const after of rest.slice(0, at)) pairs.push({ before: undefined, after });
    pairs.push({ before, after: rest[at] });
    from += at + 1;
  }
  for (const after of added.slice(from)) pairs.push({ before: undefined, after });
  return pairs;
}

/** How much two texts have in common, 0 to 1, by their different words. */
function alike(a: string, b: string): number {
  const [one, other] = [new Set(a.toLowerCase().match(WORD)), new Set(b.toLowerCase().match(WORD))];
  const both = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size;
  return all === 0 ? 1 : (2 * both) / all;
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Words, marks and the blanks between them; joined they are the text again. */
function words(text: string): string[] {
  return text.match(/\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

interface Step<T> {
  readonly kind: Run['kind'];
  readonly item: T;
}

/** Most cells of the table below: two texts of four thousand words each, which no paragraph has. */
const MOST = 16_000_000;

/**
 * The way from one list to another that keeps the most (longest common subsequence), what is taken out before what is put
 * in. What both begin and end with is set aside first, so that a small change in a long text costs little; texts too long
 * to compare are told as all taken out and all put in.
 */
function script<T>(a: readonly T[], b: readonly T[]): Step<T>[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const as = (kind: Run['kind']) => (item: T) => ({ kind, item });
  const [one, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const middle =
    one.length * other.length > MOST
      ? [...one.map(as('removed')), ...other.map(as('added'))]
      : throughTable(one, other);
  return [...a.slice(0, start).map(as('same')), ...middle, ...a.slice(a.length - end).map(as('same'))];
}

function throughTable<T>(a: readonly T[], b: readonly T[]): Step<T>[] {
  const width = b.length + 1;
  // In row i, column j: how much of the rests from i and j on can be kept.
  const kept = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      kept[i * width + j] =
        a[i] === b[j]
          ? kept[(i + 1) * width + j + 1]! + 1
          : Math.max(kept[(i + 1) * width + j]!, kept[i * width + j + 1]!);
  const steps: Step<T>[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ kind: 'same', item: a[i]! });
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && kept[(i + 1) * width + j]! >= kept[i * width + j + 1]!)) {
      steps.push({ kind: 'removed', item: a[i]! });
      i += 1;
    } else {
      steps.push({ kind: 'added', item: b[j]! });
      j += 1;
    }
  }
  return steps;
}
