/**
 * Signing in with others by OpenID Connect: authorization code with PKCE (RFC 7636), state, nonce and the issuer's own name
 * in the answer (RFC 9207). Nothing is asked of anybody but the issuers that the operator has named.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as openid from 'openid-client';
import { z } from 'zod';
import { codeOf } from './database.ts';
import { Fault } from './fault.ts';

const Name = z.strictObject({ nb: z.string().min(1).max(60), en: z.string().min(1).max(60) });
const File = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
    name: Name,
    issuer: z.url(),
    clientId: z.string().min(1),
    /** Path of a file with the secret, from where this file is; without it the client is a public one. */
    secretFile: z.string().optional(),
    scopes: z.array(z.string().regex(/^\S+$/)).default(['openid', 'email']),
    /** Hosts besides the issuer's that its answers may send us to. */
    hosts: z.array(z.string()).default([]),
    /** Asks the userinfo endpoint for the address, where the token does not have it. */
    userinfo: z.boolean().default(false),
  }),
);

/** One provider, as the operator's file names it. */
export type ProviderSettings = z.infer<typeof File>[number] & { readonly secret: string | undefined };

/** Who somebody is, as a provider has it. */
export interface Told {
  readonly issuer: string;
  readonly subject: string;
  /** An address that the provider has checked; undefined when it has none, or has not. */
  readonly email: string | undefined;
}

/** What binds an answer to the question, all made from what only this browser brings back. */
export interface Binding {
  readonly redirect: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A provider that does not answer, or answers what cannot be trusted. The message names the provider, and nobody. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** True when it did not answer; false when what it answered does not hold. */
  readonly away: boolean;

  constructor(id: string, away: boolean) {
    super(`the provider ${id} ${away ? 'does not answer' : 'gave an answer that does not hold'}`);
    this.away = away;
  }
}

/** Reads the operator's file of providers. Faults, with the cure, where it is not of its shape. */
export function readProviders(file: string | undefined): ProviderSettings[] {
  if (file === undefined) return [];
  const wrong = (what: string) =>
    new Fault(`OIDC_PROVIDERS_FILE: ${what}; docs/sign-in-providers.md shows one.`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw wrong(`${file} is not there, or is no JSON`);
  }
  const parsed = File.safeParse(json);
  if (!parsed.success)
    throw wrong(`${parsed.error.issues[0]!.path.join('.') || 'the file'} is not of its kind`);
  const ids = new Set(parsed.data.map(({ id }) => id));
  if (ids.size < parsed.data.length) throw wrong('two providers have one id');
  return parsed.data.map((one) => {
    const { protocol, hostname } = new URL(one.issuer);
    // Without TLS anybody on the way could be the provider; this machine has nobody on the way.
    if (protocol !== 'https:' && !isLoopback(hostname)) throw wrong(`the issuer of ${one.id} is not https`);
    return {
      ...one,
      secret: one.secretFile === undefined ? undefined : secretIn(file, one.secretFile, wrong),
    };
  });
}

function secretIn(file: string, secretFile: string, wrong: (what: string) => Fault): string {
  try {
    return readFileSync(resolve(dirname(file), secretFile), 'utf8').trim();
  } catch {
    throw wrong(`${secretFile} cannot be read`);
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';

/** Milliseconds that a provider has for one answer, and that what it says of itself is kept. */
const PATIENCE = 10_000;
const REMEMBERED = 3_600_000;
/** Bytes of one answer at most. */
const LARGEST = 256 * 1024;

/** The providers of an installation. */
export class Providers {
  readonly #all: ReadonlyMap<string, ProviderSettings>;
  readonly #known = new Map<string, { at: number; configuration: openid.Configuration }>();

  constructor(settings: readonly ProviderSettings[]) {
    this.#all = new Map(settings.map((one) => [one.id, one]));
  }

  /** Ids and names, in the order of the file. */
  list(): { id: string; name: { nb: string; en: string } }[] {
    return [...this.#all.values()].map(({ id, name }) => ({ id, name }));
  }

  /** Where to send a browser to be asked who it is; undefined for a provider that is not named. ProviderError when it is away. */
  async ask(id: string, { redirect, state, nonce, verifier }: Binding): Promise<string | undefined> {
    const provider = this.#all.get(id);
    if (provider === undefined) return undefined;
    const configuration = await this.#configuration(provider);
    return openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirect,
      scope: provider.scopes.join(' '),
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Who came back, by what the provider sent along. Subject and checked address are taken, and nothing else of what it
   * tells: least of all a national identity number (personopplysningsloven § 12).
   */
  async hear(
    id: string,
    answer: Readonly<Record<string, string>>,
    { redirect, state, nonce, verifier }: Binding,
  ): Promise<Told | undefined> {
    const provider = this.#all.get(id);
    if (provider === undefined) return undefined;
    const configuration = await this.#configuration(provider);
    const back = new URL(redirect);
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, back, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const told = provider.userinfo
        ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
      const { email, email_verified: checked } = told as { email?: unknown; email_verified?: unknown };
      const isChecked = typeof email === 'string' && (checked === true || checked === 'true');
      return { issuer: claims.iss, subject: claims.sub, email: isChecked ? email : undefined };
    } catch (error) {
      throw new ProviderError(id, isAway(error));
    }
  }

  async #configuration(provider: ProviderSettings): Promise<openid.Configuration> {
    const known = this.#known.get(provider.id);
    if (known !== undefined && performance.now() - known.at < REMEMBERED) return known.configuration;
    const issuer = new URL(provider.issuer);
    const hosts = new Set([issuer.host, ...provider.hosts]);
    try {
      const configuration = await openid.discovery(issuer, provider.clientId, provider.secret, undefined, {
        [openid.customFetch]: (url, options) => fetchFrom(hosts, url, options),
        execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
      });
      this.#known.set(provider.id, { at: performance.now(), configuration });
      return configuration;
    } catch (error) {
      throw new ProviderError(provider.id, isAway(error));
    }
  }
}

/** True for a connection that could not be made or took too long, wherever it was caught and wrapped on its way. */
function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (
      cause.name === 'TimeoutError' ||
      cause.message === 'fetch failed' ||
      /^(E[A-Z]+|UND_ERR_\w+)$/.test(codeOf(cause))
    )
      return true;
  return false;
}

/** Fetches from named hosts alone, follows nobody elsewhere, waits so long and takes so much. */
async function fetchFrom(
  hosts: ReadonlySet<string>,
  url: string,
  options: openid.CustomFetchOptions,
): Promise<Response> {
  if (!hosts.has(new URL(url).host)) throw new Error('a host that is not the provider’s');
  const response = await fetch(url, {
    ...(options as RequestInit),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST) throw new Error('an answer that is too large');
    chunks.push(chunk);
  }
  const { status, headers } = response;
  return new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers });
}
