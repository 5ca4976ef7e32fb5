import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isPair, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type Applied, StatementError, type Texts } from '#statement/applied.ts';
import { check } from '#statement/check.ts';
import { missing } from '#statement/checklist.ts';
import { canonical, canonicalForPerson } from '#statement/fingerprint.ts';
import type { Language, Problem, Prose, Statement } from '#statement/grammar.ts';
import type { Locate } from '#statement/problems.ts';
import { prose } from '#statement/prose.ts';

const FILES = { yaml: 'statement.yaml', nb: 'nb.md', en: 'en.md' } as const;

/**
 * Reads and judges the statement in a folder. Throws StatementError that lists every problem of all three files, a file
 * that cannot be read among them.
 */
export function readStatement(dir: string): Applied {
  const problems: Problem[] = [];
  const read = (name: string): string => {
    const file = join(dir, name);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    } catch (error) {
      const why = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
      problems.push({ file, line: 1, column: 1, message: why });
      return '';
    }
  };
  const texts: Texts = { yaml: read(FILES.yaml), nb: read(FILES.nb), en: read(FILES.en) };
  if (problems.length > 0) throw new StatementError(problems);
  return parseStatement(texts, dir);
}

/** Judges a statement from its texts, as when an applied version comes from the database. Throws StatementError. */
export function parseStatement(texts: Texts, dir: string): Applied {
  const statement = parseRules(texts.yaml, join(dir, FILES.yaml));
  const nb = bind(statement, 'nb', texts.nb, join(dir, FILES.nb));
  const en = bind(statement, 'en', texts.en, join(dir, FILES.en));
  const problems = [...nb.problems, ...en.problems];
  if (nb.prose === undefined || en.prose === undefined) throw new StatementError(problems);
  return {
    statement,
    prose: { nb: nb.prose, en: en.prose },
    texts,
    fingerprint: sha256(canonical(statement, texts)),
    personFingerprint: sha256(canonicalForPerson(statement)),
  };
}

/** Judges the rules alone. Throws StatementError with places in `file`. */
export function parseRules(yaml: string, file: string): Statement {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    throw new StatementError(
      document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message })),
    );
  const locate: Locate = (path, at) => place(offsetOf(document.contents, path, at));
  const { statement, problems } = check(document.toJS(), locate);
  if (statement === undefined) throw new StatementError(problems);
  return statement;
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

function bind(
  statement: Statement,
  language: Language,
  markdown: string,
  file: string,
): { prose?: Prose; problems: Problem[] } {
  const bound = prose(statement, language, markdown, file);
  if (bound.prose === undefined) return bound;
  const problems = missing(statement, bound.prose).map(({ article, what }) => ({
    file,
    line: 1,
    column: 1,
    message: `${article}: the text must tell ${what}`,
  }));
  return problems.length > 0 ? { problems } : bound;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
