import { randomUUID } from 'node:crypto';
import { SYSTEM } from '#gates/actor.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';

export type Kind = 'password' | 'codes' | 'recovery' | 'passkey' | 'provider';

/** Something a person signs in with, as they see it. */
export interface Factor {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string | null;
  readonly addedAt: Date;
  readonly usedAt: Date;
}

/** The same with what it is checked against. */
export interface Secret extends Factor {
  readonly secret: string;
}

/** What is added. */
interface NewFactor {
  readonly kind: Kind;
  readonly name?: string;
  readonly secret?: string;
  readonly key?: Buffer;
}

/** Stands in for whoever is not there, so that asking for nobody costs what asking for somebody does. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

interface FactorRow {
  id: string;
  kind: Kind;
  name: Buffer | null;
  secret: Buffer | null;
  added_at: Date;
  used_at: Date;
}

/** A person's factors, the oldest first, secrets opened. */
export async function factorsOf(
  gates: Gates,
  person: string,
  kinds: readonly Kind[] = ['password', 'codes', 'recovery', 'passkey', 'provider'],
): Promise<Secret[]> {
  const handle = gates.use('sign-in', SYSTEM);
  const rows = await handle.rows<FactorRow>(
    `select id, kind, name, secret, added_at, used_at from identity.factor
      where person = $1 and kind = any($2) order by added_at, id`,
    [person, kinds],
  );
  const sealed = rows.flatMap(({ id, name, secret }) => [
    ...(name === null ? [] : [{ place: `identity.factor.name#${id}`, sealed: name }]),
    ...(secret === null ? [] : [{ place: `identity.factor.secret#${id}`, sealed: secret }]),
  ]);
  const opened = await handle.unseal(person, sealed);
  if (opened === undefined) return [];
  const values = new Map(sealed.map(({ place }, at) => [place, opened[at]!]));
  return rows.map(({ id, kind, added_at, used_at }) => ({
    id,
    kind,
    name: values.get(`identity.factor.name#${id}`) ?? null,
    secret: values.get(`identity.factor.secret#${id}`) ?? '',
    addedAt: added_at,
    usedAt: used_at,
  }));
}

/** The row of a new factor; the gate seals what its columns keep sealed. */
export function factorRow(person: string, { kind, name, secret, key }: NewFactor, at: Date): Row {
  return {
    table: 'identity.factor',
    values: {
      person,
      id: randomUUID(),
      kind,
      name,
      secret,
      key: key && `\\x${key.toString('hex')}`,
      added_at: at,
      used_at: at,
      active_at: at,
    },
  };
}

/** Adds a factor, and tells its person by mail (OWASP ASVS 6.3.7). */
export async function addFactor(
  gates: Gates,
  person: string,
  added: NewFactor,
  { at, more = [] }: { at: Date; more?: readonly Row[] },
): Promise<void> {
  await gates.trace({
    purpose: 'sign-in',
    act: 'factor-added',
    person,
    actor: { kind: 'person', id: person },
    at,
    rows: [factorRow(person, added, at), ...more],
    letters: [{ kind: `identity.added-${added.kind}`, purpose: 'sign-in' }],
    taken: 'identity.factor-taken',
  });
}

/** Kinds that stand as second factors. */
export const SECOND: ReadonlySet<Kind> = new Set(['codes', 'passkey']);

/**
 * Removes a factor, and tells its person by mail. Recovery codes go with the last second factor. `must`: the person may
 * not be without a second factor, and neither may a password that is short because it had one beside it.
 */
export async function removeFactor(
  gates: Gates,
  person: string,
  id: string,
  { at, must }: { at: Date; must: boolean },
): Promise<void> {
  const all = await factorsOf(gates, person);
  const gone = all.find((one) => one.id === id && one.kind !== 'recovery');
  if (gone === undefined) throw new Refusal('identity.unknown-factor');
  const isLast = SECOND.has(gone.kind) && !all.some((one) => one.id !== id && SECOND.has(one.kind));
  const short = all.some(({ kind, secret }) => kind === 'password' && secret.startsWith('short:'));
  if (isLast && (must || short)) throw new Refusal('identity.needed-factor');
  const leaves = [id, ...(isLast ? all.filter(({ kind }) => kind === 'recovery').map((one) => one.id) : [])];
  await endFactors(gates, person, leaves, at);
  await gates.trace({
    purpose: 'sign-in',
    act: 'factor-removed',
    person,
    actor: { kind: 'person', id: person },
    at,
    letters: [{ kind: `identity.removed-${gone.kind}`, purpose: 'sign-in' }],
  });
}

/** Takes factors away, without a word; a restored backup does not bring them back. */
export async function endFactors(
  gates: Gates,
  person: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await gates.answer.endRows(person, 'identity.factor', { id: ids }, { kind: 'person', id: person }, at);
}

/** Notes that a factor was used. */
export async function used(gates: Gates, person: string, id: string, at: Date): Promise<void> {
  await gates.advance({ table: 'identity.factor', person, id }, 'used_at', at);
}
