import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { World } from '#test/world.ts';
import { ApiProblem, Client } from './client.ts';

/** The client against a server that listens, as another program has it. */
let world: World;
let site: FastifyInstance;
let url: string;
let token: string;
before(async () => {
  world = await World.open();
  site = await world.siteAt(world.config.baseUrl);
  url = await site.listen({ port: 0, host: '127.0.0.1' });
  const body = { name: 'klient', scopes: ['customer', 'accountability'], days: 30 };
  token = (await world.call('POST', 'tokens', { as: await world.staff('administrator'), body })).body.token;
});
after(async () => {
  await site.close();
  await world.close();
});

const refused = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code;

test('a program reads what its key was given, and is told by a problem what it was not', async () => {
  await world.profile('lest@firma.example', { place: 'Voss' });
  const client = new Client({ url, token });
  const { answer } = await client.call('POST /person-searches', { body: { email: 'lest@firma.example' } });
  const person = answer.found[0]!;
  const seen = await client.call('GET /persons/{person}', { path: { person } });
  assert.deepEqual([seen.status, seen.answer.place], [200, 'Voss']);
  assert.equal((await client.call('GET /forecast', { query: { days: 30 } })).answer.days, 30);
  await assert.rejects(client.call('GET /me', {}), refused('integrations.out-of-scope'));
  await assert.rejects(client.call('GET /forecast', { query: { days: 999 } }), (error) => {
    assert.ok(error instanceof ApiProblem);
    assert.deepEqual([error.status, error.fields[0]?.field], [422, 'days']);
    return true;
  });
  await assert.rejects(
    new Client({ url, token: 'hjm_x' }).call('GET /proof/runs', {}),
    refused('integrations.token-refused'),
  );
});

test('an answer that is held already is not fetched again, and what stands between can speak for itself', async () => {
  const client = new Client({ url });
  const first = await client.call('GET /newsletter/topics', {});
  const again = await client.call('GET /newsletter/topics', { ifNoneMatch: first.etag });
  assert.deepEqual([again.status, again.answer], [304, undefined]);
  const gateway = new Client({
    url,
    fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
  });
  await assert.rejects(gateway.call('GET /promises', {}), refused('http.failed'));
});

test('a list comes page by page until there is no more', async () => {
  const cookie = await world.person('blar@firma.example');
  for (let looks = 0; looks < 5; looks += 1) await world.call('GET', 'me', { as: cookie });
  const withCookie: typeof fetch = (to, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    return fetch(to, { ...init, headers });
  };
  const client = new Client({ url, fetch: withCookie });
  const ids: string[] = [];
  for await (const page of client.pages('GET /me/log', { query: { limit: 2 } })) {
    assert.ok(page.entries.length <= 2);
    ids.push(...page.entries.map(({ id }) => id));
  }
  const whole = (await client.call('GET /me/log', {})).answer.entries.map(({ id }) => id);
  assert.deepEqual(ids, whole);
  assert.ok(ids.length > 4);
});

test('what can be sent twice is tried again when the server asks for patience, and only then', async () => {
  const waited: number[] = [];
  let calls = 0;
  const client = (status: number, after: string | undefined, retries?: number) => {
    calls = 0;
    waited.length = 0;
    return new Client({
      url,
      retries,
      wait: async (milliseconds) => void waited.push(milliseconds),
      fetch: async (to, init) => {
        calls += 1;
        if (calls > 2) return fetch(to, init);
        const problem = { type: 'x', title: 'x', status, code: 'http.database-away', detail: 'Away.' };
        const headers = {
          'content-type': 'application/problem+json',
          ...(after && { 'retry-after': after }),
        };
        return new Response(JSON.stringify(problem), { status, headers });
      },
    });
  };
  assert.equal((await client(503, '5').call('GET /newsletter/topics', {})).status, 200);
  assert.deepEqual([calls, waited], [3, [5000, 5000]]);
  const asked = { body: { email: 'x@firma.example' } };
  await assert.rejects(client(503, '5').call('POST /sign-in/links', asked), refused('http.database-away'));
  assert.equal(calls, 1, 'nobody knows what came of it');
  assert.equal((await client(429, '7').call('POST /sign-in/links', asked)).status, 202);
  assert.deepEqual(waited, [7000, 7000]);
  await assert.rejects(client(503, '600').call('GET /newsletter/topics', {}), refused('http.database-away'));
  await assert.rejects(client(503, '5', 1).call('GET /newsletter/topics', {}), refused('http.database-away'));
});

test('a request that makes something goes under one key, however often it is sent', async () => {
  const privacy = await world.staff('privacy');
  await world.profile('holdt@firma.example');
  const person = (await world.idOf('holdt@firma.example'))!;
  let sent = 0;
  const keys = new Set<string | null>();
  const losing: typeof fetch = async (to, init) => {
    sent += 1;
    const headers = new Headers(init?.headers);
    keys.add(headers.get('idempotency-key'));
    headers.set('cookie', privacy);
    const answer = await fetch(to, { ...init, headers });
    if (sent === 1) throw new TypeError('the connection was lost after the server had answered');
    return answer;
  };
  const client = new Client({ url, fetch: losing, wait: async () => {} });
  const body = { why: 'Et krav er varslet.', review: '2027-03-01' };
  const made = await client.call('POST /persons/{person}/holds', { path: { person }, body });
  assert.deepEqual([made.status, sent, keys.size], [201, 2, 1]);
  const { holds } = (await client.call('GET /holds', {})).answer;
  assert.deepEqual(
    holds.map(({ id }) => id),
    [made.answer.id],
  );
});
