import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { attempt } from './attempts.ts';
import { addFactor, endFactors, factorRow, factorsOf } from './factors.ts';
import {
  isSecret,
  newRecoveryCodes,
  newSecret,
  readRecoveryCode,
  setUpUri,
  stepOf,
} from './one-time-codes.ts';
import { openSession, type Session } from './sessions.ts';

const RECOVERY_CODES = 10;

/** What a code generator is set up with; nothing is kept until a code shows that it was. */
export async function newGenerator(
  gates: Gates,
  person: string,
  at: Date,
): Promise<{ secret: string; uri: string }> {
  const secret = newSecret();
  const seen = await gates.use('sign-in', SYSTEM).people([person], ['email'], 'codes', at);
  const account = seen.get(person)?.email ?? person;
  return { secret, uri: setUpUri(secret, gates.statement.operator.name, account) };
}

/** Adds a code generator, in place of one that is there, once it has made a right code; that code is the session's proof. */
export async function addGenerator(
  gates: Gates,
  { secret, code }: { secret: string; code: string },
  { at, from }: { at: Date; from: Session },
): Promise<Session> {
  const { person } = from;
  const step = isSecret(secret) ? stepOf(secret, code, at) : undefined;
  if (step === undefined) throw new Refusal('identity.wrong-code', ['code']);
  const before = await factorsOf(gates, person, ['codes']);
  await addFactor(gates, person, { kind: 'codes', secret }, { at });
  await endFactors(
    gates,
    person,
    before.map(({ id }) => id),
    at,
  );
  return openSession(gates, person, { means: 'code', mark: markOf(secret, step, gates) }, { at, from });
}

/** A code is good once: its half minute, under its own generator. */
function markOf(secret: string, step: number, gates: Gates): string {
  return `${gates.keyed('code', secret).toString('base64url').slice(0, 16)} ${step}`;
}

/**
 * Shows the second factor by a code: one of the generator's, or a recovery code. A code counts once; a wrong one is counted
 * against the person, however many sessions it is tried in. A recovery code that was used is told of by mail.
 */
export async function proveByCode(
  gates: Gates,
  { code, block }: { code: string; block: string },
  { at, from }: { at: Date; from: Session },
): Promise<Session> {
  const { person } = from;
  const { outcome: generators, cleared } = await attempt(
    gates,
    { guessed: 'code', account: person, person, block, at },
    () => factorsOf(gates, person, ['codes']),
  );
  const taken = 'identity.wrong-code';
  for (const { id, secret } of generators) {
    const step = stepOf(secret, code, at);
    if (step === undefined) continue;
    const mark = markOf(secret, step, gates);
    return openSession(
      gates,
      person,
      { means: 'code', factor: id, mark, taken, rows: cleared },
      { at, from },
    );
  }
  const found = await recoveryCode(gates, person, code);
  if (found === undefined) throw new Refusal(taken, ['code']);
  const session = await openSession(
    gates,
    person,
    {
      means: 'recovery',
      mark: found,
      taken,
      rows: cleared,
      letters: [{ kind: 'identity.recovery-used', purpose: 'sign-in' }],
    },
    { at, from },
  );
  await endFactors(gates, person, [found], at);
  return session;
}

/** Makes ten recovery codes in place of those that are there. They are shown once and kept as keyed hashes. */
export async function renewRecoveryCodes(gates: Gates, person: string, at: Date): Promise<string[]> {
  const before = await factorsOf(gates, person, ['recovery']);
  const codes = newRecoveryCodes(RECOVERY_CODES);
  const keys = codes.map((code) => keyOf(gates, person, readRecoveryCode(code)!));
  const [first, ...rest] = keys.map((key) => ({ kind: 'recovery' as const, key }));
  await endFactors(
    gates,
    person,
    before.map(({ id }) => id),
    at,
  );
  await addFactor(gates, person, first!, { at, more: rest.map((one) => factorRow(person, one, at)) });
  return codes;
}

async function recoveryCode(gates: Gates, person: string, code: string): Promise<string | undefined> {
  const read = readRecoveryCode(code);
  if (read === undefined) return undefined;
  const [row] = await gates
    .use('sign-in', SYSTEM)
    .rows<{ id: string }>(
      `select id from identity.factor where person = $1 and kind = 'recovery' and key = $2`,
      [person, keyOf(gates, person, read)],
    );
  return row?.id;
}

function keyOf(gates: Gates, person: string, code: string): Buffer {
  return gates.keyed('recovery', `${person}\0${code}`);
}
