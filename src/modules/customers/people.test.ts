import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';

let world: World;
const addresses = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}@firma.example`);
const cookies: string[] = [];
const DAY = 86_400_000;

before(async () => {
  world = await World.open();
  for (const email of addresses) {
    const name = `Person ${email[0]!.toUpperCase()}`;
    cookies.push(await world.person(email, { name, place: '=1+1' }));
    world.now = new Date(world.now.getTime() + DAY);
  }
});
after(() => world.close());

const emails = (body: { people: { email: string }[] }) => body.people.map(({ email }) => email);

test('u.customer: staff go through people page by page, in the order they choose', async () => {
  const as = await world.staff('support');
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 3; page += 1) {
    const where = `people?sort=made&limit=2${cursor && `&cursor=${cursor}`}`;
    const { body, status } = await world.call('GET', where, { as });
    assert.equal(status, 200);
    seen.push(...emails(body));
    cursor = body.next;
  }
  assert.deepEqual(seen, addresses);
  assert.equal(cursor, null);
  const newest = (await world.call('GET', 'people?sort=-made&limit=2', { as })).body;
  assert.deepEqual(emails(newest), addresses.slice(-2).reverse());
  const [first] = newest.people;
  assert.deepEqual([first.name, first.place, first.modules], ['Person E', '=1+1', []]);
  assert.equal(first.leaves.slice(5), first.active.slice(5), 'a year after it was last used');
});

test('r.access: whoever stands in a list sees it in their own log, and why it was taken as a file', async () => {
  const as = await world.staff('support');
  await world.call('GET', 'people', { as });
  assert.equal((await world.call('GET', 'people/file', { as })).body.code, 'use.reason-missing');
  const file = await world.call('GET', 'people/file?reason=agreement', { as });
  assert.equal(file.type, 'text/csv; charset=utf-8');
  const lines = file.raw.toString().split('\r\n');
  assert.equal(lines[0], '\uFEFF"name";"email";"phone";"place";"company";"made";"active";"leaves";"modules"');
  assert.equal(lines.length, addresses.length + 2);
  assert.ok(lines[1]!.includes(`"'=1+1"`), 'no spreadsheet reckons with what somebody wrote');
  const english = { 'accept-language': 'en-GB' };
  assert.match(
    (await world.call('GET', 'people/file?reason=agreement', { as, headers: english })).raw.toString(),
    /^\uFEFF"name","email"/,
  );
  const own = cookies[0]!;
  const { entries } = (await world.call('GET', 'me/log', { as: own })).body;
  const staff = entries.filter(({ actor }: { actor: string }) => actor === 'staff');
  assert.deepEqual(
    staff.slice(0, 3).map(({ act, reason }: Record<string, string>) => [act, reason]),
    [
      ['list-file', 'agreement'],
      ['list-file', 'agreement'],
      ['list', null],
    ],
  );
});

test('r.object-restrict: whoever is restricted stands in no list and is found by no search', async () => {
  const as = await world.staff('support');
  const own = cookies[2]!;
  await world.call('PUT', 'me/restriction', { as: own, body: { reason: 'accuracy' } });
  assert.ok(!emails((await world.call('GET', 'people', { as })).body).includes(addresses[2]!));
  const search = (name: string) => world.call('POST', 'person-searches', { as, body: { name } });
  assert.deepEqual((await search('Person C')).body.found, []);
  await world.call('DELETE', 'me/restriction', { as: own });
  assert.equal((await search('Person C')).body.found.length, 1);
});

test('0.security: people are found by the whole name alone, by a hash that leaves with the name', async () => {
  const as = await world.staff('support');
  const search = async (name: string) =>
    (await world.call('POST', 'person-searches', { as, body: { name } })).body.found;
  const id = await world.idOf(addresses[3]!);
  for (const name of ['Person D', ' person   d ', 'PERSON D']) assert.deepEqual(await search(name), [id]);
  for (const name of ['Person', 'D', 'Person%', '']) assert.deepEqual(await search(name), []);
  const own = cookies[3]!;
  await world.call('PATCH', 'me', { as: own, body: { name: 'Ny Person' } });
  assert.deepEqual(await search('Person D'), []);
  assert.deepEqual(await search('ny person'), [id]);
  await world.product.gates.answer.erase(id!, { kind: 'person', id: id! }, world.now);
  assert.deepEqual(await search('ny person'), []);
  assert.deepEqual(await world.sql('select from vault.lookup where person = $1', [id]), []);
});

test('a cursor, an order or a length that is none of ours is refused by its name', async () => {
  const as = await world.staff('support');
  const marks = ['x', Buffer.from('2026-11-23 not-a-number').toString('base64url'), "';drop"];
  for (const [name, values] of Object.entries({
    cursor: marks,
    sort: ['name', '__proto__'],
    which: ['some'],
    limit: ['0', '101', '-1', 'many'],
  }))
    for (const value of values) {
      const { status, body } = await world.call('GET', `people?${name}=${encodeURIComponent(value)}`, { as });
      assert.deepEqual([status, body.fields?.[0]?.field], [422, name], value);
    }
  const courses = await world.staff('courses');
  assert.equal((await world.call('GET', 'people', { as: courses })).body.code, 'use.not-your-purpose');
});
