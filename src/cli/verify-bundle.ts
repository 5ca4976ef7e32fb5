/** `hjemmel verify DIR`: checks a folder of evidence offline, from its signature down to each block of the journal. */
import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { publicKeyText } from '#gates/receipt.ts';
import { parseStatement } from '#gates/statement-file.ts';
import { checkBundle } from '#platform/bundle.ts';
import { type BlockHeader, ChainCheck } from '#platform/chain/chain.ts';
import { keyId } from '#platform/secrets.ts';
import type { Applied } from '#statement/applied.ts';
import { printable, readTrusted, type Verified, type VerifyOptions } from './verify.ts';

/** The layout that this version can check; `hjemmel prove --evidence` writes it. */
const FORMAT = 'hjemmel-evidence/1';

/** What was found out about a folder. `problems` are sentences for people; `ok` is that there are none. */
interface EvidenceVerdict {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly summary: {
    readonly at?: string;
    readonly operator?: string;
    readonly statement?: string;
    /** Checks that held, that found something, and clauses that none shows yet, as the proof said. */
    readonly holds?: number;
    readonly broken?: number;
    readonly notYet?: number;
    readonly blocks?: number;
    readonly key?: string;
    /** Whether the key was compared with one the reader trusts. Without it, anyone could have made the folder. */
    readonly trusted: boolean;
  };
}

/** Checks a folder of evidence. Never throws for what is in it. Exit codes as for a receipt. */
export async function verifyBundle(dir: string, options: VerifyOptions = {}): Promise<Verified> {
  const say = (exitCode: Verified['exitCode'], verdict: EvidenceVerdict): Verified => ({
    exitCode,
    output: options.json ? JSON.stringify(verdict) : told(dir, exitCode, verdict),
  });
  const read = await readTrusted(options);
  const unusable = (problems: readonly string[]) =>
    say(2, { ok: false, problems, summary: { trusted: false } });
  if (typeof read === 'string') return unusable([read]);
  const { manifest, publicKey, problems: found } = await checkBundle(dir);
  if (manifest === undefined || publicKey === undefined) return unusable(found);
  if (manifest.head.format !== FORMAT) return unusable([`This is not a folder of the format ${FORMAT}.`]);
  const problems = [...found];
  const { trusted } = read;
  if (trusted !== undefined && publicKeyText(trusted.publicKey) !== manifest.publicKey)
    problems.push(`The manifest is not signed by the trusted key ${trusted.id}.`);
  if (manifest.key !== keyId(publicKey)) problems.push('The manifest names another key than the one in it.');
  const inside = found.length === 0 ? await checkInside(dir, manifest.head, publicKey) : { problems: [] };
  problems.push(...inside.problems);
  const { at, operator, statement } = manifest.head;
  return say(problems.length === 0 ? 0 : 1, {
    ok: problems.length === 0,
    problems,
    summary: {
      at: text(at),
      operator: text(operator),
      statement: text(statement),
      ...inside.counted,
      key: manifest.key,
      trusted: trusted !== undefined,
    },
  });
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

interface Inside {
  readonly problems: readonly string[];
  readonly counted?: { holds: number; broken: number; notYet: number; blocks: number };
}

/** That the files, each of them as it was written, also belong together. */
async function checkInside(
  dir: string,
  head: Readonly<Record<string, unknown>>,
  publicKey: KeyObject,
): Promise<Inside> {
  const problems: string[] = [];
  const applied = await readApplied(dir, problems);
  if (applied !== undefined) {
    const { statement, fingerprint } = applied;
    if (statement.version !== head.statement)
      problems.push('The statement is not of the version that the manifest names.');
    if (fingerprint !== head.fingerprint)
      problems.push('The statement does not have the fingerprint that the manifest names.');
  }
  await checkFingerprints(dir, applied, problems);
  const verdict = await readVerdict(dir, head, applied, problems);
  const key = (await readText(dir, 'journal.pub'))?.trim();
  if (key !== publicKeyText(publicKey)) problems.push('journal.pub is not the key that signed the manifest.');
  const chain = await checkChain(dir, publicKey);
  if (chain.problem !== undefined) problems.push(`The journal does not hold: ${chain.problem}.`);
  if (problems.length > 0 || verdict === undefined) return { problems };
  const holds = verdict.checks.filter(({ ok }) => ok).length;
  const counted = {
    holds,
    broken: verdict.checks.length - holds,
    notYet: verdict.notYet.length,
    blocks: chain.blocks,
  };
  return { problems, counted };
}

async function readText(dir: string, name: string): Promise<string | undefined> {
  return readFile(join(dir, name), 'utf8').catch(() => undefined);
}

async function readApplied(dir: string, problems: string[]): Promise<Applied | undefined> {
  const [yaml, nb, en] = await Promise.all(
    ['statement.yaml', 'nb.md', 'en.md'].map((name) => readText(dir, `statement/${name}`)),
  );
  if (yaml === undefined || nb === undefined || en === undefined) {
    problems.push('The statement is not there whole: rules and text in both languages.');
    return undefined;
  }
  try {
    return parseStatement({ yaml, nb, en }, 'statement');
  } catch {
    problems.push('The statement in the folder cannot be read as one.');
    return undefined;
  }
}

const fingerprints = z.object({
  version: z.string(),
  fingerprint: z.string(),
  personFingerprint: z.string(),
});

async function checkFingerprints(
  dir: string,
  applied: Applied | undefined,
  problems: string[],
): Promise<void> {
  const said = await readJson(dir, 'statement/fingerprints.json', fingerprints);
  const same =
    said !== undefined &&
    applied !== undefined &&
    said.version === applied.statement.version &&
    said.fingerprint === applied.fingerprint &&
    said.personFingerprint === applied.personFingerprint;
  if (applied !== undefined && !same)
    problems.push('statement/fingerprints.json does not have the fingerprints of the statement.');
}

const verdictShape = z.object({
  ok: z.boolean(),
  statement: z.string(),
  at: z.string(),
  checks: z.array(z.object({ clause: z.string(), ok: z.boolean() })),
  notYet: z.array(z.object({ clause: z.string() })),
});

async function readVerdict(
  dir: string,
  head: Readonly<Record<string, unknown>>,
  applied: Applied | undefined,
  problems: string[],
): Promise<z.infer<typeof verdictShape> | undefined> {
  const verdict = await readJson(dir, 'verdict.json', verdictShape);
  if (verdict === undefined) {
    problems.push('verdict.json is not the answer of a proof.');
    return undefined;
  }
  if (verdict.statement !== head.statement || verdict.at !== head.at || verdict.ok !== head.ok)
    problems.push('The verdict is not the one that the manifest names.');
  if (applied === undefined) return verdict;
  const told = new Set([...verdict.checks, ...verdict.notYet].map(({ clause }) => clause));
  const clauses = Object.keys(applied.statement.clauses);
  if (told.size !== clauses.length || !clauses.every((clause) => told.has(clause)))
    problems.push('The verdict does not tell of every clause of the statement, and of no other.');
  return verdict;
}

async function readJson<T>(dir: string, name: string, shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return shape.parse(JSON.parse((await readText(dir, name)) ?? ''));
  } catch {
    return undefined;
  }
}

const headShape = z.strictObject({
  number: z.int(),
  first: z.int(),
  last: z.int(),
  root: z.string(),
  previous: z.string(),
  sealedAt: z.string(),
  key: z.string(),
  size: z.int(),
  signature: z.string(),
});

/** Follows the heads of the journal, line by line, from the first block on. */
async function checkChain(dir: string, publicKey: KeyObject): Promise<{ blocks: number; problem?: string }> {
  const check = new ChainCheck({ id: keyId(publicKey), publicKey });
  const lines = createInterface({ input: createReadStream(join(dir, 'journal.ndjson'), 'utf8') });
  let blocks = 0;
  try {
    for await (const line of lines) {
      const { signature, ...header } = headShape.parse(JSON.parse(line));
      const problem = check.nextHead(header satisfies BlockHeader, Buffer.from(signature, 'base64url'));
      if (problem !== undefined) return { blocks, problem };
      blocks += 1;
    }
    return { blocks };
  } catch {
    return { blocks, problem: `line ${blocks + 1} of journal.ndjson is no block` };
  } finally {
    lines.close();
  }
}

function told(dir: string, exitCode: number, { problems, summary }: EvidenceVerdict): string {
  if (exitCode !== 0)
    return [
      exitCode === 1 ? `The evidence in ${dir} does not hold.` : `${dir} could not be checked.`,
      '',
      ...problems.map((problem) => `  ${problem}`),
    ]
      .map(printable)
      .join('\n');
  const { at, operator, statement, holds, broken, notYet, blocks, key, trusted } = summary;
  const lines = [
    `The evidence in ${dir} is as it was written.`,
    '',
    `  by ${operator}, ${at}, under version ${statement} of its statement`,
    `  ${holds} checks held, ${broken} found something, ${notYet} clauses not yet`,
    `  ${blocks} blocks of the journal, each following from the one before, key ${key}`,
  ];
  if (!trusted)
    lines.push(
      '',
      'The key was not compared with one you trust: anybody can make such a folder with a key of their own.',
      'Get the public key from the operator and run this again with --key FILE.',
    );
  return lines.map(printable).join('\n');
}
