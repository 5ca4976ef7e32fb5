import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Gates } from '#gates/gates.ts';
import type { Markup, Member, Outcome, Paper, Route, Sheet } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Log } from '#platform/log.ts';
import { after } from '#statement/period.ts';
import { bodyOf, linkTo, pageOf, queryOf, withCursor } from './asked.ts';
import { bearerOf, CALLS_BY_TOKEN } from './bearer.ts';
import { actorOf, blockOf, demand, demandFresh, memberOf, NOBODY, type Visitor } from './demand.ts';
import { etagOf, names } from './etag.ts';
import { parseJsonBody } from './json-body.ts';
import { sendKept } from './kept.ts';
import { holdToShape, type Misfit } from './misfit.ts';
import { askedOf, once } from './once.ts';
import { describeApi, type Operation } from './openapi.ts';
import { sendMarkup, sendPaper } from './paper.ts';
import { demandCurrent } from './precondition.ts';
import { HttpRefusal, problemOf } from './problem.ts';
import { type Left, RateLimit } from './rate-limit.ts';
import { SessionCookie } from './session-cookie.ts';
import { sendSheet } from './sheet.ts';

export interface ServerOptions {
  readonly gates: Gates;
  readonly routes: readonly Route[];
  /** What other plugins serve under `/api/v1`, for the description. */
  readonly files: readonly Operation[];
  readonly log: Log;
  readonly baseUrl: string;
  readonly version: string;
  readonly now: () => Date;
  /** Reads the key of another system; undefined when it does not stand. */
  readonly bears: (token: string, at: Date) => Promise<Visitor | undefined>;
  /** Reads a session's token; undefined when it stands for nobody. */
  readonly whose: (token: string, at: Date) => Promise<Visitor | undefined>;
  /** What somebody may do for a client, as it stands now; undefined when they are none of its users. */
  readonly memberOf: (client: string, person: string) => Promise<Member | undefined>;
  /** Rejects when the database does not answer. */
  readonly ready: () => Promise<void>;
  /** Counted for no one from this machine itself, when the product is served on this machine alone. */
  readonly local: boolean;
  /** Hears of answers that are not of their route's shape; for tests. */
  readonly misfit?: Misfit;
}

/** Seconds after which a database that was away may be back. */
const AWAY = 5;
const SUCCESS: Readonly<Record<Outcome, number>> = {
  read: 200,
  created: 201,
  accepted: 202,
  done: 204,
  sheet: 200,
  paper: 200,
  markup: 200,
};
/** A profile with every field filled to its limit is 3 kB. */
const BODY_LIMIT = 64 * 1024;

/**
 * The HTTP face: `/api/v1` with the routes given, `/health` and `/ready`, and the API's description. Refusals become
 * problem documents here and nowhere else.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { log, gates, now } = options;
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { problem, known } = problemOf(error);
    if (!known)
      log.error('a request failed', {
        route: request.routeOptions.url ?? 'none',
        method: request.method,
        error,
      });
    // RFC 9110 section 15.5.2 asks for a challenge; a session is a cookie, which none can name.
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (problem.status === 503) reply.header('retry-after', AWAY);
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .header('cache-control', 'no-store')
      .send(problem);
  };
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    // A slow sender holds a connection, not the server.
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // What the router and the parser of HTTP refuse by themselves would quote the request.
    frameworkErrors: answerError,
    clientErrorHandler: refuseConnection,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(new HttpRefusal('http.not-found'), request, reply));
  app.addHook('onRequest', async (request) => {
    refuseOtherSites(request, options.baseUrl);
    if (request.url.startsWith('/api/')) refuseRepeatedNames(request.query);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || !request.url.startsWith('/api/')) return payload;
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const etag = (reply.getHeader('etag') as string | undefined) ?? etagOf(payload);
    reply.header('etag', etag);
    const held = request.headers['if-none-match'];
    if (held === undefined || !names(held, etag)) return payload;
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    return null;
  });

  app.get('/health', async () => ({ ok: true }));
  app.get('/ready', async () => {
    await options.ready();
    return { ok: true, version: options.version };
  });
  const operations = [...options.routes, ...options.files];
  // Made when first asked for: it takes a fifth of the time of a start, and few ask.
  let description: object | undefined;
  app.get('/api/openapi.json', async () => (description ??= describeApi(operations, options.version)));
  const methodsAt = methodsOf(operations);
  app.all('/api/*', async (request, reply) => {
    const allowed = methodsAt(request.url.split('?', 1)[0]!);
    if (allowed.length === 0) throw new HttpRefusal('http.not-found');
    reply.header('allow', allowed.join(', '));
    throw new HttpRefusal('http.method');
  });
  await app.register(
    async (api) => {
      const cookie = new SessionCookie(options.baseUrl);
      const errands = new SessionCookie(options.baseUrl, 'hjemmel-errand');
      const limit = new RateLimit();
      // What stands at a path, for changes that name what they change.
      const readers = new Map(
        options.routes
          .filter(
            ({ method, query, pages }) => method === 'GET' && query === undefined && pages === undefined,
          )
          .map((route) => [route.path, route]),
      );
      for (const route of options.routes)
        api.route({
          method: route.method,
          url: route.path,
          handler: async (request, reply) => {
            const at = now();
            const counts = !(options.local && isLoopback(request.ip));
            const spend = (key: string, most: number) => {
              if (counts) demandRoom(limit.take(key, most, at), most, reply);
            };
            if (route.rate !== undefined) spend(`${route.method} ${route.path} ${request.ip}`, route.rate);
            const visitor = await visitorOf(request, cookie, at);
            if (visitor.actor.kind === 'integration') spend(`token ${visitor.actor.id}`, CALLS_BY_TOKEN);
            demand(route, visitor);
            const params = request.params as Record<string, string>;
            const member = await memberOf(route, visitor, params.client, options.memberOf);
            const query = queryOf(route, request.query);
            const body = bodyOf(route, request.body);
            demandFresh(route, visitor, { body, statement: gates.statement, at });
            // A list of somebody's goes on for them alone.
            const list = `${visitor.actor.id ?? ''} ${request.url.split('?', 1)[0]}`;
            const call = {
              params,
              query,
              page: pageOf(route, request.query, list, gates),
              actor: actorOf(route, visitor, query, member),
              member,
              session: visitor.session,
              expiresAt: visitor.expiresAt,
              provedAt: visitor.provedAt,
              lacks: visitor.lacks,
              block: blockOf(request.ip),
              ...(route.errand === undefined ? {} : { errand: errands.read(request.headers.cookie) }),
              at,
              baseUrl: options.baseUrl,
              gates,
            };
            if (route.method !== 'GET')
              await demandCurrent(request.headers['if-match'], readers.get(route.path), async (reader) => {
                demand(reader, visitor);
                const seen = await memberOf(reader, visitor, params.client, options.memberOf);
                const actor = actorOf(reader, visitor, {}, seen);
                return reader.handle({ ...call, body: undefined as never, query: {}, actor, member: seen });
              });
            return once(askedOf(route, request, visitor), { gates, at, reply }, async () => {
              const answer = await route.handle({ ...call, body: body as never });
              const caching = route.keeps === undefined ? 'no-store' : `public, max-age=${route.keeps}`;
              reply.code(SUCCESS[route.outcome]).header('cache-control', caching);
              if (route.outcome === 'sheet')
                return sendSheet(reply, answer as Sheet, request.headers['accept-language']);
              if (route.outcome === 'paper') return sendPaper(reply, answer as Paper);
              if (route.outcome === 'markup') return sendMarkup(reply, answer as Markup);
              if (route.session === 'ends') reply.header('set-cookie', cookie.clear());
              if (route.errand === 'ends') reply.header('set-cookie', errands.clear());
              // Fastify sends a 204 of its own accord.
              if (route.outcome === 'done') return undefined;
              const told = toldOf(route, answer, {
                reply,
                cookie,
                errands,
                list,
                url: request.url,
                gates,
                at,
              });
              holdToShape(route, told, options.misfit);
              return route.keeps === undefined ? told : sendKept(reply, told as object);
            });
          },
        });
    },
    { prefix: '/api/v1' },
  );
  return app;

  async function visitorOf(request: FastifyRequest, cookie: SessionCookie, at: Date): Promise<Visitor> {
    const bearer = bearerOf(request.headers.authorization);
    if (bearer !== undefined) {
      // A key says who calls, whatever cookie came along.
      const system = await options.bears(bearer, at);
      if (system === undefined) throw new Refusal('integrations.token-refused');
      return system;
    }
    const token = cookie.read(request.headers.cookie);
    const found = token === undefined ? undefined : await options.whose(token, at);
    return found ?? NOBODY;
  }
}

/** Tells how many calls are left (draft-ietf-httpapi-ratelimit-headers), and refuses one too many. */
function demandRoom({ allowed, calls, seconds }: Left, most: number, reply: FastifyReply): void {
  reply.header('ratelimit-policy', `"minute";q=${most};w=60`);
  reply.header('ratelimit', `"minute";r=${calls};t=${seconds}`);
  if (allowed) return;
  reply.header('retry-after', seconds);
  throw new HttpRefusal('http.too-many');
}

/** The answer as it goes out: a session's token goes into the cookie, and a position in a list becomes a cursor. */
function toldOf(
  route: Route,
  answer: unknown,
  on: {
    reply: FastifyReply;
    cookie: SessionCookie;
    errands: SessionCookie;
    list: string;
    url: string;
    gates: Gates;
    at: Date;
  },
): unknown {
  if (route.session === 'begins') return beginSession(on.reply, on.cookie, answer);
  if (route.errand === 'begins') return beginErrand(on.reply, on.errands, answer, on.gates, on.at);
  if (route.pages === undefined) return answer;
  const told = withCursor(answer as object, on.list, on.gates);
  const link = linkTo(told.next, on.url);
  if (link !== undefined) on.reply.header('link', link);
  return told;
}

/** Lets the browser keep what finds the way back from a provider, for as long as the cookie register says. */
function beginErrand(
  reply: FastifyReply,
  cookie: SessionCookie,
  answer: unknown,
  { statement }: Gates,
  at: Date,
): object {
  const { errand, ...rest } = answer as { errand: string };
  reply.header('set-cookie', cookie.set(errand, after(at, statement.cookies['hjemmel-errand']!.life)));
  return rest;
}

function beginSession(reply: FastifyReply, cookie: SessionCookie, answer: unknown): object {
  // Somebody who came from elsewhere may have a letter to answer first.
  if ((answer as { token?: string }).token === undefined) return answer as object;
  const { token, id: _id, ...session } = answer as { token: string; id: string; expiresAt: Date };
  reply.header('set-cookie', cookie.set(token, session.expiresAt));
  return session;
}

function refuseRepeatedNames(query: unknown): void {
  if (Object.values(query as Record<string, unknown>).some((value) => typeof value !== 'string'))
    throw new HttpRefusal('http.malformed');
}

/**
 * Refuses a change that another site asks a browser for: by Fetch Metadata where the browser sends it, else by Origin.
 * Clients that are no browsers send neither, and carry no cookie that they were not given.
 */
function refuseOtherSites(request: FastifyRequest, baseUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new HttpRefusal('http.cross-site');
  const { origin, host } = request.headers;
  if (origin === undefined || origin === baseUrl) return;
  // Reached by another name than BASE_URL, such as 127.0.0.1 for localhost: the page and its server still agree.
  if (URL.parse(origin)?.host !== host) throw new HttpRefusal('http.cross-site');
}

/** The methods that a path of the API takes, whatever stands in the parts that vary. */
function methodsOf(routes: readonly Operation[]): (path: string) => string[] {
  const forms = routes.map(({ path, method }) => ({
    method,
    form: new RegExp(`^/api/v1${path.replace(/:[a-z]+/g, '[^/]+')}$`),
  }));
  return (path) => [...new Set(forms.filter(({ form }) => form.test(path)).map(({ method }) => method))];
}

/** Answers what is no HTTP at all, or too slow to become it, and closes the connection. */
function refuseConnection(_error: Error, socket: Duplex): void {
  if (!socket.writable) return;
  const { problem } = problemOf(new HttpRefusal('http.malformed'));
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}
