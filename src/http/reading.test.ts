import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';

/** How the API is read: validators, pages of lists, queries of a shape. */
let world: World;
let cookie: string;
let privacy: string;
before(async () => {
  world = await World.open();
  cookie = await world.person('leser@firma.example');
  privacy = await world.staff('privacy');
});
after(() => world.close());

test('an answer held already is not sent again while it is the same, and is when it is not (RFC 9110 section 13)', async () => {
  const first = await world.call('GET', 'me', { as: cookie });
  const etag = String(first.headers.etag);
  assert.match(etag, /^"[\w-]{22}"$/);
  const again = (held: string) => world.call('GET', 'me', { as: cookie, headers: { 'if-none-match': held } });
  for (const held of [etag, `"x", ${etag}`, '*']) {
    const same = await again(held);
    assert.deepEqual([same.status, same.raw.length, same.headers.etag], [304, 0, etag], held);
  }
  for (const held of ['"x"', `W/${etag}`, etag.slice(1)]) assert.equal((await again(held)).status, 200, held);
  await world.call('PATCH', 'me', { as: cookie, body: { place: 'Voss' } });
  const changed = await again(etag);
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.etag, etag);
});

test('HEAD answers as GET does, without a body (RFC 9110 section 9.3.2)', async () => {
  for (const path of ['me', 'newsletter/topics', 'statement']) {
    const got = await world.call('GET', path, { as: cookie });
    const head = await world.call('HEAD', path, { as: cookie });
    assert.deepEqual(
      [head.status, head.raw.length, head.headers.etag, head.headers['content-length']],
      [got.status, 0, got.headers.etag, String(got.raw.length)],
      path,
    );
  }
  assert.equal((await world.call('HEAD', 'me')).status, 401);
});

test('a list is told page by page, each entry once, by a link in the header and a cursor in the answer (RFC 8288)', async () => {
  for (let looks = 0; looks < 7; looks += 1) await world.call('GET', 'me', { as: cookie });
  const whole = (await world.call('GET', 'me/log', { as: cookie })).body.entries;
  const told: unknown[] = [];
  let url = '/api/v1/me/log?limit=3';
  for (;;) {
    const { status, body, headers } = await world.call('GET', url, { as: cookie });
    assert.equal(status, 200);
    assert.ok(body.entries.length <= 3);
    told.push(...body.entries);
    if (body.next === null) {
      assert.equal(headers.link, undefined);
      break;
    }
    url = /^<(\/api\/v1\/me\/log\?[^>]+)>; rel="next"$/.exec(String(headers.link))![1]!;
    assert.equal(new URLSearchParams(url.split('?')[1]).get('cursor'), body.next);
  }
  assert.deepEqual(told, whole);
});

test('a cursor is ours, for this list and this caller, or it is refused', async () => {
  const { next } = (await world.call('GET', 'me/log?limit=1', { as: cookie })).body;
  const other = await world.person('annen@firma.example');
  const ask = async (cursor: string, as: string) => {
    const { status, body } = await world.call('GET', `me/log?cursor=${encodeURIComponent(cursor)}`, { as });
    return [status, body.code, body.fields];
  };
  const fields = [{ field: 'cursor', reason: 'invalid_value' }];
  const no = [422, 'http.invalid-field', fields];
  assert.deepEqual(await ask(next, other), no);
  for (const made of [`${next}x`, next.slice(1), `NTA.${next.split('.')[1]}`, 'NTA', 'x.y', '.'])
    assert.deepEqual(await ask(made, cookie), no, made);
  assert.equal((await ask(next, cookie))[0], 200);
});

test('a query is of the shape that the description gives it, or is refused by the name of what is not', async () => {
  for (const [path, field] of [
    ['me/log?limit=0', 'limit'],
    ['me/log?limit=201', 'limit'],
    ['forecast?days=367', 'days'],
    ['forecast?days=', 'days'],
    ['statement/comparisons?from=3.0', 'to'],
    ['statement/comparisons?from=3.0&to=3.0&language=nn', 'language'],
  ] as const) {
    const { status, body } = await world.call('GET', path, { as: path.startsWith('me') ? cookie : privacy });
    assert.deepEqual([status, body.code], [422, 'http.invalid-field'], path);
    assert.deepEqual(
      body.fields.map((one: { field: string }) => one.field),
      [field],
    );
  }
});
