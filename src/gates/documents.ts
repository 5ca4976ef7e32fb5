import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
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

const HEAD = /^---\nversion: "(\d+\.\d+)"\nupdated: (\d{4}-\d{2}-\d{2})\n---\n/;

interface Applied {
  readonly document: DocumentName;
  readonly version: string;
  readonly updated: string;
  readonly fingerprint: string;
  readonly bound: string;
}

/**
 * Applies documents from the statement's folder that are not applied yet, as the owner, and answers with every version
 * there is. A version once applied is immutable: what was accepted can be shown word by word, with the facts of that day,
 * whatever becomes of the files and the rules. Throws a Fault when a text was changed and its version was not, and
 * StatementError for what is wrong in a new one, or for a document that never was.
 */
export async function applyDocuments(
  client: ClientBase,
  { dir, statement, now }: { dir: string; statement: Statement; now: Date },
): Promise<Documents> {
  const { rows } = await client.query<Applied>(
    'select document, version, updated, fingerprint, bound from statement.document order by applied_at desc, document',
  );
  const fresh: DocumentVersion[] = [];
  for (const name of DOCUMENTS) {
    const own = rows.filter(({ document }) => document === name);
    if (own.length > 0 && filesOf(dir, name).every(({ file }) => !existsSync(file))) continue;
    const written = readDocument(dir, name);
    const same = own.find(({ version }) => version === written.version);
    if (same !== undefined && same.fingerprint !== written.fingerprint)
      throw new Fault(
        `${join(dir, name)}.*.md says something else than version ${written.version} that was applied: give it a new version.`,
      );
    if (same !== undefined) continue;
    const prose = bind(written, statement);
    fresh.push({ document: name, version: written.version, updated: written.updated, prose });
    await client.query('insert into statement.document values ($1, $2, $3, $4, $5, $6)', [
      name,
      written.version,
      written.updated,
      written.fingerprint,
      JSON.stringify(prose),
      now,
    ]);
  }
  return [
    ...fresh,
    ...rows.map(({ document, version, updated, bound }) => ({
      document,
      version,
      updated,
      prose: JSON.parse(bound) as Record<Language, Prose>,
    })),
  ];
}

const filesOf = (dir: string, document: DocumentName) =>
  (['nb', 'en'] as const).map((language) => ({ language, file: join(dir, `${document}.${language}.md`) }));

/** A document as it is written, in both languages; they have one version and one date. */
interface Written {
  readonly version: string;
  readonly updated: string;
  readonly fingerprint: string;
  readonly texts: readonly { readonly language: Language; readonly file: string; readonly text: string }[];
}

function readDocument(dir: string, document: DocumentName): Written {
  const problems: Problem[] = [];
  const wrong = (file: string, message: string) => problems.push({ file, line: 1, column: 1, message });
  const texts = filesOf(dir, document).map(({ language, file }) => {
    const text = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined;
    if (text === undefined) wrong(file, 'cannot be read');
    const [, version = '', updated = ''] = HEAD.exec(text ?? '') ?? [];
    if (text !== undefined && version === '')
      wrong(file, 'must begin with ---, version: "1.0", updated: 2026-01-31, ---');
    return { language, file, text: text ?? '', version, updated };
  });
  const [nb, en] = texts as [(typeof texts)[number], (typeof texts)[number]];
  if (problems.length === 0 && (nb.version !== en.version || nb.updated !== en.updated))
    wrong(en.file, 'has another version or date than the Norwegian text');
  if (problems.length > 0) throw new StatementError(problems);
  const { version, updated } = nb;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([nb.text, en.text]))
    .digest('hex');
  return { version, updated, fingerprint, texts };
}

/** Takes the facts from the rules. The lines of the head stay, empty, so that a problem is told on its own line. */
function bind({ texts }: Written, statement: Statement): Record<Language, Prose> {
  const bound = texts.map(({ language, file, text }) => {
    const head = HEAD.exec(text)![0];
    return documentProse(statement, language, head.replace(/[^\n]/g, '') + text.slice(head.length), file);
  });
  const [nb, en] = bound.map(({ prose }) => prose);
  if (nb === undefined || en === undefined)
    throw new StatementError(bound.flatMap(({ problems }) => problems));
  return { nb, en };
}
