import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Founded, founder } from '#test/clients.ts';
import { World } from '#test/world.ts';

const DAY = 86_400_000;

let world: World;
let owner: Founded;
before(async () => {
  world = await World.open();
  owner = await founder(world, 'eier@firma.example');
});
after(() => world.close());

const invite = async (email: string, by = owner, level = 'user') => {
  const body = { email, level };
  const asked = await world.call('POST', `clients/${by.client}/invitations`, { as: by.cookie, body });
  assert.equal(asked.status, 201);
  return asked.body.invitation as string;
};
const waiting = async (as: string) => (await world.call('GET', 'me/invitations', { as })).body.invitations;
const accept = () => ({ accept: { statement: world.product.inForce.applied.statement.version } });
const take = (as: string, invitation: string, more: object = {}) =>
  world.call('POST', `me/invitations/${invitation}`, { as, body: { ...accept(), ...more } });
const decline = (as: string, invitation: string) =>
  world.call('DELETE', `me/invitations/${invitation}`, { as });

test('u.customer: whoever is signed in sees what waits for their address, and says yes without the letter', async () => {
  const kari = await world.person('kari@firma.example', { name: 'Kari Prøve' });
  assert.deepEqual(await waiting(kari), []);
  const invitation = await invite('Kari@Firma.example');
  const { token } = await world.letterTo('kari@firma.example');
  const [shown, ...more] = await waiting(kari);
  assert.equal(more.length, 0);
  assert.deepEqual(
    [shown.invitation, shown.company.name, shown.by, shown.level, shown.email, shown.name],
    [invitation, 'Prøve og Sønn AS', 'Kari Eier', 'user', 'kari@firma.example', 'Kari Prøve'],
  );
  const taken = await take(kari, invitation);
  assert.deepEqual([taken.status, taken.body], [201, { client: owner.client }]);
  // The same session goes on, and the letter's link is spent.
  const client = await world.call('GET', `clients/${owner.client}`, { as: kari });
  assert.equal(client.body.me.level, 'user');
  assert.deepEqual(await waiting(kari), []);
  assert.equal((await world.call('GET', `invitations/${token}`)).body.code, 'customers.invitation-spent');
  assert.equal((await take(kari, invitation)).body.code, 'customers.invitation-spent');
});

test('u.customer: a no is a no at once, and the profile stays', async () => {
  const ola = await world.person('ola@firma.example');
  const invitation = await invite('ola@firma.example');
  assert.equal((await decline(ola, invitation)).status, 204);
  assert.deepEqual(await waiting(ola), []);
  assert.deepEqual(await world.sql('select from customers.invitation where id = $1', [invitation]), []);
  assert.equal((await world.call('GET', 'me', { as: ola })).status, 200);
  assert.equal((await decline(ola, invitation)).body.code, 'customers.invitation-spent');
});

test('0.security: an invitation is answered by who was asked, and by nobody else who is signed in', async () => {
  const siv = await world.person('siv@firma.example');
  const invitation = await invite('siv@firma.example');
  const others = {
    stranger: await world.person('fremmed@firma.example'),
    inviter: owner.cookie,
    staff: await world.staff('privacy'),
  };
  for (const [who, cookie] of Object.entries(others)) {
    assert.ok(!JSON.stringify(await waiting(cookie)).includes(invitation), who);
    for (const answered of [await take(cookie, invitation), await decline(cookie, invitation)])
      assert.deepEqual([answered.status, answered.body.code], [404, 'customers.invitation-spent'], who);
  }
  for (const [method, path] of [
    ['GET', 'me/invitations'],
    ['POST', `me/invitations/${invitation}`],
    ['DELETE', `me/invitations/${invitation}`],
  ] as const)
    assert.equal(
      (await world.call(method, path, method === 'POST' ? { body: accept() } : {})).body.code,
      'identity.signed-out',
    );
  assert.equal((await take(siv, 'ingenting')).body.code, 'customers.invitation-spent');
  assert.equal((await waiting(siv)).length, 1);
});

test('u.customer: a name is asked of those of whom none is held, and an old statement is not acknowledged', async () => {
  const email = 'bare.brev@firma.example';
  await world.subscriber(email);
  await world.call('POST', 'sign-in/links', { body: { email } });
  const reader = await world.open((await world.letterTo(email)).token);
  const invitation = await invite(email);
  assert.equal((await waiting(reader))[0].name, null);
  assert.deepEqual((await take(reader, invitation)).body.fields, [
    { field: 'name', reason: 'collect.missing-field' },
  ]);
  const old = await take(reader, invitation, { name: 'Bo', accept: { statement: '1.0' } });
  assert.equal(old.body.code, 'collect.statement-not-in-force');
  assert.equal((await take(reader, invitation, { name: 'Bo Leser' })).status, 201);
});

test('0.security: a hold keeps an invitation that has served, and it lets nobody in', async () => {
  const email = 'sak@firma.example';
  const sak = await world.person(email, { name: 'Sak Holdt' });
  const person = (await world.idOf(email))!;
  const privacy = await world.staff('privacy');
  const review = new Date(world.now.getTime() + 60 * DAY).toISOString().slice(0, 10);
  await world.call('POST', `persons/${person}/holds`, { as: privacy, body: { why: 'Tvist', review } });
  const users = `clients/${owner.client}`;
  const spent = async (invitation: string, token: string) => {
    assert.equal((await take(sak, invitation)).body.code, 'customers.invitation-spent');
    assert.equal((await decline(sak, invitation)).body.code, 'customers.invitation-spent');
    assert.equal((await world.call('GET', `invitations/${token}`)).body.code, 'customers.invitation-spent');
    assert.deepEqual(await waiting(sak), []);
    const { invitations } = (await world.call('GET', `${users}/invitations`, { as: owner.cookie })).body;
    assert.ok(!invitations.some((one: { invitation: string }) => one.invitation === invitation));
  };
  const back = await invite(email);
  const { token } = await world.letterTo(email);
  assert.equal(
    (await world.call('DELETE', `${users}/invitations/${back}`, { as: owner.cookie })).status,
    204,
  );
  await spent(back, token);
  const no = await invite(email);
  const second = (await world.letterTo(email)).token;
  assert.equal((await decline(sak, no)).status, 204);
  await spent(no, second);
  const yes = await invite(email);
  const third = (await world.letterTo(email)).token;
  assert.equal((await take(sak, yes)).status, 201);
  // Whoever is let go of again does not come back by the same letter.
  assert.equal((await world.call('DELETE', `${users}/users/${person}`, { as: owner.cookie })).status, 204);
  await spent(yes, third);
  const rows = await world.sql('select from customers.invitation where person = $1', [person]);
  assert.equal(rows.length, 3, 'all of them are kept by the hold');
  const { checks } = await world.product.prove(world.now, '0.security');
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    [],
  );
});

test('k.as-needed: what is too old to be answered, or of a client that rests, is not shown', async () => {
  const pia = await world.person('pia@firma.example');
  const other = await founder(world, 'hviler@firma.example');
  await invite('pia@firma.example', other);
  assert.equal((await waiting(pia)).length, 1);
  await world.call('PUT', 'me/restriction', { as: other.cookie, body: { reason: 'accuracy' } });
  assert.deepEqual(await waiting(pia), []);
  await world.call('DELETE', 'me/restriction', { as: other.cookie });
  const [{ invitation }] = await waiting(pia);
  world.now = new Date(world.now.getTime() + 7 * DAY);
  assert.deepEqual(await waiting(pia), []);
  assert.equal((await take(pia, invitation)).body.code, 'customers.invitation-spent');
});
