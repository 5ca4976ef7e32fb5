/**
 * A folder of files under one signed list: nothing in it can be changed, added or taken away unseen. Written once,
 * checked anywhere with a public key.
 */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson } from './chain/canonical-json.ts';
import { codeOf } from './database.ts';
import { Fault } from './fault.ts';

/** Name of the signed list itself. */
export const MANIFEST = 'manifest.json';

/** One file to be written: its name below the folder, with `/`, and its text in pieces. */
export interface BundleFile {
  readonly name: string;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** What is said of the whole beside the list of files. */
export type Head = Readonly<Record<string, string | number | boolean>> & { readonly format: string };

/** The list as it lies in `manifest.json`, as canonical JSON (RFC 8785). */
export interface Manifest {
  readonly head: Head;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** Id of the key that signs. */
  readonly key: string;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
  /** Ed25519 over the canonical JSON of all the rest; base64url. */
  readonly signature: string;
}

export interface SigningKey {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/**
 * Writes the files and, last of all, the signed list: a folder without one was cut short. Faults where the folder is
 * there and holds something.
 */
export async function writeBundle(
  dir: string,
  head: Head,
  files: AsyncIterable<BundleFile>,
  key: SigningKey,
): Promise<Manifest> {
  await makeEmpty(dir);
  const list: Manifest['files'][number][] = [];
  for await (const file of files) list.push(await writeOne(dir, file));
  const body = {
    head,
    files: list,
    key: key.id,
    publicKey: key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  };
  const signature = sign(null, Buffer.from(canonicalJson(body)), key.privateKey).toString('base64url');
  const manifest: Manifest = { ...body, signature };
  await writeFile(join(dir, MANIFEST), `${canonicalJson(manifest)}\n`, { mode: 0o600, flag: 'wx' });
  return manifest;
}

async function makeEmpty(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    if ((await readdir(dir)).length === 0) return;
  } catch (error) {
    throw new Fault(`${dir} cannot be made or read (${codeOf(error)}): name a folder that can.`);
  }
  throw new Fault(`${dir} is not empty: name a folder that is, or one that is not there yet.`);
}

async function writeOne(dir: string, { name, text }: BundleFile): Promise<Manifest['files'][number]> {
  const path = join(dir, name);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of text) {
      const buffer = Buffer.from(piece, 'utf8');
      hash.update(buffer);
      bytes += buffer.length;
      await file.write(buffer);
    }
    return { name, bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** What a check of a folder found. `manifest` is there when one could be read; to be believed when nothing is wrong. */
export interface BundleVerdict {
  readonly manifest?: Manifest;
  readonly publicKey?: KeyObject;
  readonly problems: readonly string[];
}

/** A list is some lines for each file; anything much larger is another file. */
const MOST_BYTES = 10_000_000;

/** Checks the list's signature and every file against it. Never throws for what lies in the folder. */
export async function checkBundle(dir: string): Promise<BundleVerdict> {
  const read = await readManifest(join(dir, MANIFEST));
  if (typeof read === 'string') return { problems: [read] };
  const { manifest, text } = read;
  const problems: string[] = [];
  const publicKey = keyOf(manifest.publicKey);
  if (publicKey === undefined) return { problems: [`${MANIFEST} holds no Ed25519 public key.`] };
  const wrong = wrongWith(manifest, text, publicKey);
  if (wrong !== undefined) problems.push(`${MANIFEST} was changed: ${wrong}.`);
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  const there = new Set<string>();
  for await (const { name, plain } of filesIn(dir)) {
    if (name === MANIFEST) continue;
    there.add(name);
    const file = listed.get(name);
    if (file === undefined) problems.push(`${shown(name)} was added: the manifest does not know it.`);
    else if (!plain) problems.push(`${shown(name)} is no plain file.`);
    else {
      const sha256 = await hashOf(join(dir, name));
      if (sha256 === undefined) problems.push(`${shown(name)} cannot be read.`);
      else if (sha256 !== file.sha256)
        problems.push(`${shown(name)} was changed: its SHA-256 is not the one in the manifest.`);
    }
  }
  for (const name of listed.keys()) if (!there.has(name)) problems.push(`${shown(name)} is missing.`);
  return { manifest, publicKey, problems };
}

function wrongWith(manifest: Manifest, text: string, publicKey: KeyObject): string | undefined {
  const { signature, ...body } = manifest;
  try {
    if (!verify(null, Buffer.from(canonicalJson(body)), publicKey, Buffer.from(signature, 'base64url')))
      return 'its signature does not fit';
    return text === `${canonicalJson(manifest)}\n` ? undefined : 'it is not written as it was signed';
  } catch {
    // The canonical form refuses characters that no list of ours holds.
    return 'it holds what cannot be signed';
  }
}

async function readManifest(path: string): Promise<{ manifest: Manifest; text: string } | string> {
  let text: string;
  try {
    if ((await lstat(path)).size > MOST_BYTES) return `${MANIFEST} is too large to be one.`;
    text = await readFile(path, 'utf8');
  } catch (error) {
    return `There is no ${MANIFEST} here that can be read (${codeOf(error)}).`;
  }
  try {
    const json: unknown = JSON.parse(text);
    return isManifest(json)
      ? { manifest: json, text }
      : `${MANIFEST} is not a list of files as it should be.`;
  } catch {
    return `${MANIFEST} is not JSON.`;
  }
}

function isManifest(json: unknown): json is Manifest {
  const isText = (value: unknown) => typeof value === 'string';
  const isPlain = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isPlain(json) || Object.keys(json).sort().join() !== 'files,head,key,publicKey,signature')
    return false;
  const { head, files, key, publicKey, signature } = json;
  const isScalar = (value: unknown) =>
    isText(value) || typeof value === 'boolean' || Number.isSafeInteger(value);
  return (
    isText(key) &&
    isText(publicKey) &&
    isText(signature) &&
    isPlain(head) &&
    isText(head.format) &&
    Object.values(head).every(isScalar) &&
    Array.isArray(files) &&
    files.every(
      (file) =>
        isPlain(file) &&
        Object.keys(file).sort().join() === 'bytes,name,sha256' &&
        isText(file.name) &&
        Number.isSafeInteger(file.bytes) &&
        isText(file.sha256),
    ) &&
    new Set(files.map(({ name }) => name)).size === files.length
  );
}

function keyOf(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

async function* filesIn(dir: string, below = ''): AsyncGenerator<{ name: string; plain: boolean }> {
  for (const entry of await readdir(join(dir, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(dir, name);
    else yield { name, plain: entry.isFile() };
  }
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
    return hash.digest('hex');
  } catch {
    // Why it cannot be read makes no difference to what it says.
    return undefined;
  }
}

/** A stranger's file name, without characters that would steer a terminal. */
function shown(name: string): string {
  return name.replace(/\p{C}/gu, '\ufffd');
}
