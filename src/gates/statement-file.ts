import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remembered } from '#platform/remembered.ts';
import { type Applied, StatementError, type Texts } from '#statement/applied.ts';
import { check } from '#statement/check.ts';
import { missing } from '#statement/checklist.ts';
import { canonical, canonicalForPerson } from '#statement/fingerprint.ts';
import type { Language, Problem, Prose, Statement } from '#statement/grammar.ts';
import { prose } from '#statement/prose.ts';
import { parseYaml } from './yaml-file.ts';

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

/** Versions that are kept as they were judged: whoever opens, plans and serves asks for the same few. */
const KEPT = 8;

/** Judges a statement from its texts, as when an applied version comes from the database. Throws StatementError. */
export function parseStatement({ yaml, nb, en }: Texts, dir: string): Applied {
  return judged(yaml, nb, en, dir);
}

const judged = remembered(KEPT, (yaml: string, norwegian: string, english: string, dir: string): Applied => {
  const texts: Texts = { yaml, nb: norwegian, en: english };
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
});

/** Judges the rules alone. Throws StatementError with places in `file`. */
export function parseRules(yaml: string, file: string): Statement {
  const { document, locate } = parseYaml(yaml, file);
  const { statement, problems } = check(document, locate);
  if (statement === undefined) throw new StatementError(problems);
  return statement;
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
