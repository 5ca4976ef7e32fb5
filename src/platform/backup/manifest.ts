/** What a backup says of itself: every file with its hash, signed with the key that signs the journal. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../chain/canonical-json.ts';
import { codeOf } from '../database.ts';
import { type JournalKey, keyId } from '../secrets.ts';
import { BackupRefused } from './refused.ts';

/** Names the layout; a manifest that names another is not one that this version can read. */
export const BACKUP_FORMAT = 'hjemmel-backup/1';
export const MANIFEST = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[^/\\\0]+\.[^/\\\0]+$/);
const whole = z.int().nonnegative();

const body = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  kind: z.enum(['main', 'keys']),
  /** Mark of the installation: its keys and its rows belong together. */
  mark: z.string(),
  /** When the snapshot was taken, by the database's clock; ISO 8601 UTC. */
  takenAt: z.iso.datetime(),
  server: z.string(),
  /** Version of the statement in force; none in a database that holds no statement. */
  statement: z.string().optional(),
  /** The newest sealed block of the journal. */
  journal: z.strictObject({ block: whole, hash: sha256 }).optional(),
  migrations: z.array(z.strictObject({ name: z.string(), sha256 })),
  tables: z.array(
    z.strictObject({
      name,
      columns: z.array(z.string()),
      rows: whole,
      file: z.string().regex(/^[\w.-]+\.copy\.gz$/),
      bytes: whole,
      sha256,
    }),
  ),
  partitions: z.array(z.strictObject({ name, parent: name, bound: z.string(), key: z.string().optional() })),
  sequences: z.array(z.strictObject({ name, last: z.string().regex(/^-?\d{1,19}$/), called: z.boolean() })),
  /** Id of the key that signs. */
  key: z.string(),
});

const signed = z.strictObject({ body, signature: z.string(), publicKey: z.string() });

export type BackupKind = z.infer<typeof body>['kind'];
export type ManifestBody = z.infer<typeof body>;
/** The file, format `hjemmel-backup/1`: signature (Ed25519 over canonical JSON) and key (SPKI DER) in base64url. */
export type Manifest = z.infer<typeof signed>;

export function signManifest(given: ManifestBody, key: JournalKey): Manifest {
  return {
    body: given,
    signature: sign(null, Buffer.from(canonicalJson(given)), key.privateKey).toString('base64url'),
    publicKey: key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  };
}

/** SHA-256 by which a restoration names its backup, in hexadecimal. */
export function manifestDigest(manifest: Manifest): string {
  return createHash('sha256').update(canonicalJson(manifest.body)).digest('hex');
}

/**
 * Reads the manifest in a folder and holds it to its signature. With `trusted`, also to that key. Refuses one that is not
 * there, not whole, or not signed so; without a manifest a backup was broken off, since it is written last.
 */
export async function readManifest(folder: string, trusted?: KeyObject): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    throw new BackupRefused(
      `There is no whole backup in ${folder} (${codeOf(error)}): give the folder that hjemmel backup was given.`,
    );
  }
  const manifest = parse(text);
  if (manifest === undefined)
    throw new BackupRefused(
      `The manifest in ${folder} is damaged, or of another release; take another backup.`,
    );
  const key = createKey(manifest.publicKey);
  const holds =
    key !== undefined &&
    manifest.body.key === keyId(key) &&
    verify(
      null,
      Buffer.from(canonicalJson(manifest.body)),
      key,
      Buffer.from(manifest.signature, 'base64url'),
    );
  if (!holds)
    throw new BackupRefused(
      `The manifest in ${folder} was changed after it was signed; take another backup.`,
    );
  if (trusted !== undefined && keyId(trusted) !== manifest.body.key)
    throw new BackupRefused(
      `The backup in ${folder} was signed by another installation's key; give one that was taken here.`,
    );
  return manifest;
}

function parse(text: string): Manifest | undefined {
  try {
    return signed.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function createKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Reads every file of a backup once and refuses at the first that is not the one that was written. */
export async function checkFiles(
  folder: string,
  { tables }: ManifestBody,
  progress: (done: number, of: number) => void = () => {},
): Promise<void> {
  for (const [at, { file, bytes, sha256: expected }] of tables.entries()) {
    const hash = createHash('sha256');
    let length = 0;
    try {
      for await (const chunk of createReadStream(join(folder, file), { highWaterMark: 1 << 18 })) {
        hash.update(chunk);
        length += chunk.length;
      }
    } catch (error) {
      throw new BackupRefused(
        `${join(folder, file)} cannot be read (${codeOf(error)}); take another backup.`,
      );
    }
    if (length !== bytes || hash.digest('hex') !== expected)
      throw new BackupRefused(`${join(folder, file)} is not what was written; take another backup.`);
    progress(at + 1, tables.length);
  }
}
