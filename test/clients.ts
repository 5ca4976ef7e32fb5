import assert from 'node:assert/strict';
import { SYSTEM } from '#gates/actor.ts';
import { documentInForce } from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { begin } from '#modules/customers/lifecycle.ts';
import type { World } from './world.ts';

/** An invented company; its number has a right check digit and is nobody's. */
export const COMPANY = { name: 'Prøve og Sønn AS', number: '310000000', place: 'Alta' } as const;

/** The versions of both documents in force. */
export function versions({ documents }: Gates): { agreement: string; dpa: string } {
  return {
    agreement: documentInForce(documents, 'agreement').version,
    dpa: documentInForce(documents, 'dpa').version,
  };
}

/** Somebody of whom nothing is kept but for an agreement: no profile, no letters. */
export async function known(gates: Gates, email: string, at: Date, name = 'Liv Kunde'): Promise<string> {
  const { person } = await gates.collect({
    point: 'client.member',
    actor: SYSTEM,
    at,
    about: { email },
    gives: () => ({ values: { 'contact.name': name } }),
  });
  return person;
}

/** Makes a company that somebody owns a client, to be completed by the register or not; answers with its number. */
export function own(
  gates: Gates,
  owner: string,
  at: Date,
  modules: readonly string[] = ['arkiv'],
  complete = false,
): Promise<string> {
  return begin(gates, { owner, company: COMPANY, modules, accept: versions(gates), complete }, SYSTEM, at);
}

/** A company that is a client, and the Cookie header of whoever owns it. */
export interface Founded {
  readonly cookie: string;
  readonly client: string;
}

/** Somebody with a profile who makes a company a client through the API. */
export async function founder(world: World, email: string, modules = ['arkiv']): Promise<Founded> {
  const cookie = await world.person(email, { name: 'Kari Eier' });
  const body = { company: COMPANY, modules, accept: versions(world.product.gates) };
  const answered = await world.call('POST', 'clients', { as: cookie, body });
  assert.equal(answered.status, 201, JSON.stringify(answered.body));
  // Lists go by time: whoever comes later comes after.
  world.now = new Date(world.now.getTime() + 1000);
  return { cookie, client: answered.body.client };
}

/** Invites somebody; answers with the token in their letter. */
export async function invited(world: World, by: Founded, email: string, level: string): Promise<string> {
  const body = { email, level };
  const asked = await world.call('POST', `clients/${by.client}/invitations`, { as: by.cookie, body });
  assert.equal(asked.status, 201, JSON.stringify(asked.body));
  return (await world.letterTo(email)).token;
}

/** Invites somebody and lets them say yes by their letter; their Cookie header and number. */
export async function user(
  world: World,
  by: Founded,
  email: string,
  level: string,
): Promise<{ cookie: string; person: string }> {
  const token = await invited(world, by, email, level);
  const body = {
    name: 'Ola Bruker',
    accept: { statement: world.product.inForce.applied.statement.version },
  };
  const taken = await world.call('POST', `invitations/${token}`, { body });
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  return { cookie: await world.open(taken.body.signIn), person: taken.body.person };
}
