import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { Fault } from '#platform/fault.ts';
import { StatementError } from '#statement/applied.ts';
import type { Language, Problem, Prose, Statement } from '#statement/grammar.ts';
import { documentProse } from '#statement/prose.ts';
import { Refusal } from './refusal.ts';

/** What a client accepts: the agreement, and the data-processing agreement (art. 28(3), clause `0.roles`). */
export const DOCUMENTS = ['agreement', 'dpa'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** One version of a document as it was applied, with the facts that the rules gave it then. */
export interface DocumentVersion {
  readonly document: DocumentName;
  readonly version: string;
  readonly updated: string;
  readonly prose: Readonly<Record<Language, Prose>>;
}

/** Every version of every document, newest first. */
export type Documents = readonly DocumentVersion[];

/** Both versions in force, as somebody says they were shown them. */
export interface AcceptedVersions {
  readonly agreement: string;
  readonly dpa: string;
}

/** The version of a document that must be accepted now. */
export function documentInForce(documents: Documents, name: DocumentName): DocumentVersion {
  return documents.find(({ document }) => document === name)!;
}

/** A document by its name and version, the one in force where none is named. Refuses what was never applied. */
export function documentOf(documents: Documents, name: string, version?: string): DocumentVersion {
  const found = documents.find(
    (one) => one.document === name && (version === undefined || one.version === version),
  );
  if (found === undefined) throw new Refusal('customers.unknown-document');
  return found;
}

/** Refuses versions that are not the ones in force; what was read is what is accepted. */
export function demandInForce(documents: Documents, accepted: AcceptedVersions): void {
  const stale = DOCUMENTS.filter((name) => accepted[name] !== documentInForce(documents, name).version);
  if (stale.length > 0) throw new Refusal('customers.not-in-force', stale);
}

interface Read extends DocumentVersion {
  readonly fingerprint: string;
}

const HEAD = /^---\nversion: "(\d+\.\d+)"\nupdated: (\d{4}-\d{2}-\d{2})\n---\n/;

/**
 * Applies documents from the statement's folder that are not applied yet, as the owner, and answers with every version
 * there is. A version once applied is immutable: what was accepted can be shown word by word. Throws a Fault when a text
 * was changed and its version was not, and StatementError for what is wrong in a text.
 *
 * An amendment of the rules alone makes no new version: clients agreed to the text as it was bound then.
 */
export async function applyDocuments(
  client: ClientBase,
  { dir, statement, now }: { dir: string; statement: Statement; now: Date },
): Promise<Documents> {
  const { rows } = await client.query<{
    document: DocumentName;
    version: string;
    updated: string;
    fingerprint: string;
    bound: string;
  }>(
    'select document, version, updated, fingerprint, bound from statement.document order by applied_at desc, document',
  );
  const applied: Documents = rows.map(({ document, version, updated, bound }) => ({
    document,
    version,
    updated,
    prose: JSON.parse(bound) as Record<Language, Prose>,
  }));
  const fresh: Read[] = [];
  for (const name of DOCUMENTS) {
    const read = readDocument(dir, name, statement);
    const same = rows.find(({ document, version }) => document === name && version === read.version);
    if (same === undefined) fresh.push(read);
    else if (same.fingerprint !== read.fingerprint)
      throw new Fault(
        `${join(dir, name)}.*.md says something else than version ${read.version} that was applied: give it a new version.`,
      );
  }
  for (const { document, version, updated, fingerprint, prose } of fresh)
    await client.query('insert into statement.document values ($1, $2, $3, $4, $5, $6)', [
      document,
      version,
      updated,
      fingerprint,
      JSON.stringify(prose),
      now,
    ]);
  return [...fresh.map(({ fingerprint: _fingerprint, ...version }) => version), ...applied];
}

/** Reads a document in both languages; they have one version and one date. */
function readDocument(dir: string, document: DocumentName, statement: Statement): Read {
  const problems: Problem[] = [];
  const read = (language: Language) => {
    const file = join(dir, `${document}.${language}.md`);
    const wrong = (message: string) => problems.push({ file, line: 1, column: 1, message });
    let text = '';
    try {
      text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    } catch {
      wrong('cannot be read');
      return undefined;
    }
    const [head, version, updated] = HEAD.exec(text) ?? [];
    if (head === undefined || version === undefined || updated === undefined) {
      wrong('must begin with ---, version: "1.0", updated: 2026-01-31, ---');
      return undefined;
    }
    // The lines of the head are left in place, empty, so that a problem is told on its own line.
    const bound = documentProse(
      statement,
      language,
      head.replace(/[^\n]/g, '') + text.slice(head.length),
      file,
    );
    problems.push(...bound.problems);
    return { version, updated, text, prose: bound.prose };
  };
  const [nb, en] = [read('nb'), read('en')];
  if (nb !== undefined && en !== undefined && (nb.version !== en.version || nb.updated !== en.updated))
    problems.push({
      file: join(dir, `${document}.en.md`),
      line: 1,
      column: 1,
      message: 'has another version or date than the Norwegian text',
    });
  if (nb?.prose === undefined || en?.prose === undefined || problems.length > 0)
    throw new StatementError(problems);
  return {
    document,
    version: nb.version,
    updated: nb.updated,
    prose: { nb: nb.prose, en: en.prose },
    fingerprint: createHash('sha256')
      .update(JSON.stringify([nb.text, en.text]))
      .digest('hex'),
  };
}
