import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COMPANY, type Founded, founder, user, versions } from '#test/clients.ts';
import { World } from '#test/world.ts';

let world: World;
let clients: Founded[];
const DAY = 86_400_000;
const owners = ['a', 'b', 'c'].map((letter) => `${letter}@firma.example`);

before(async () => {
  world = await World.open();
  clients = [];
  for (const email of owners) {
    clients.push(await founder(world, email, email === owners[1] ? ['arkiv', 'kurs'] : ['arkiv']));
    world.now = new Date(world.now.getTime() + DAY);
  }
});
after(() => world.close());

type Body = { accounts: { account: string }[] };
const numbers = ({ accounts }: Body) => accounts.map(({ account }) => account);
const ids = () => clients.map(({ client }) => client);

test('u.customer: staff go through clients page by page, in the order they choose', async () => {
  const as = await world.staff('support');
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 2; page += 1) {
    const where = `accounts?sort=since&limit=2${cursor && `&cursor=${cursor}`}`;
    const { body, status } = await world.call('GET', where, { as });
    assert.equal(status, 200, JSON.stringify(body));
    seen.push(...numbers(body));
    cursor = body.next;
  }
  assert.deepEqual(seen, ids());
  assert.equal(cursor, null);
  const { body } = await world.call('GET', 'accounts?limit=2', { as });
  assert.deepEqual(numbers(body), ids().slice(1).reverse());
  assert.deepEqual(body.accounts[0].company, {
    name: COMPANY.name,
    number: COMPANY.number,
    place: COMPANY.place,
  });
  assert.deepEqual([body.accounts[1].modules, body.accounts[1].users], [['arkiv', 'kurs'], 1]);
  const ofModule = (await world.call('GET', 'accounts?module=kurs', { as })).body;
  assert.deepEqual(numbers(ofModule), [clients[1]!.client]);
});

test('0.roles: the roles that run the customer relationship see clients, and no other', async () => {
  for (const [role, status] of Object.entries({
    support: 200,
    finance: 200,
    administrator: 200,
    privacy: 200,
    marketing: 403,
    courses: 403,
  })) {
    const as = await world.staff(role);
    const client = clients[0]!.client;
    const person = (await world.idOf(owners[0]!))!;
    for (const where of [
      'accounts',
      `accounts/${client}`,
      `accounts/${client}/log`,
      `persons/${person}/accounts`,
    ])
      assert.equal((await world.call('GET', where, { as })).status, status, `${where} as ${role}`);
    const body = { number: COMPANY.number };
    assert.equal((await world.call('POST', 'account-searches', { as, body })).status, status, role);
  }
  const own = clients[0]!.cookie;
  assert.equal((await world.call('GET', 'accounts', { as: own })).status, 403);
});

test('r.access: an owner sees in their own log that staff saw the company, and why it was taken as a file', async () => {
  const as = await world.staff('finance');
  await world.call('GET', 'accounts', { as });
  assert.equal((await world.call('GET', 'accounts/file', { as })).body.code, 'use.reason-missing');
  const file = await world.call('GET', 'accounts/file?reason=agreement', { as });
  assert.equal(file.type, 'text/csv; charset=utf-8');
  const lines = file.raw.toString().split('\r\n');
  assert.equal(lines[0], '\uFEFF"client";"name";"number";"place";"users";"modules";"since";"ended";"until"');
  assert.equal(lines.length, clients.length + 2);
  const { entries } = (await world.call('GET', 'me/log', { as: clients[2]!.cookie })).body;
  const staff = entries.filter(({ actor }: { actor: string }) => actor === 'staff');
  assert.deepEqual(
    staff.slice(0, 2).map(({ act, reason }: Record<string, string>) => [act, reason]),
    [
      ['account-list-file', 'agreement'],
      ['account-list', null],
    ],
  );
});

test('u.customer: a client is shown with its users, its plan, what was accepted, and what happened with it', async () => {
  const as = await world.staff('support');
  const [first] = clients;
  const joined = await user(world, first!, 'bruker@firma.example', 'user');
  await world.call('PATCH', `clients/${first!.client}`, { as: first!.cookie, body: { place: 'Vadsø' } });
  const { status, body } = await world.call('GET', `accounts/${first!.client}`, { as });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(
    body.people.map(({ email, levelName }: { email: string; levelName: { en: string } }) => [
      email,
      levelName.en,
    ]),
    [
      [owners[0], 'Owner'],
      ['bruker@firma.example', 'User'],
    ],
  );
  assert.equal(body.users, 2);
  const accept = versions(world.product.gates);
  assert.deepEqual(
    body.documents.map(({ document, accepted }: { document: string; accepted: { version: string } }) => [
      document,
      accepted.version,
    ]),
    [
      ['agreement', accept.agreement],
      ['dpa', accept.dpa],
    ],
  );
  const log = (await world.call('GET', `accounts/${first!.client}/log`, { as })).body;
  const told = log.entries.map(({ act, by }: { act: string; by: { name: string } }) => `${act} ${by.name}`);
  assert.deepEqual(told.toSorted(), [
    'client.began Kari Eier',
    'client.changed Kari Eier',
    'user.invited Kari Eier',
    'user.joined Ola Bruker',
  ]);
  assert.equal(told.at(-1), 'client.began Kari Eier');
  const { entries } = (await world.call('GET', 'me/log', { as: joined.cookie })).body;
  assert.ok(
    entries.some(({ act, actor }: { act: string; actor: string }) => act === 'account' && actor === 'staff'),
  );
  const used = (await world.call('GET', `persons/${joined.person}/accounts`, { as })).body.found;
  assert.deepEqual(numbers({ accounts: used }), [first!.client]);
});

test('k.active-12-months: a client that has ended is listed by itself, with the day until which it can come back', async () => {
  const as = await world.staff('support');
  const own = await founder(world, 'slutt@firma.example', ['kurs']);
  const ended = await world.call('DELETE', `clients/${own.client}`, { as: own.cookie });
  assert.equal(ended.status, 200, JSON.stringify(ended.body));
  assert.ok(!numbers((await world.call('GET', 'accounts', { as })).body).includes(own.client));
  const { accounts } = (await world.call('GET', 'accounts?which=ended&module=kurs', { as })).body;
  assert.deepEqual(numbers({ accounts }), [own.client]);
  const [{ since, ended: day, until }] = accounts;
  assert.equal(since, null);
  assert.equal(Number(until.slice(0, 4)), Number(day.slice(0, 4)) + 1);
  const { body } = await world.call('GET', `accounts/${own.client}`, { as });
  assert.deepEqual([body.ended, body.people.length, body.plan], [day, 1, null]);
});

test('0.security: clients are found by the whole number or the whole name alone, by hashes that follow what is so', async () => {
  const as = await world.staff('support');
  const search = (body: object) => world.call('POST', 'account-searches', { as, body });
  const all = new Set([
    ...ids(),
    (await world.call('GET', 'accounts?which=ended', { as })).body.accounts[0].account,
  ]);
  const spaced = COMPANY.number.replace(/(...)(...)(...)/, 'NO $1 $2 $3 MVA');
  const ways = [COMPANY.number, spaced].map((number): object => ({ number }));
  for (const name of [COMPANY.name, ` ${COMPANY.name.toUpperCase().replace(' ', '   ')}`])
    ways.push({ name });
  for (const way of ways)
    assert.deepEqual(
      new Set(numbers({ accounts: (await search(way)).body.found })),
      all,
      JSON.stringify(way),
    );
  for (const number of ['', COMPANY.number.slice(0, 8), `${COMPANY.number}0`, "' or true"])
    assert.equal((await search({ number })).body.code, 'customers.bad-number', number);
  for (const name of ['', 'Prøve', 'Prøve%', COMPANY.name.slice(0, -1)])
    assert.deepEqual((await search({ name })).body.found, [], name);
  const { client, cookie } = clients[2]!;
  await world.call('PATCH', `clients/${client}`, { as: cookie, body: { name: 'Nytt Navn AS' } });
  assert.deepEqual(numbers({ accounts: (await search({ name: 'nytt navn as' })).body.found }), [client]);
  assert.ok(!numbers({ accounts: (await search({ name: COMPANY.name })).body.found }).includes(client));
  await world.call('DELETE', `clients/${client}`, { as: cookie });
  assert.deepEqual(numbers({ accounts: (await search({ name: 'Nytt navn as' })).body.found }), [client]);
  for (const account of ['x', '00000000-0000-7000-8000-000000000000'])
    assert.equal(
      (await world.call('GET', `accounts/${account}`, { as })).body.code,
      'customers.unknown-client',
    );
});

test('r.object-restrict: the client of an owner who is restricted is not shown', async () => {
  const as = await world.staff('support');
  const { client, cookie } = clients[1]!;
  await world.call('PUT', 'me/restriction', { as: cookie, body: { reason: 'accuracy' } });
  assert.ok(!numbers((await world.call('GET', 'accounts', { as })).body).includes(client));
  assert.equal((await world.call('GET', `accounts/${client}`, { as })).status, 404);
  await world.call('DELETE', 'me/restriction', { as: cookie });
  assert.equal((await world.call('GET', `accounts/${client}`, { as })).status, 200);
});
