import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';

/** Requests that are carried out once, and changes that are held to what was last seen. */
let world: World;
let privacy: string;
let cookie: string;
let person: string;
before(async () => {
  world = await World.open();
  privacy = await world.staff('privacy');
  cookie = await world.person('holdt@firma.example');
  person = (await world.idOf('holdt@firma.example'))!;
});
after(() => world.close());

let keys = 0;
const newKey = () => {
  keys += 1;
  return `"key-${String(keys).padStart(16, '0')}"`;
};
const place = (key: string, why = 'Et krav er varslet.', more: object = {}) =>
  world.call('POST', `persons/${person}/holds`, {
    as: privacy,
    body: { why, review: '2027-03-01' },
    headers: { 'idempotency-key': key },
    ...more,
  });
const holds = async () => (await world.call('GET', 'holds', { as: privacy })).body.holds.length;

test('the same request under the same key is carried out once and answered alike, a new key makes a new one', async () => {
  const key = newKey();
  const first = await place(key);
  assert.equal(first.status, 201);
  const again = await place(key.slice(1, -1));
  assert.deepEqual([again.status, again.body, again.type], [201, first.body, first.type]);
  assert.equal(await holds(), 1);
  assert.notEqual((await place(newKey())).body.id, first.body.id);
  assert.equal(await holds(), 2);
});

test('under one key another request is refused, and of many at once one is carried out', async () => {
  const key = newKey();
  const before = await holds();
  const all = await Promise.all(Array.from({ length: 8 }, () => place(key)));
  assert.equal(await holds(), before + 1);
  const made = all.filter(({ status }) => status === 201);
  assert.ok(made.length >= 1 && made.every(({ body }) => body.id === made[0]!.body.id));
  for (const { status, body } of all.filter((one) => !made.includes(one)))
    assert.deepEqual([status, body.code], [409, 'http.key-in-use']);
  for (const more of [{ body: { why: 'Et annet krav.', review: '2027-03-01' } }]) {
    const { status, body } = await place(key, '', more);
    assert.deepEqual([status, body.code], [422, 'http.key-reused']);
  }
});

test('a key that was refused is free again; one is the caller’s own; one that can be guessed is refused', async () => {
  const key = newKey();
  assert.equal((await place(key, '')).status, 422);
  assert.equal((await place(key)).status, 201);
  const other = await world.staff('privacy');
  const id = (await place(key, undefined, { as: other })).body.id;
  assert.ok(id);
  for (const short of ['1', '"short"', 'a b c d e f g h i j k l', ''])
    assert.equal((await place(short)).body.code, 'http.invalid-field', short);
});

test('0.security: what was answered lies sealed beside no key, leaves with the person, and after a day', async () => {
  const reason = 'Et krav som ingen andre skal se.';
  const key = newKey();
  const { body } = await place(key, reason);
  assert.deepEqual(await world.tablesHolding(reason), []);
  assert.deepEqual(await world.tablesHolding(key.slice(1, -1)), []);
  const kept = () => world.sql('select answer from request.answered where person = $1', [person]);
  assert.ok((await kept()).length > 0);
  assert.ok((await kept()).every(({ answer }) => !(answer as Buffer).includes(body.id)));
  // A hold keeps everything of a person, these rows too.
  for (const { id } of (await world.call('GET', 'holds', { as: privacy })).body.holds)
    await world.call('DELETE', `persons/${person}/holds/${id}`, { as: privacy });
  await world.product.gates.keep(new Date(world.now.getTime() + 25 * 3_600_000));
  assert.deepEqual(await kept(), []);

  const stranger = await world.person('glemt@firma.example');
  const id = (await world.idOf('glemt@firma.example'))!;
  const headers = { 'idempotency-key': newKey() };
  const hold = { why: 'Et krav.', review: '2027-03-01' };
  const placed = await world.call('POST', `persons/${id}/holds`, { as: privacy, body: hold, headers });
  await world.call('DELETE', `persons/${id}/holds/${placed.body.id}`, { as: privacy });
  await world.call('DELETE', 'me', { as: stranger });
  assert.deepEqual(await world.sql('select from request.answered where person = $1', [id]), []);
});

test('a request that broke off is not done again: nobody knows what came of it', async () => {
  const key = newKey();
  await place(key);
  await world.sql('update request.answered set status = null, answer = null');
  assert.deepEqual([(await place(key)).status, (await place(key)).body.code], [409, 'http.key-in-use']);
  world.now = new Date(world.now.getTime() + 24 * 3_600_000);
  privacy = await world.staff('privacy');
  assert.equal((await place(key)).status, 201, 'a day later the key is as good as new');
});

test('a change is held to what was last seen (RFC 9110 section 13.1.1)', async () => {
  const { headers } = await world.call('GET', 'me', { as: cookie });
  const change = (etag: string, body: object) =>
    world.call('PATCH', 'me', { as: cookie, body, headers: { 'if-match': etag } });
  const etag = String(headers.etag);
  assert.equal((await change(etag, { place: 'Voss' })).status, 200);
  const stale = await change(etag, { place: 'Alta' });
  assert.deepEqual([stale.status, stale.body.code], [412, 'http.stale']);
  const now = (await world.call('GET', 'me', { as: cookie })).body;
  assert.equal(
    now.items.find(({ category }: { category: string }) => category === 'contact.place').value,
    'Voss',
  );
  assert.equal((await change('*', { place: 'Alta' })).status, 200);
  const nowhere = await world.call('DELETE', 'me/objections/newsletter', {
    as: cookie,
    headers: { 'if-match': etag },
  });
  assert.equal(nowhere.status, 412);
});

test('who calls too often is told how long to wait, and everybody how much is left', async () => {
  const site = await world.siteAt('https://kunde.example');
  const ask = () => world.call('GET', 'sign-in/links/x', { site, from: '203.0.113.9' });
  const first = await ask();
  assert.equal(first.headers['ratelimit-policy'], '"minute";q=60;w=60');
  assert.match(String(first.headers.ratelimit), /^"minute";r=59;t=\d+$/);
  for (let calls = 1; calls < 60; calls += 1) await ask();
  const refused = await ask();
  assert.deepEqual([refused.status, refused.body.code], [429, 'http.too-many']);
  assert.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 60);
  await site.close();
});
