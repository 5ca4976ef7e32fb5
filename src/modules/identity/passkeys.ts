import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { SYSTEM } from '#gates/actor.ts';
import { freeText } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { addFactor, factorsOf } from './factors.ts';
import { openSession, type Session } from './sessions.ts';
import { isSlip, makeSlip } from './slips.ts';

/** Read in when first asked: attestation and its certificates are much to read, and no command but serving needs them. */
const verifier = () => import('@simplewebauthn/server');

/** Where passkeys are good: the origin that pages are reached at, and the host that keys are made for. */
export interface Place {
  readonly origin: string;
  readonly host: string;
}

/** Milliseconds that somebody has to find their key. */
const LIFE = 300_000;
/** COSE numbers of Ed25519, ECDSA over P-256 and RSA, best first. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser made for a new passkey; bytes in base64url. */
export interface MadePasskey {
  readonly id: string;
  readonly clientData: string;
  readonly attestation: string;
  readonly name?: string;
}

/** What a passkey signed; bytes in base64url. */
export interface SignedPasskey {
  readonly id: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** What is kept of a passkey, sealed. */
interface Kept {
  readonly id: string;
  readonly publicKey: string;
}

/** What a browser is asked to sign with a passkey. Nobody is named: the key says whose it is. */
export function signInOptions(gates: Gates, { host }: Place, at: Date) {
  return {
    challenge: makeSlip(gates, 'passkey', 'sign-in', at),
    rpId: host,
    timeout: LIFE,
    userVerification: 'required' as const,
  };
}

/**
 * What a browser is asked to make: a passkey that is found without a name and opened by finger, face or number, so that it
 * is two factors by itself. No attestation: which make of key it is, is nobody's business.
 */
export async function newPasskeyOptions(gates: Gates, { host }: Place, person: string, at: Date) {
  const seen = await gates.use('sign-in', SYSTEM).people([person], ['name', 'email'], 'passkey', at);
  const { name, email } = seen.get(person) ?? {};
  const there = await factorsOf(gates, person, ['passkey']);
  return {
    challenge: makeSlip(gates, 'passkey', person, at),
    rp: { id: host, name: gates.statement.operator.name },
    user: {
      id: Buffer.from(person.replaceAll('-', ''), 'hex').toString('base64url'),
      name: email ?? person,
      displayName: name ?? email ?? '',
    },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: LIFE,
    attestation: 'none' as const,
    excludeCredentials: there.map(({ secret }) => ({
      type: 'public-key' as const,
      id: (JSON.parse(secret) as Kept).id,
    })),
    authenticatorSelection: {
      residentKey: 'required' as const,
      requireResidentKey: true,
      userVerification: 'required' as const,
    },
  };
}

/** Adds a passkey that was made for the session's person; making it is a proof of theirs. */
export async function addPasskey(
  gates: Gates,
  { origin, host }: Place,
  made: MadePasskey,
  { at, from }: { at: Date; from: Session },
): Promise<Session> {
  const { person } = from;
  const name = made.name === undefined || made.name.trim() === '' ? undefined : freeText('name', made.name);
  let challenge = '';
  const response: RegistrationResponseJSON = {
    id: made.id,
    rawId: made.id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: made.clientData, attestationObject: made.attestation },
  };
  const { verifyRegistrationResponse } = await verifier();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (given) => {
      challenge = given;
      return isSlip(gates, { kind: 'passkey', bound: person, life: LIFE, at }, given);
    },
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  // What exactly was wrong with it is for nobody to learn by trying.
  if (!verified?.verified || verified.registrationInfo === undefined)
    throw new Refusal('identity.wrong-passkey');
  const { id, publicKey } = verified.registrationInfo.credential;
  const kept: Kept = { id, publicKey: Buffer.from(publicKey).toString('base64url') };
  const key = gates.keyed('passkey', id);
  await addFactor(gates, person, { kind: 'passkey', name, secret: JSON.stringify(kept), key }, { at });
  return openSession(gates, person, { means: 'passkey', mark: challenge }, { at, from });
}

/**
 * Opens a session by a passkey, or shows again whose a session is. A challenge counts once. Counters of keys are not
 * compared: keys that are kept on several machines have none, and of those that have, a copy would be refused by nothing else.
 */
export async function signInByPasskey(
  gates: Gates,
  { origin, host }: Place,
  signed: SignedPasskey,
  moment: { at: Date; from?: Session },
): Promise<Session> {
  const { at } = moment;
  const wrong = new Refusal('identity.wrong-passkey');
  const [row] = await gates
    .use('sign-in', SYSTEM)
    .rows<{ person: string; id: string }>(
      `select person, id from identity.factor where key = $1 and kind = 'passkey'`,
      [gates.keyed('passkey', signed.id)],
    );
  if (row === undefined) throw wrong;
  const factor = (await factorsOf(gates, row.person, ['passkey'])).find(({ id }) => id === row.id);
  if (factor === undefined) throw wrong;
  const kept = JSON.parse(factor.secret) as Kept;
  let challenge = '';
  const { verifyAuthenticationResponse } = await verifier();
  const verified = await verifyAuthenticationResponse({
    response: {
      id: signed.id,
      rawId: signed.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: signed.clientData,
        authenticatorData: signed.authenticatorData,
        signature: signed.signature,
      },
    },
    expectedChallenge: (given) => {
      challenge = given;
      return isSlip(gates, { kind: 'passkey', bound: 'sign-in', life: LIFE, at }, given);
    },
    expectedOrigin: origin,
    expectedRPID: host,
    credential: {
      id: kept.id,
      publicKey: new Uint8Array(Buffer.from(kept.publicKey, 'base64url')),
      counter: 0,
    },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) throw wrong;
  const proof = {
    means: 'passkey',
    factor: row.id,
    mark: challenge,
    taken: 'identity.wrong-passkey',
  } as const;
  return openSession(gates, row.person, proof, moment);
}
