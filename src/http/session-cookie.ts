/** A cookie that signing in sets (`u.cookies`): strictly necessary, so it needs no consent (ekomloven § 3-15). */
export class SessionCookie {
  readonly name: string;
  readonly #secure: boolean;

  /** Over https the name carries `__Host-`, which binds it to this host and to TLS (RFC 6265bis). */
  constructor(baseUrl: string, name = 'hjemmel') {
    this.#secure = baseUrl.startsWith('https:');
    this.name = this.#secure ? `__Host-${name}` : name;
  }

  /** The token in a Cookie header; of several by our name the first. */
  read(header: string | undefined): string | undefined {
    for (const part of header?.split(';') ?? []) {
      const at = part.indexOf('=');
      if (part.slice(0, at).trim() === this.name) return part.slice(at + 1).trim();
    }
    return undefined;
  }

  set(token: string, expires: Date): string {
    return `${this.name}=${token}; Expires=${expires.toUTCString()}; ${this.#attributes()}`;
  }

  clear(): string {
    return `${this.name}=; Max-Age=0; ${this.#attributes()}`;
  }

  #attributes(): string {
    return `Path=/; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`;
  }
}
