import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { type Config, readConfig } from '#config';
import { SYSTEM } from '#gates/actor.ts';
import { makeLink } from '#modules/identity/links.ts';
import { asOwner } from '#platform/database.ts';
import { openLog } from '#platform/log.ts';
import { outboxFiles } from '#platform/mail.ts';
import { openProduct, openSite, type Product } from '#product';
import { makeBlank } from './blank.ts';
import { cluster, dropAll } from './cluster.ts';
import { LoopbackRegister } from './register.ts';
import { quiet } from './scratch.ts';

/** A letter as it lies in the outbox; `link` is the path of the one thing to press, `token` its last part. */
export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly link: string;
  readonly token: string;
}

/** An answer of the HTTP face; `body` is parsed when it is JSON. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and fail where one is missing
  readonly body: any;
  readonly raw: Buffer;
}

/** What goes along with a call: a JSON body, a cookie, further headers, or a payload as it is. */
export interface Along {
  readonly body?: unknown;
  readonly as?: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string | Buffer;
  readonly site?: FastifyInstance;
  readonly from?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/**
 * The whole product on databases of its own, with a clock that stands still until a test moves it. Nothing runs by
 * itself: letters go when {@link World.letters} is asked for them.
 */
export class World {
  now = new Date('2026-11-23T12:00:00Z');
  readonly config: Config;
  /** The registers in Brønnøysund, on this machine alone. */
  readonly register: LoopbackRegister;
  product!: Product;
  site!: FastifyInstance;
  /** Every line that was logged, `debug` and above. */
  readonly logged: string[] = [];
  readonly log = openLog('debug', [{ write: (line: string) => this.logged.push(line) }]);
  readonly #roots: { main: pg.Pool; keys: pg.Pool };
  readonly #read = new Set<string>();
  /** Answers that were not of the shape that the description gives them. */
  readonly #misfits: string[] = [];
  readonly #close: () => Promise<void>;

  private constructor(config: Config, register: LoopbackRegister, close: () => Promise<void>) {
    this.config = config;
    this.register = register;
    this.#roots = {
      main: quiet(new pg.Pool({ connectionString: config.databaseUrl, max: 2 })),
      keys: quiet(new pg.Pool({ connectionString: config.keysUrl, max: 1 })),
    };
    this.#close = close;
  }

  /** Opens a new installation: shipped statement, empty databases, no demo, and registers of its own that know nobody. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<World> {
    const { superuserUrl } = await cluster();
    const register = await LoopbackRegister.open();
    const prefix = `w${randomBytes(4).toString('hex')}`;
    const names = { main: `${prefix}_main`, keys: `${prefix}_keys` };
    const dataDir = await mkdtemp(join(tmpdir(), 'hjemmel-world-'));
    await makeBlank(names);
    const [databaseUrl, keysUrl] = [names.main, names.keys].map((name) => {
      const url = new URL(superuserUrl);
      url.pathname = `/${name}`;
      return url.href;
    });
    const config = readConfig({
      DATABASE_URL: databaseUrl,
      KEYS_URL: keysUrl,
      DATA_DIR: dataDir,
      ROLE_PREFIX: prefix,
      BRREG_URL: register.url,
      ...env,
    });
    const world = new World(config, register, async () => {
      await register.close();
      await asOwner(superuserUrl, (client) => dropAll(client, prefix));
      await rm(dataDir, { recursive: true, force: true });
    });
    await world.start();
    return world;
  }

  /** Opens the product on what is in the databases now; a Fault when it does not start. */
  async start(): Promise<void> {
    this.product = await openProduct(this.config, { log: this.log, now: () => this.now });
    this.site = await this.siteAt(this.config.baseUrl);
  }

  async stop(): Promise<void> {
    await this.site.close();
    await this.product.close();
  }

  /** The same product reached by another address, such as one that is not this machine. */
  siteAt(baseUrl: string, demo = false): Promise<FastifyInstance> {
    const config = { ...this.config, baseUrl };
    const misfit = (what: string) => void this.#misfits.push(what);
    return openSite(this.product, config, { log: this.log, now: () => this.now, demo, misfit });
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all(Object.values(this.#roots).map((pool) => pool.end()));
    await this.#close();
  }

  /** Calls the HTTP face; `path` without a slash first is one of the API. */
  async call(method: Method, path: string, along: Along = {}): Promise<Answered> {
    const { body, as, headers = {}, payload, site = this.site, from } = along;
    const request: InjectOptions = {
      method,
      url: path.startsWith('/') ? path : `/api/v1/${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === undefined ? {} : { cookie: as }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      ...(payload === undefined ? {} : { payload }),
      ...(from === undefined ? {} : { remoteAddress: from }),
    };
    const response = await site.inject(request);
    assert.deepEqual(this.#misfits.splice(0), []);
    const type = String(response.headers['content-type'] ?? '');
    return {
      status: response.statusCode,
      type,
      headers: response.headers,
      body:
        /[/+]json/.test(type) && response.payload !== '' ? JSON.parse(response.payload) : response.payload,
      raw: response.rawPayload,
    };
  }

  /** Sends what is queued and answers with the letters that came since it was last asked, by receiver. */
  async letters(): Promise<Map<string, Received>> {
    while ((await this.product.courier.send(this.now)) > 0);
    const folder = join(this.config.dataDir, 'outbox');
    const came: [string, Received][] = [];
    for (const id of await outboxFiles(folder)) {
      if (this.#read.has(id)) continue;
      this.#read.add(id);
      const mail = await PostalMime.parse(await readFile(join(folder, `${id}.eml`)));
      const to = mail.to?.[0]?.address ?? '';
      const text = mail.text ?? '';
      const link = new URL(text.match(/https?:\/\/\S+/)?.[0] ?? this.config.baseUrl).pathname;
      const token = link.slice(link.lastIndexOf('/') + 1);
      came.push([to, { to, subject: mail.subject ?? '', text, html: mail.html ?? '', link, token }]);
    }
    return new Map(came);
  }

  /** The one letter that went to an address since letters were last asked for. */
  async letterTo(email: string): Promise<Received> {
    const letter = (await this.letters()).get(email);
    assert.ok(letter, 'no letter went out');
    return letter;
  }

  /** Makes a profile through the API. */
  async profile(email: string, more: Record<string, string> = {}): Promise<Answered> {
    const accept = { statement: this.product.inForce.applied.statement.version };
    const answered = await this.call('POST', 'profiles', {
      body: { name: 'Kari Prøve', email, accept, ...more },
    });
    assert.equal(answered.status, 201);
    return answered;
  }

  /** Opens a session with a link's token; answers with the Cookie header. */
  async open(token: string): Promise<string> {
    const answered = await this.call('POST', 'sessions', { body: { token } });
    assert.equal(answered.status, 201);
    return String(answered.headers['set-cookie']).split(';', 1)[0]!;
  }

  /** Makes a profile and signs in by its welcome letter; answers with the Cookie header. */
  async person(email: string, more: Record<string, string> = {}): Promise<string> {
    await this.profile(email, more);
    return this.open((await this.letterTo(email)).token);
  }

  /** Signs up for the newsletter and confirms by the letter; answers with the token of the preference page. */
  async subscriber(email: string, topics = ['nyhetsbrev']): Promise<string> {
    await this.call('POST', 'newsletter/subscriptions', { body: { email, topics } });
    const { token } = await this.letterTo(email);
    const answered = await this.call('POST', 'newsletter/confirmations', { body: { token } });
    assert.equal(answered.status, 201);
    return answered.body.preferences;
  }

  /** A member of staff with one role, signed in; answers with the Cookie header. */
  async staff(role: string, email = `${role}@operator.example`): Promise<string> {
    const { gates } = this.product;
    const { person } = await gates.collect({
      point: 'staff.account',
      actor: SYSTEM,
      at: this.now,
      about: { email },
      gives: (who) => ({
        values: { 'contact.name': 'Vakt', 'preference.language': 'nb' },
        rows: [
          {
            table: 'identity.staff',
            values: { person: who.person, role, granted_at: this.now },
            once: true,
          },
        ],
      }),
    });
    return this.whole(person);
  }

  /** Signs somebody in with all the factors that can be asked for; answers with the Cookie header. */
  async whole(person: string): Promise<string> {
    return this.open(await makeLink(this.product.gates, person, this.now, { local: true }));
  }

  /** The number of the person with an address; undefined when there is none. */
  async idOf(email: string): Promise<string | undefined> {
    const [person] = await this.product.gates.use('rights', SYSTEM).find('email', email);
    return person;
  }

  /** Runs SQL in the main database as superuser. */
  async sql<T extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    return (await this.#roots.main.query<T>(text, [...values])).rows;
  }

  /** The same in the keys database. */
  async keysSql<T extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    return (await this.#roots.keys.query<T>(text, [...values])).rows;
  }

  /** How many rows each table of both databases holds. */
  async counts(): Promise<Record<string, number>> {
    const tables = this.product.engine.map.tables.map(({ name }) => name);
    const each = tables.map((name) => `(select count(*) from ${name}) as "${name}"`);
    const [main] = await this.sql<Record<string, number>>(`select ${each.join(', ')}`);
    const [keys] = await this.keysSql<Record<string, number>>(
      `select (select count(*) from keys.person_key) as "keys.person_key",
              (select count(*) from keys.archive_key) as "keys.archive_key"`,
    );
    return { ...main, ...keys };
  }

  /**
   * A digest of every table's rows by who wrote them last and where they lie: two that are equal mean that nothing was
   * written between, not even the same again.
   */
  async state(): Promise<Record<string, string>> {
    const tables = this.product.engine.map.tables
      .map(({ name }) => name)
      .filter((name) => !/^(statement|platform)\./.test(name));
    const digest = (name: string) =>
      `(select count(*) || ' ' || coalesce(sum(hashtext(t.xmin::text || t.ctid)), 0) from ${name} t)`;
    // Prepared under a name that is its own: planning it takes ten times as long as looking.
    const look = async (pool: pg.Pool, names: readonly string[]) => {
      const text = `select ${names.map((name) => `${digest(name)} as "${name}"`).join(', ')}`;
      const name = createHash('md5').update(text).digest('hex');
      return (await pool.query<Record<string, string>>({ name, text })).rows[0]!;
    };
    return {
      ...(await look(this.#roots.main, tables)),
      ...(await look(this.#roots.keys, ['keys.person_key', 'keys.archive_key'])),
    };
  }

  /** Names of the tables in which some row, written as text, holds the words given. */
  async tablesHolding(words: string): Promise<string[]> {
    const found: string[] = [];
    for (const { name } of this.product.engine.map.tables) {
      const rows = await this.sql(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [words]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
}
