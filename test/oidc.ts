import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Who a provider says that somebody is. */
export interface Account {
  readonly subject: string;
  readonly email?: string;
  readonly checked?: boolean;
}

/** A real OpenID Connect provider on this machine, that lets in whomever the test says without a question. */
export class OidcProvider {
  readonly issuer: string;
  /** Whoever comes next is this one. */
  next: Account = { subject: 'nobody' };
  readonly #server: Server;
  readonly #known = new Map<string, Account>();

  private constructor(server: Server, redirects: readonly string[]) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: 'hjemmel',
          client_secret: 'a secret of thirty-two letters..',
          redirect_uris: [...redirects],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => {
          const { email, checked } = this.#known.get(id)!;
          return { sub: id, ...(email === undefined ? {} : { email, email_verified: checked ?? true }) };
        },
      }),
    });
    provider.use(async (context, next) => {
      if (!context.path.startsWith('/interaction/')) return next();
      const accountId = this.next.subject;
      this.#known.set(accountId, this.next);
      const grant = new provider.Grant({ accountId, clientId: 'hjemmel' });
      grant.addOIDCScope('openid email');
      const grantId = await grant.save();
      await provider.interactionFinished(context.req, context.res, {
        login: { accountId },
        consent: { grantId },
      });
      context.respond = false;
    });
    server.on('request', provider.callback());
  }

  static async open(redirects: readonly string[]): Promise<OidcProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OidcProvider(server, redirects);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Goes where a browser is sent, until it is sent back; answers with the address it is sent back to. */
  async visit(location: string, account: Account): Promise<URL> {
    this.next = account;
    const cookies = new Map<string, string>();
    let url = new URL(location);
    while (url.origin === this.issuer) {
      const answer = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = cookie.split(';', 1)[0]!.split('=', 2);
        cookies.set(name, value);
      }
      url = new URL(answer.headers.get('location')!, url);
    }
    return url;
  }
}
