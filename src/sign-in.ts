import type { Gates } from '#gates/gates.ts';
import type { Route } from '#gates/module.ts';
import { passkeyRoutes } from '#modules/identity/passkey-routes.ts';
import { providerRoutes } from '#modules/identity/provider-routes.ts';
import { sessionReader, visitorOf } from '#modules/identity/sessions.ts';
import { Providers, readProviders } from '#platform/openid.ts';

/** What of signing in depends on where the product is reached, and on whom the operator trusts. */
export interface SignInOptions {
  readonly baseUrl: string;
  readonly oidcProvidersFile: string | undefined;
  /** Whose sessions need a second factor, besides staff's and those of everybody who has one; left out: nobody's. */
  readonly needsSecondFactor?: Parameters<typeof visitorOf>[1];
}

/** The routes of passkeys and of others' sign-in, and who a session's token stands for. */
export function signIn(
  gates: Gates,
  { baseUrl, oidcProvidersFile, needsSecondFactor = async () => false }: SignInOptions,
) {
  const readSession = sessionReader(gates);
  const elsewhere = new Providers(readProviders(oidcProvidersFile));
  const routes: Route[] = [
    ...passkeyRoutes({ origin: baseUrl, host: new URL(baseUrl).hostname }),
    ...providerRoutes({ origin: baseUrl, elsewhere }),
  ];
  const whose = async (token: string, at: Date) => {
    const session = await readSession(token, at);
    return session && visitorOf(session, needsSecondFactor);
  };
  return { routes, whose };
}
