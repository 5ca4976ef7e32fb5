import { isMap, isPair, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { StatementError } from '#statement/applied.ts';
import type { Locate } from '#statement/problems.ts';

/** Parses YAML, with a way to say where in the file a part of it stands. Throws StatementError for what is no YAML. */
export function parseYaml(yaml: string, file: string): { document: unknown; locate: Locate } {
  const lines = new LineCounter();
  const document = within(file, () => parseDocument(yaml, { lineCounter: lines, prettyErrors: false }));
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    throw new StatementError(
      document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message })),
    );
  return {
    document: within(file, () => document.toJS()),
    locate: (path, at) => place(offsetOf(document.contents, path, at)),
  };
}

/** Reads what may be made to fill the memory or the stack: parts that repeat one another, or lie one in the other. */
function within<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const message = 'cannot be read: it lies too deep, or repeats its own parts too often';
    throw new StatementError([{ file, line: 1, column: 1, message }]);
  }
}

/** Where a path stands; the nearest part above it when the path itself is not there, as with a missing key. */
function offsetOf(
  root: Node | null,
  path: readonly (string | number)[],
  at: 'key' | 'value' = 'value',
): number {
  let node: unknown = root;
  let offset = 0;
  for (const step of path) {
    const next: unknown = isMap(node) ? pairOf(node.items, step) : itemOf(node, step);
    if (next === undefined) return offset;
    if (isPair(next)) {
      const key = next.key as Node;
      node = next.value;
      offset = (at === 'key' ? key.range?.[0] : (start(node) ?? key.range?.[0])) ?? offset;
    } else {
      node = next;
      offset = start(node) ?? offset;
    }
  }
  return offset;
}

function pairOf(items: readonly Pair[], step: string | number): Pair | undefined {
  return items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function itemOf(node: unknown, step: string | number): unknown {
  return (node as { items?: unknown[] } | null)?.items?.[Number(step)];
}

function start(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
