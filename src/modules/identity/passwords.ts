import { SYSTEM } from '#gates/actor.ts';
import { holdsCardNumber } from '#gates/card-number.ts';
import { soughtFor } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { attempt } from './attempts.ts';
import { isCommon } from './common-passwords.ts';
import { addFactor, endFactors, factorsOf, NOBODY, SECOND } from './factors.ts';
import { hashed, isHashed } from './hashing.ts';
import { openSession, type Session } from './sessions.ts';

/** Fewest and most characters (NIST SP 800-63B-4, 3.1.1.2): alone, beside a second factor, and what anybody can want. */
const ALONE = 15;
const BESIDE = 8;
const MOST = 256;
/** A password as it is hashed, however a keyboard composed it (NFKC); undefined for what is none. */
function readPassword(text: string): string | undefined {
  const password = text.normalize('NFKC');
  return password.isWellFormed() && [...password].length <= MOST ? password : undefined;
}

/** Bound to its person and to this installation before it is hashed: neither database alone lets anybody guess. */
function peppered(gates: Gates, person: string, password: string): Buffer {
  return gates.keyed('password', `${person}\0${password}`);
}

/**
 * Sets a person's password, in place of one that is there. Refuses what is too short, what stands in lists of common and
 * leaked passwords, and what is made of the service's or the person's own words; asks for no mix of signs, and for no change
 * (NIST SP 800-63B-4, OWASP ASVS 6.2).
 */
export async function setPassword(gates: Gates, person: string, text: string, at: Date): Promise<void> {
  const password = readPassword(text);
  if (password === undefined) throw new Refusal('collect.invalid-field', ['password']);
  // It is kept hashed, and would be typed again and again: a card number is taken in no field.
  if (holdsCardNumber(password)) throw new Refusal('collect.card-number', ['password']);
  const factors = await factorsOf(gates, person);
  const beside = factors.some(({ kind }) => SECOND.has(kind));
  const length = [...password].length;
  if (length < (beside ? BESIDE : ALONE)) throw new Refusal('identity.short-password', ['password']);
  const common = new Refusal('identity.common-password', ['password']);
  if (isCommon(password) || isRun(password)) throw common;
  const seen = await gates.use('sign-in', SYSTEM).people([person], ['name', 'email'], 'password', at);
  const { name, hosts } = gates.statement.operator;
  if (isOwn(password, [name, ...hosts, ...Object.values(seen.get(person) ?? {})])) throw common;
  const kept = await hashed(peppered(gates, person, password));
  await endFactors(
    gates,
    person,
    factors.filter(({ kind }) => kind === 'password').map(({ id }) => id),
    at,
  );
  await addFactor(
    gates,
    person,
    { kind: 'password', secret: `${length < ALONE ? 'short' : 'long'}:${kept}` },
    { at },
  );
}

/** True when little is left of a password once each sign that only follows the one before (`aaaa`, `1234`, `9876`) is out. */
export function isRun(password: string): boolean {
  const codes = [...password].map((sign) => sign.codePointAt(0)!);
  const fresh = codes.filter((code, at) => at === 0 || Math.abs(code - codes[at - 1]!) > 1);
  return fresh.length < BESIDE && fresh.length * 2 < codes.length;
}

/** True when little is left of a password once known words are taken out of it. */
export function isOwn(password: string, known: readonly string[]): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^\p{L}\p{N}]/gu, '');
  const words = known
    .flatMap((text) => [text, ...text.split(/[\s.@_+-]+/)])
    .map(plain)
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length);
  let rest = plain(password);
  const before = rest.length;
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < before && rest.length < BESIDE;
}

/** The person's password if this is it; costs the same, and is none, for somebody without one. Every try is counted. */
async function check(
  gates: Gates,
  { person, password, stands }: { person: string; password: string; stands: string },
): Promise<string | undefined> {
  const [factor] = await factorsOf(gates, person, ['password']);
  const text = readPassword(password) ?? '';
  const isRight = await isHashed(peppered(gates, stands, text), factor?.secret.split(':', 2)[1]);
  return isRight ? factor?.id : undefined;
}

/**
 * Opens a session by address and password. An address that is nobody's, one without a password and a wrong password are
 * one refusal, after the same work: a look-up, two counts, a commit, a key asked for and one hash.
 */
export async function signInByPassword(
  gates: Gates,
  { email, password, block }: { email: string; password: string; block: string },
  moment: { at: Date; from?: Session },
): Promise<Session> {
  const address = soughtFor('email', email);
  if (address === undefined) throw new Refusal('collect.invalid-field', ['email']);
  const [person] = await gates.use('sign-in', SYSTEM).find('email', address);
  const { at } = moment;
  const account = person ?? address;
  const { outcome: factor, cleared } = await attempt(
    gates,
    { guessed: 'password', account, person, block, at },
    () => check(gates, { person: person ?? NOBODY, password, stands: account }),
  );
  if (person === undefined || factor === undefined) throw new Refusal('identity.wrong-factor');
  return openSession(gates, person, { means: 'password', factor, rows: cleared }, moment);
}

/** Shows again whose a session is by its person's password. */
export async function proveByPassword(
  gates: Gates,
  { password, block }: { password: string; block: string },
  { at, from }: { at: Date; from: Session },
): Promise<Session> {
  const { person } = from;
  const { outcome: factor, cleared } = await attempt(
    gates,
    { guessed: 'password', account: person, person, block, at },
    () => check(gates, { person, password, stands: person }),
  );
  if (factor === undefined) throw new Refusal('identity.wrong-factor');
  return openSession(gates, person, { means: 'password', factor, rows: cleared }, { at, from });
}
