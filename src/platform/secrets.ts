/**
 * The installation's own secrets: for finding people by keyed hash, for links in letters, for the passwords of
 * database roles and for signing the journal. Kept in the keys database, wrapped by the master key.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { ClientBase } from 'pg';
import { openBytes, sealBytes } from './aead.ts';
import { Fault } from './fault.ts';
import type { MasterKeys } from './master-key.ts';

const NAMES = ['index', 'link', 'role', 'check', 'journal', 'pepper'] as const;
type Name = (typeof NAMES)[number];
const MAC = 16;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What is hashed, each kind apart: addresses, and requests that are carried out once. */
export type HashKind =
  | 'email'
  | 'phone'
  | 'name'
  | 'company'
  | 'company-name'
  | 'request'
  | 'request.asked'
  | 'request.seal';

/** The Ed25519 pair (RFC 8032) that signs journal blocks. `id`: first 16 hex digits of SHA-256 over the SPKI DER. */
export interface JournalKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The id of a public key: first 16 hex digits of SHA-256 over its SPKI DER. */
export function keyId(publicKey: KeyObject): string {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/** What is wrapped under the context `secret · name`, so that one secret cannot be put in another's place. */
export function secretContext(name: string): string {
  return `secret\0${name}`;
}

/** The opened secrets of one installation; they stay in this process's memory and are never printed. */
export class Secrets {
  readonly journalKey: JournalKey;
  /** 16 hex digits that a main database can remember, to know that it belongs with this keys database. */
  readonly mark: string;
  readonly #index: KeyObject;
  readonly #link: KeyObject;
  readonly #role: KeyObject;
  readonly #pepper: KeyObject;

  constructor(opened: Readonly<Record<Name, Buffer>>) {
    this.#index = createSecretKey(opened.index);
    this.#link = createSecretKey(opened.link);
    this.#role = createSecretKey(opened.role);
    this.#pepper = createSecretKey(opened.pepper);
    this.mark = hmac(createSecretKey(opened.check), 'mark').toString('hex').slice(0, 16);
    const privateKey = createPrivateKey({ key: opened.journal, format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(privateKey);
    this.journalKey = { id: keyId(publicKey), privateKey, publicKey };
  }

  /** The password of a database role: 43 characters, the same for the same role name. */
  rolePassword(role: string): string {
    return hmac(this.#role, role).toString('base64url');
  }

  /** The keyed hash (HMAC-SHA-256, 32 bytes) by which a normalised value is found. It is personal data still. */
  hash(kind: HashKind, normalised: string): Buffer {
    return hmac(this.#index, `${kind}\0${normalised}`);
  }

  /**
   * HMAC-SHA-256 (32 bytes) of a text under a secret for nothing else; `kind` keeps uses apart. What it is made of cannot
   * be guessed at with the databases alone.
   */
  keyed(kind: string, text: string): Buffer {
    return hmac(this.#pepper, `${kind}\0${text}`);
  }

  /** A link's token for one row: 43 characters that hold its UUID and prove that we made it for this kind of link. */
  token(kind: string, id: string): string {
    const bytes = uuidBytes(id);
    if (bytes === undefined) throw new TypeError('a token is made for a UUID');
    return Buffer.concat([bytes, this.#mac(kind, bytes)]).toString('base64url');
  }

  /** The UUID a token was made for, or nothing when it is not ours, not of this kind, or written in another way. */
  readToken(kind: string, token: string): string | undefined {
    if (!TOKEN.test(token)) return undefined;
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.toString('base64url') !== token) return undefined;
    const id = bytes.subarray(0, 16);
    if (!timingSafeEqual(bytes.subarray(16), this.#mac(kind, id))) return undefined;
    return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** A text with a proof that we wrote it for this kind of use: both in base64url, with a full stop between. */
  sign(kind: string, text: string): string {
    const bytes = Buffer.from(text);
    return `${bytes.toString('base64url')}.${this.#mac(`signed\0${kind}`, bytes).toString('base64url')}`;
  }

  /** The text, or nothing when it is not ours, not for this use, or written in another way. */
  readSigned(kind: string, signed: string): string | undefined {
    const [text = '', mac = ''] = signed.split('.', 2);
    const bytes = Buffer.from(text, 'base64url');
    const expected = Buffer.from(this.sign(kind, bytes.toString()));
    const given = Buffer.from(signed);
    if (mac === '' || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return bytes.toString();
  }

  #mac(kind: string, id: Buffer): Buffer {
    const text = Buffer.from(`${kind}\0`);
    return hmac(this.#link, Buffer.concat([text, id])).subarray(0, MAC);
  }
}

/**
 * Opens the secrets, making on first use those that are not there. Two processes that start at once end with the same
 * ones, since the row that was first wins. Needs insert on keys.secret the first time only.
 *
 * Faults: a key file that is not the one this data was sealed with, or that lacks a key still in use. Found at the
 * start, because a process that could not open people's keys would look as if everyone had been erased.
 */
export async function ensureSecrets(
  client: Pick<ClientBase, 'query'>,
  masters: MasterKeys,
): Promise<Secrets> {
  let rows = await readRows(client);
  const missing = NAMES.filter((name) => !rows.has(name));
  if (missing.length > 0) {
    const { id, key } = masters.current;
    const wrapped = missing.map((name) => sealBytes(key, newSecret(name), secretContext(name)));
    await client.query(
      `insert into keys.secret (name, wrapped, master) select n, w, $3 from unnest($1::text[], $2::bytea[]) as u(n, w)
       on conflict do nothing`,
      [missing, wrapped, id],
    );
    rows = await readRows(client);
  }
  await refuseUnknownMasters(client, masters);
  const opened = {} as Record<Name, Buffer>;
  for (const name of NAMES) {
    const row = rows.get(name);
    const master = row && masters.find(row.master);
    const plain = row && master && openBytes(master.key, row.wrapped, secretContext(name));
    if (plain === undefined) throw wrongFile(masters);
    opened[name] = plain;
  }
  return new Secrets(opened);
}

/** The ids of master keys that wrap something now, each found by one step in the index rather than a full read. */
export async function mastersInUse(client: Pick<ClientBase, 'query'>): Promise<string[]> {
  const found = await client.query<{ master: string }>(
    `with recursive used(master) as (
       (select master from keys.person_key order by master limit 1)
       union all
       select (select k.master from keys.person_key k where k.master > used.master order by k.master limit 1)
         from used where used.master is not null)
     select master from used where master is not null
     union select master from keys.archive_key union select master from keys.secret`,
  );
  return found.rows.map((row) => row.master);
}

/** Faults when something is wrapped by a key that the file does not hold. */
export async function refuseUnknownMasters(
  client: Pick<ClientBase, 'query'>,
  masters: MasterKeys,
): Promise<void> {
  const unknown = (await mastersInUse(client)).filter((id) => masters.find(id) === undefined);
  if (unknown.length > 0) {
    throw new Fault(
      `The key file ${masters.file} lacks ${unknown.join(', ')}, which this data was sealed with; put that line back.`,
    );
  }
}

async function readRows(client: Pick<ClientBase, 'query'>) {
  const found = await client.query<{ name: string; wrapped: Buffer; master: string }>(
    'select name, wrapped, master from keys.secret',
  );
  return new Map(found.rows.map((row) => [row.name, row]));
}

function newSecret(name: Name): Buffer {
  if (name !== 'journal') return randomBytes(32);
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
}

function wrongFile(masters: MasterKeys): Fault {
  return new Fault(
    `The key file ${masters.file} is not the one this data was sealed with; put the right one back or set MASTER_KEY_FILE.`,
  );
}

function hmac(key: KeyObject, value: string | Buffer): Buffer {
  return createHmac('sha256', key).update(value).digest();
}

function uuidBytes(id: string): Buffer | undefined {
  const hex = id.replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(hex) ? Buffer.from(hex, 'hex') : undefined;
}
