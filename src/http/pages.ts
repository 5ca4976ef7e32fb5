import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '#platform/log.ts';
import { encoded, type Ready, readFiles, ready } from './page-files.ts';

/** What the pages need from the server that carries them. */
export interface PagesOptions {
  /** Folder of the built pages, with `client/` and `server/` in it. */
  build: string;
  /** `https://…` or `http://localhost:4000`, without a path. */
  baseUrl: string;
  /** Shows the outbox link. */
  demo: boolean;
  /** Names what a public page shows, the statement in force foremost: the page at `path` is rendered once for each. */
  version(path: string): string;
  /** Runs a request in this process; `fastify.inject` has this shape. */
  api(request: ApiRequest): Promise<ApiResponse>;
  /** Where failures of pages go; they are answered with a calm page in any case. */
  log?: Pick<Log, 'error'>;
}
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  payload?: string;
  remoteAddress?: string;
}
export interface ApiResponse {
  statusCode: number;
  headers: Record<string, unknown>;
  rawPayload: Buffer;
}

/** The built pages, as far as they are the server's business: what `web/app/entry.server.tsx` says of itself. */
interface Built {
  entry: {
    module: {
      answer(build: Built, request: Request, errand: object): Promise<Response>;
      publicPaths: readonly string[];
      /** Pages that run a script of ours, and the scripts. */
      scripted: { readonly paths: readonly string[]; readonly scripts: readonly string[] };
    };
  };
}

/** A form with every field filled to its limit is a few kilobytes. */
const formLimit = 64 * 1024;

/** Never a page: asking for it renders the trouble it is given, in the language of the path. */
const troublePath = '/-/trouble';

/**
 * The pages, as a Fastify plugin of its own: it takes every path that no other plugin has taken. Pages run no script,
 * but for those that ask for a passkey, and talk to the program through the API alone, as the visitor who asked.
 *
 * Public pages hold nothing of the visitor's: each is rendered once for a version of the statement and kept, so that
 * the statement can be read while the database is away (clause `v.available`).
 */
export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const build = (await import(pathToFileURL(join(options.build, 'server', 'index.js')).href)) as Built;
  const { publicPaths, scripted } = build.entry.module;
  const files = readFiles(join(options.build, 'client'), scripted.scripts);
  const open = new Set(publicPaths);
  const runsScript = new Set(scripted.paths);
  const kept = new Map<string, { version: string; page: Ready }>();
  const headers = {
    plain: securityHeaders(options.baseUrl, []),
    scripted: securityHeaders(options.baseUrl, ["script-src 'self'", "connect-src 'self'"]),
  };
  // Every page shows some of it, and it is the same for all until the next version.
  let remembered: { version: string; answer: object } | undefined;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: formLimit },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(runsScript.has(request.url.split('?', 1)[0]!) ? headers.scripted : headers.plain);
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.log?.error('a page failed', { route: 'pages', error });
    return send(reply, await trouble(request, status, error.code ?? `http.${status}`));
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/*',
    handler: async (request, reply) => {
      const path = request.url.split('?', 1)[0]!;
      if (/^\/(api|\.well-known)(\/|$)/.test(path)) return reply.callNotFound();
      if (request.method === 'GET') {
        const file = files.get(path);
        if (file) return sendReady(request, reply, file, cachingOf(path));
        // Plain names only: `//elsewhere` and `/\\elsewhere` would send the browser to another site.
        if (/^(\/[\w-]+)+\/$/.test(path)) return reply.redirect(path.slice(0, -1), 308);
        if (open.has(path)) return sendReady(request, reply, await publicPage(path), 'no-cache');
      }
      // React Router would answer these with data for a script that no page has.
      if (path.endsWith('.data')) return send(reply, await trouble(request, 404, 'http.404'));
      return send(reply, await visitorPage(request));
    },
  });
  app.addHook('onListen', async () => {
    for (const path of open) await publicPage(path).catch(() => undefined);
  });

  /** The page from memory when the statement in force is the one it was rendered under. */
  async function publicPage(path: string): Promise<Ready> {
    const version = options.version(path);
    const found = kept.get(path);
    if (found?.version === version) return found.page;
    const { answer } = await render(new Request(options.baseUrl + path), errand(undefined, path, []));
    // A page that could not be rendered is thrown, not kept: the next visitor gets another try.
    if (answer.status !== 200) throw Object.assign(new Error('page failed'), { statusCode: answer.status });
    const page = ready('text/html; charset=utf-8', Buffer.from(await answer.arrayBuffer()), 5);
    kept.set(path, { version, page });
    return page;
  }

  /** A page for this visitor alone; not compressed, since it holds secrets beside what the visitor wrote. */
  async function visitorPage(request: FastifyRequest) {
    const cookies: string[] = [];
    const body = request.method === 'POST' ? { body: (request.body as Buffer | undefined) ?? '' } : {};
    const type = { 'content-type': request.headers['content-type'] ?? 'text/plain' };
    // The visitor's other headers stay out: pages decide by path and form alone.
    const asked = new Request(options.baseUrl + request.url, {
      method: request.method,
      headers: type,
      ...body,
    });
    return render(asked, errand(request, request.url, cookies), cookies);
  }

  async function trouble(request: FastifyRequest, status: number, code: string) {
    const prefix = /^\/en(\/|\?|$)/.test(request.url) ? '/en' : '';
    const asked = new Request(options.baseUrl + prefix + troublePath);
    return render(asked, { ...errand(undefined, prefix, []), trouble: { status, code } });
  }

  async function render(asked: Request, errand: object, cookies: string[] = []) {
    return { answer: await build.entry.module.answer(build, asked, errand), cookies };
  }

  /** What a page may do while it is rendered. Without a request it is nobody's errand: no cookies go along. */
  function errand(request: FastifyRequest | undefined, path: string, cookies: string[]) {
    const along: Record<string, string> = {
      'accept-language': /^\/en(\/|\?|$)/.test(path) ? 'en' : 'nb',
      host: request?.headers.host ?? new URL(options.baseUrl).host,
    };
    for (const name of ['cookie', 'origin', 'sec-fetch-site'] as const) {
      const value = request?.headers[name];
      if (typeof value === 'string') along[name] = value;
    }
    return {
      demo: options.demo,
      failed: (error: unknown) => options.log?.error('a page failed', { route: 'pages', error }),
      async api(method: ApiRequest['method'], where: string, body?: unknown) {
        if (method === 'GET' && where === '/statement' && remembered?.version === options.version(''))
          return remembered.answer;
        const sent = body === undefined ? {} : { payload: JSON.stringify(body) };
        const response = await options.api({
          method,
          // The description of the API lies beside its versions.
          url: where.startsWith('/api/') ? where : `/api/v1${where}`,
          headers: body === undefined ? along : { ...along, 'content-type': 'application/json' },
          ...sent,
          ...(request ? { remoteAddress: request.ip } : {}),
        });
        const set = response.headers['set-cookie'];
        if (set) cookies.push(...[set].flat().map(String));
        const type = String(response.headers['content-type'] ?? '');
        const answer = { status: response.statusCode, type, body: parsed(response.rawPayload, type) };
        if (method === 'GET' && where === '/statement' && answer.status === 200)
          remembered = { version: options.version(''), answer };
        return answer;
      },
    };
  }
}

function parsed(payload: Buffer, type: string): unknown {
  if (payload.length === 0) return undefined;
  return /[/+]json/.test(type) ? JSON.parse(payload.toString('utf8')) : payload;
}

function cachingOf(path: string): string {
  // Names under /assets carry a hash of what is in them.
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
}

async function send(reply: FastifyReply, { answer, cookies }: { answer: Response; cookies: string[] }) {
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  reply.code(answer.status).header('cache-control', 'no-store');
  return reply.send(Buffer.from(await answer.arrayBuffer()));
}

function sendReady(request: FastifyRequest, reply: FastifyReply, page: Ready, caching: string) {
  reply.header('etag', page.etag).header('cache-control', caching).header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(page.etag)) return reply.code(304).send();
  const { body, encoding } = encoded(page, request.headers['accept-encoding']);
  if (encoding) reply.header('content-encoding', encoding);
  return reply.type(page.type).send(body);
}

/**
 * Nothing runs but what `more` allows, nothing is framed, nothing is fetched from elsewhere. `data:` images are the icons in the styles.
 * The referrer policy is not `no-referrer`, since browsers then blank the `Origin` that the server's check relies on.
 */
function securityHeaders(baseUrl: string, more: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...more,
  ];
  const secure = baseUrl.startsWith('https:');
  return {
    'content-security-policy': [...policy, ...(secure ? ['upgrade-insecure-requests'] : [])].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
