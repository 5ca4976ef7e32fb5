/**
 * The file of master keys, which wrap everything in the keys database.
 *
 * Text, so that it can be printed and locked away: one line a key, `k1 <base64 of 32 bytes>`. The last line is the
 * current key; earlier lines only open what they once sealed. A line that begins with `#` is a comment.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from './fault.ts';

const HEAD =
  '# Hjemmel master keys. The last one is current. Without this file nothing sealed can be read.\n';
const LINE = /^(k[1-9][0-9]{0,8}) ([A-Za-z0-9+/]{43}=)$/;
const MODE = 0o600;

/** One master key: its id (`k1`, `k2`, …) and the 256-bit key. */
export interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys of one file, kept in step with it: a key added by a rotation is met without a restart. */
export class MasterKeys {
  readonly file: string;
  #keys: ReadonlyMap<string, MasterKey>;
  #current: MasterKey;
  #stamp: string | undefined;

  /** Reads the file; Faults as {@link readMasterKeys}. */
  constructor(file: string) {
    this.file = file;
    this.#stamp = stampOf(file);
    [this.#keys, this.#current] = parse(file);
  }

  /** Ids in the file's order, oldest first. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /**
   * The key that wraps what is made now. Looks whether the file was replaced, because a process that went on using
   * the old key after a rotation would tie new people to a key that the operator is about to remove.
   */
  get current(): MasterKey {
    this.#refresh();
    return this.#current;
  }

  /** The key of an id; an id not known is looked for once more in the file. Nothing when it is not there either. */
  find(id: string): MasterKey | undefined {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    this.#refresh();
    return this.#keys.get(id);
  }

  /** A file taken away while we run changes nothing: some operators lay it in place for the start only. */
  #refresh(): void {
    const stamp = stampOf(this.file);
    if (stamp === undefined || stamp === this.#stamp) return;
    [this.#keys, this.#current] = parse(this.file);
    this.#stamp = stamp;
  }
}

/** Reads a master key file. Faults: missing, readable by others than its owner, garbled, empty, an id twice. */
export function readMasterKeys(file: string): MasterKeys {
  return new MasterKeys(file);
}

/** Makes a key file with one new key, mode 0600, durable on return. A file that is there already is a Fault. */
export function createMasterKeyFile(file: string): MasterKeys {
  try {
    write(file, `${HEAD}${newLine('k1')}`);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unwritable(file, error);
    throw new Fault(`The key file ${file} is there already and is not overwritten; move it away first.`);
  }
  syncFolder(file);
  return new MasterKeys(file);
}

/**
 * Adds a new current key and returns its id. The file is replaced in one step, so a crash leaves the old file or the
 * new one; two rotations at once are kept apart by the draft's exclusive name.
 */
export function addMasterKey(file: string): string {
  const ids = readMasterKeys(file).ids;
  const id = `k${Math.max(...ids.map((known) => Number(known.slice(1)))) + 1}`;
  const text = readFileSync(file, 'utf8');
  const draft = `${file}.new`;
  try {
    write(draft, `${text}${text.endsWith('\n') ? '' : '\n'}${newLine(id)}`);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unwritable(draft, error);
    throw new Fault(
      `${draft} is left from a rotation that is under way or was broken off; remove it when none runs.`,
    );
  }
  try {
    renameSync(draft, file);
  } catch (error) {
    unlinkSync(draft);
    throw unwritable(file, error);
  }
  syncFolder(file);
  return id;
}

function newLine(id: string): string {
  return `${id} ${randomBytes(32).toString('base64')}\n`;
}

function write(file: string, text: string): void {
  const handle = openSync(file, 'wx', MODE);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The name of a new file is durable only when its folder is. */
function syncFolder(file: string): void {
  const handle = openSync(dirname(file), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function stampOf(file: string): string | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino}.${stat.mtimeNs}.${stat.size}`;
}

function parse(file: string): [ReadonlyMap<string, MasterKey>, MasterKey] {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new Fault(`The key file ${file} is missing; put it back, or set MASTER_KEY_FILE to where it is.`);
  }
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    throw new Fault(`The key file ${file} can be read by other users; run: chmod 600 ${file}`);
  }
  const keys = new Map<string, MasterKey>();
  let last: MasterKey | undefined;
  for (const [index, line] of text(file).split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, id, base64] = LINE.exec(line.trim()) ?? [];
    if (id === undefined || base64 === undefined || keys.has(id)) {
      const what =
        id === undefined ? 'is no key (expected an id like k1 and 32 bytes in base64)' : `repeats ${id}`;
      throw new Fault(
        `The key file ${file} is damaged: line ${index + 1} ${what}; restore it from your copy.`,
      );
    }
    last = { id, key: createSecretKey(Buffer.from(base64, 'base64')) };
    keys.set(id, last);
  }
  if (last === undefined) throw new Fault(`The key file ${file} holds no key; restore it from your copy.`);
  return [keys, last];
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(
      `The key file ${file} cannot be read (${codeOf(error)}); check its owner and run: chmod 600 ${file}`,
    );
  }
}

function unwritable(file: string, error: unknown): Fault {
  return new Fault(
    `The key file ${file} cannot be written (${codeOf(error)}); check that its folder exists and is yours.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
