/** `hjemmel verify FILE|DIR`: checks a receipt or a folder of evidence. Needs no database, no configuration and no network. */
import type { KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RECEIPT_FORMAT } from '#gates/receipt.ts';
import { type ReceiptVerdict, readKeyFile, verifyReceipt } from '#gates/receipt-check.ts';
import { codeOf } from '#platform/database.ts';

/** How to check: answer as JSON, and which public key to trust (a file, or `journal.pub` in the data directory). */
export interface VerifyOptions {
  readonly json?: boolean;
  readonly keyFile?: string;
  readonly dataDir?: string;
}

/** 0: the receipt holds. 1: it does not. 2: there is no receipt or key to be read. `output` has no newline at its end. */
export interface Verified {
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
}

/** Name of the public key file in the data directory. */
export const PUBLIC_KEY_FILE = 'journal.pub';

/** Receipts are a few kilobytes; anything much larger is another file, and is not read into memory to find out. */
const MOST_BYTES = 10_000_000;

/** Checks the receipt in a file. Never throws for what is in the files. */
export async function verify(file: string, options: VerifyOptions = {}): Promise<Verified> {
  const say = (exitCode: Verified['exitCode'], verdict: ReceiptVerdict): Verified => ({
    exitCode,
    output: options.json ? JSON.stringify(verdict) : told(file, exitCode, verdict),
  });
  const unusable = (problem: string) =>
    say(2, { ok: false, problems: [problem], summary: { trusted: false } });

  const read = await readTrusted(options);
  if (typeof read === 'string') return unusable(read);
  const { trusted } = read;

  let json: unknown;
  try {
    if ((await stat(file)).size > MOST_BYTES) return unusable('The file is too large to be a receipt.');
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return unusable('The file is not JSON, so it is no receipt.');
    return unusable(`The file cannot be read (${codeOf(error)}).`);
  }
  const verdict = verifyReceipt(json, trusted);
  if (verdict.ok) return say(0, verdict);
  const isReceipt =
    json !== null && typeof json === 'object' && 'format' in json && json.format === RECEIPT_FORMAT;
  return say(isReceipt ? 1 : 2, verdict);
}

/** The key that the reader trusts, if there is one; a sentence when the one asked for cannot be read. */
export async function readTrusted(
  options: VerifyOptions,
): Promise<{ trusted: { id: string; publicKey: KeyObject } | undefined } | string> {
  const keyFile = options.keyFile ?? (options.dataDir && join(options.dataDir, PUBLIC_KEY_FILE));
  if (keyFile === undefined) return { trusted: undefined };
  try {
    const trusted = readKeyFile(await readFile(keyFile, 'utf8'));
    return trusted === undefined ? `The key file ${keyFile} holds no Ed25519 public key.` : { trusted };
  } catch (error) {
    // No key in the data directory only means that the reader is not the operator; a key asked for must be there.
    if (options.keyFile === undefined && codeOf(error) === 'ENOENT') return { trusted: undefined };
    return `The key file ${keyFile} cannot be read (${codeOf(error)}).`;
  }
}

function told(file: string, exitCode: number, { problems, summary }: ReceiptVerdict): string {
  const lines: string[] = [];
  if (exitCode === 0) {
    lines.push(`The receipt in ${file} holds.`, '');
    lines.push(`  ${summary.kind === 'erasure' ? 'Erasure' : 'Consent'} ${summary.id}, ${summary.at}`);
    lines.push(`  by ${summary.operator} under version ${summary.statement} of its statement`);
    lines.push(`  sealed in block ${summary.block} at ${summary.sealedAt}, key ${summary.key}`);
    if (!summary.trusted) {
      lines.push(
        '',
        'The key was not compared with one you trust: anybody can make a receipt with a key of their own.',
      );
      lines.push(`Get the public key from the operator and run this again with --key FILE.`);
    }
  } else {
    lines.push(
      exitCode === 1 ? `The receipt in ${file} does not hold.` : `${file} could not be checked.`,
      '',
    );
    lines.push(...problems.map((problem) => `  ${problem}`));
  }
  return lines.map(printable).join('\n');
}

/** What a stranger's file says is shown on a terminal: without characters that would steer it. */
export function printable(line: string): string {
  return line.replace(/\p{C}/gu, '\ufffd');
}
