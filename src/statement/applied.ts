import type { Language, Problem, Prose, Statement } from './grammar.ts';

/** The three files of one version, as they were written. */
export interface Texts {
  readonly yaml: string;
  readonly nb: string;
  readonly en: string;
}

/** One whole version: rules, prose and fingerprints (SHA-256, hex). */
export interface Applied {
  readonly statement: Statement;
  readonly prose: Readonly<Record<Language, Prose>>;
  readonly texts: Texts;
  /** Of all of it: the same fingerprint, the same version. */
  readonly fingerprint: string;
  /** Of what matters to a person: while it stays the same, nobody is asked or told again. */
  readonly personFingerprint: string;
}

/** A statement that cannot be used. The message lists every problem, one `file:line:column: message` a line. */
export class StatementError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'),
    );
    this.name = 'StatementError';
    this.problems = problems;
  }
}
