import { SYSTEM } from '#gates/actor.ts';
import { documentInForce } from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { begin } from '#modules/customers/lifecycle.ts';

/** An invented company; its number has a right check digit and is nobody's. */
export const COMPANY = { name: 'Prøve og Sønn AS', number: '999999999', place: 'Alta' } as const;

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

/** Makes a company that somebody owns a client; answers with its number. */
export function own(
  gates: Gates,
  owner: string,
  at: Date,
  modules: readonly string[] = ['arkiv'],
): Promise<string> {
  return begin(gates, { owner, company: COMPANY, modules, accept: versions(gates) }, SYSTEM, at);
}
