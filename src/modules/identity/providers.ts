import type { Actor } from '#gates/actor.ts';
import { SYSTEM } from '#gates/actor.ts';
import { soughtFor } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { addFactor } from './factors.ts';
import { makeLink } from './links.ts';
import { openSession, type Session } from './sessions.ts';
import { isSlip, makeSlip } from './slips.ts';

/** What binds an answer to the question that was asked. */
interface Binding {
  readonly redirect: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The providers of an installation, as they are handed in. */
export interface Elsewhere {
  list(): { id: string; name: { nb: string; en: string } }[];
  ask(id: string, binding: Binding): Promise<string | undefined>;
  hear(
    id: string,
    answer: Readonly<Record<string, string>>,
    binding: Binding,
  ): Promise<{ issuer: string; subject: string; email: string | undefined } | undefined>;
}

type Language = 'nb' | 'en';

/** Milliseconds that somebody may be away with a provider. */
const LIFE = 600_000;

/** The pages that providers send people back to; each is registered with each provider. */
export function redirectTo(origin: string, provider: string, language: Language): string {
  return `${origin}${language === 'nb' ? '/min/inn-med' : '/en/my/in-with'}/${provider}`;
}

/** Everything that binds an answer comes from one slip, which the browser alone brings back in a cookie. */
function bindingOf(gates: Gates, slip: string, redirect: string): Binding {
  const of = (what: string) => gates.keyed(`provider.${what}`, slip).toString('base64url');
  return { redirect, state: of('state'), nonce: of('nonce'), verifier: of('verifier') };
}

/** Sends somebody to a provider: where to, and the slip that their browser keeps meanwhile. */
export async function askElsewhere(
  gates: Gates,
  elsewhere: Elsewhere,
  { provider, origin, language }: { provider: string; origin: string; language: Language },
  at: Date,
): Promise<{ location: string; errand: string }> {
  const errand = makeSlip(gates, 'provider', provider, at);
  const binding = bindingOf(gates, errand, redirectTo(origin, provider, language));
  const location = await trusted(elsewhere.ask(provider, binding));
  if (location === undefined) throw new Refusal('identity.unknown-provider');
  return { location, errand };
}

/** What came of it: a session, an account tied to the session there was, or a letter to be answered first. */
export type Came = { readonly state: 'in' | 'tied'; readonly session: Session } | { readonly state: 'asked' };

/**
 * Takes somebody back from a provider. A subject that is tied to a person opens a session of theirs. One that is not makes
 * nobody: it is tied to whoever is signed in, or, where the provider has checked an address that we know, to its person once
 * they have answered a letter. Whether there was such an address is not told.
 */
export async function hearElsewhere(
  gates: Gates,
  elsewhere: Elsewhere,
  back: {
    readonly provider: string;
    readonly origin: string;
    readonly language: Language;
    readonly errand: string | undefined;
    readonly answer: Readonly<Record<string, string>>;
  },
  { at, from, fresh }: { at: Date; from?: Session; fresh: boolean },
): Promise<Came> {
  const { provider, errand = '', origin, language } = back;
  if (!isSlip(gates, { kind: 'provider', bound: provider, life: LIFE, at }, errand))
    throw new Refusal('identity.wrong-provider');
  const binding = bindingOf(gates, errand, redirectTo(origin, provider, language));
  const told = await trusted(elsewhere.hear(provider, back.answer, binding));
  if (told === undefined) throw new Refusal('identity.unknown-provider');
  const key = gates.keyed('provider', `${told.issuer}\0${told.subject}`);
  const [row] = await gates
    .use('sign-in', SYSTEM)
    .rows<{ person: string; id: string }>(
      `select person, id from identity.factor where key = $1 and kind = 'provider'`,
      [key],
    );
  if (row !== undefined) {
    const { person, id: factor } = row;
    const proof = { means: 'provider', factor, mark: errand, taken: 'identity.wrong-provider' } as const;
    return { state: 'in', session: await openSession(gates, person, proof, { at, from }) };
  }
  const name = elsewhere.list().find(({ id }) => id === provider)?.name[language];
  if (from !== undefined) {
    if (!fresh) throw new Refusal('identity.prove-again');
    await addFactor(gates, from.person, { kind: 'provider', name, key }, { at });
    return { state: 'tied', session: from };
  }
  await askOwner(gates, told.email, { key, name }, at);
  return { state: 'asked' };
}

/** Mails the person of an address a link that ties the account to them; the same commit where there is none. */
async function askOwner(
  gates: Gates,
  email: string | undefined,
  { key, name }: { key: Buffer; name: string | undefined },
  at: Date,
): Promise<void> {
  const address = email === undefined ? undefined : soughtFor('email', email);
  const [person] = address === undefined ? [] : await gates.use('sign-in', SYSTEM).find('email', address);
  const actor: Actor = { kind: 'visitor' };
  if (person === undefined) await gates.trace({ purpose: 'sign-in', act: 'link', actor, at });
  else await makeLink(gates, person, at, { tie: `${key.toString('base64url')} ${name ?? ''}`.trim() });
}

/** A provider that is away, or cannot be trusted, as a refusal; anything else is ours. */
async function trusted<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === 'ProviderError')
      throw new Refusal(
        (error as Error & { away?: boolean }).away ? 'identity.provider-away' : 'identity.wrong-provider',
      );
    throw error;
  }
}
