import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { readStatement } from '#gates/statement-file.ts';
import { pages } from './pages.ts';

const root = join(import.meta.dirname, '../..');
const applied = readStatement(join(root, 'statement'));
const { statement, prose, fingerprint } = applied;
const answer = {
  version: statement.version,
  updated: statement.updated,
  fingerprint,
  appliedAt: '2026-11-23T08:00:00.000Z',
  statement,
  prose,
  versions: [
    {
      version: statement.version,
      appliedAt: '2026-11-23T08:00:00.000Z',
      effectiveAt: '2026-11-23T08:00:00.000Z',
      withdrawnAt: null,
      fingerprint,
    },
  ],
  coming: null,
};
const topics = [
  {
    id: 'nyhetsbrev',
    label: { nb: 'Nyhetsbrevet', en: 'The newsletter' },
    about: { nb: 'Alt.', en: 'All.' },
  },
];

let app: FastifyInstance;
/** What the API was asked, and how it answers; each test sets what it needs. */
let seen: FastifyRequest[] = [];
let down = false;
let version = fingerprint;

before(async () => {
  app = Fastify();
  app.register(
    async (api) => {
      api.addHook('onRequest', async (request, reply) => {
        seen.push(request);
        if (down) return reply.code(503).send({ code: 'http.database-away', status: 503 });
      });
      const signedOut = { code: 'identity.signed-out', status: 401 };
      api.get('/statement', async () => answer);
      api.get('/newsletter/topics', async () => ({ topics }));
      api.get('/sign-in/providers', async () => ({ providers: [] }));
      api.get('/me', async (_request, reply) => reply.code(401).send(signedOut));
      api.get('/sign-in/links/:token', async (_request, reply) => reply.code(204).send());
      api.post('/sessions', async (_request, reply) =>
        reply
          .code(201)
          .header('set-cookie', 'hjemmel=abc; Path=/; HttpOnly')
          .send({ person: 'p', roles: [], expiresAt: '' }),
      );
      api.post('/profiles', async (_request, reply) =>
        reply.code(422).send({
          code: 'collect.invalid-field',
          status: 422,
          fields: [{ field: 'email', reason: 'collect.invalid-field' }],
        }),
      );
    },
    { prefix: '/api/v1' },
  );
  await app.register(pages, {
    build: join(root, 'web', 'build'),
    baseUrl: 'http://localhost:4000',
    demo: false,
    version: () => version,
    api: (request) => app.inject(request),
  });
  await app.ready();
});
after(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const post = (url: string, payload: string, type = 'application/x-www-form-urlencoded') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

test('0.version: the statement page names the version and gives every clause an anchor, in both languages', async () => {
  for (const [url, said] of [
    ['/personvern', `Versjon ${statement.version}`],
    ['/en/privacy', `Version ${statement.version}`],
  ] as const) {
    const { statusCode, body } = await get(url);
    assert.equal(statusCode, 200);
    assert.ok(body.includes(said));
    for (const clause of Object.keys(statement.clauses)) {
      const anchors = body.split(`id="${clause}"`).length - 1;
      assert.equal(anchors, 1, `${clause} has ${anchors} anchors on ${url}`);
    }
  }
});

test('v.available: the statement is read from memory while the database is away', async () => {
  const first = await get('/personvern');
  down = true;
  try {
    const again = await get('/personvern');
    assert.equal(again.statusCode, 200);
    assert.equal(again.body, first.body);
    const other = await get('/min');
    assert.equal(other.statusCode, 503);
    assert.ok(other.body.includes('Vi er straks tilbake'));
  } finally {
    down = false;
  }
});

test('a new statement is rendered anew', async () => {
  await get('/informasjonskapsler');
  seen = [];
  await get('/informasjonskapsler');
  assert.equal(seen.length, 0);
  version = 'another';
  await get('/informasjonskapsler');
  version = fingerprint;
  assert.ok(seen.length > 0);
});

test('no page runs a script, carries an inline style, or may be framed', async () => {
  for (const url of ['/', '/en', '/personvern', '/registrer', '/nyhetsbrev', '/min/inn/x', '/no-such-page']) {
    const { body, headers } = await get(url);
    assert.doesNotMatch(body, /<script|\sstyle=|\son\w+=|javascript:/i, url);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    // `no-referrer` would make browsers send `Origin: null`, and the server refuse our own forms.
    assert.equal(headers['referrer-policy'], 'same-origin');
  }
});

test('a public page is rendered as nobody: no cookie goes in, none comes out', async () => {
  seen = [];
  version = 'yet another';
  const { headers } = await get('/', { cookie: 'hjemmel=secret' });
  version = fingerprint;
  assert.ok(seen.length > 0);
  assert.ok(seen.every((request) => request.headers.cookie === undefined));
  assert.equal(headers['set-cookie'], undefined);
});

test('a public page is sent small, and not at all when the browser has it', async () => {
  const { headers, rawPayload } = await get('/personvern', { 'accept-encoding': 'gzip, br' });
  assert.equal(headers['content-encoding'], 'br');
  assert.ok(brotliDecompressSync(rawPayload).includes('<!doctype html>'));
  const again = await get('/personvern', { 'if-none-match': String(headers.etag) });
  assert.equal(again.statusCode, 304);
  assert.equal(again.body, '');
});

test('an unknown path is a page of its own, in the language of the path', async () => {
  const norwegian = await get('/finnes-ikke');
  assert.equal(norwegian.statusCode, 404);
  assert.ok(norwegian.body.includes('Siden finnes ikke'));
  const english = await get('/en/nowhere');
  assert.equal(english.statusCode, 404);
  assert.ok(english.body.includes('There is no such page'));
  for (const url of ['/personvern.data', '/_root.data', '/__manifest', '/%ff'])
    assert.ok([400, 404].includes((await get(url)).statusCode), url);
});

test('a slash too many leads to the page, and never to another site', async () => {
  assert.equal((await get('/personvern/')).headers.location, '/personvern');
  for (const url of ['//elsewhere.example/', '/\\elsewhere.example/', '/%2felsewhere.example/'])
    assert.equal((await get(url)).headers.location, undefined, url);
});

test('the API keeps its own 404', async () => {
  const { statusCode, headers } = await get('/api/v1/nowhere');
  assert.equal(statusCode, 404);
  assert.match(String(headers['content-type']), /json/);
});

test('a refused form comes back with what was written, escaped, and nothing of it in an address', async () => {
  const name = '<b onmouseover="x">Kari & co</b>';
  const sent = await post(
    '/registrer',
    new URLSearchParams({ name, email: 'nei', statement: '3.0' }).toString(),
  );
  assert.equal(sent.statusCode, 422);
  assert.ok(sent.body.includes('&lt;b onmouseover=&quot;x&quot;&gt;Kari &amp; co&lt;/b&gt;'));
  assert.ok(!sent.body.includes(name));
  assert.ok(sent.body.includes('ser ikke ut som en e-postadresse'));
  assert.equal(sent.headers.location, undefined);
  assert.equal(sent.headers['cache-control'], 'no-store');
});

test('a form of another kind, or too large, is refused with a calm page', async () => {
  assert.equal((await post('/registrer', '{}', 'application/json')).statusCode, 415);
  assert.equal((await post('/registrer', `name=${'a'.repeat(70_000)}`)).statusCode, 413);
  const { body } = await post('/registrer', '{}', 'application/json');
  assert.ok(body.includes('Det går ikke'));
});

test('who is not signed in is led to sign in', async () => {
  for (const [url, to] of [
    ['/min', '/min/logg-inn'],
    ['/en/my', '/en/my/sign-in'],
  ] as const) {
    const { statusCode, headers } = await get(url);
    assert.equal(statusCode, 303);
    assert.equal(headers.location, to);
  }
});

test('opening a sign-in link signs nobody in; pressing the button does, and the cookie reaches the browser', async () => {
  seen = [];
  const opened = await get('/min/inn/token');
  assert.equal(opened.statusCode, 200);
  assert.ok(seen.every((request) => request.method === 'GET'));
  const pressed = await post('/min/inn/token', '');
  assert.equal(pressed.statusCode, 303);
  assert.equal(pressed.headers.location, '/min');
  assert.deepEqual(pressed.headers['set-cookie'], ['hjemmel=abc; Path=/; HttpOnly']);
});

test('1.1.newsletter: no topic is ticked beforehand', async () => {
  const { body } = await get('/nyhetsbrev');
  assert.match(body, /type="checkbox"/);
  assert.doesNotMatch(body, /checked/);
});

test('u.cookies: the cookie page lists the register and nothing else', async () => {
  const { body } = await get('/informasjonskapsler');
  for (const name of Object.keys(statement.cookies)) assert.ok(body.includes(`<code>${name}</code>`), name);
});

test('every page points to itself in the other language and back', async () => {
  for (const url of ['/', '/personvern', '/klage', '/registrer', '/nyhetsbrev/takk', '/min/inn/abc']) {
    const [, other] = (await get(url)).body.match(/rel="alternate" hrefLang="en" href="([^"]+)"/) ?? [];
    assert.match(String(other), /^\/en/);
    assert.ok((await get(other!)).body.includes(`hrefLang="nb" href="${url}"`), url);
  }
});
