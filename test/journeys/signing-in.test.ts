import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const askFor = (email: string) => world.call('POST', 'sign-in/links', { body: { email } });
const open = (token: string) => world.call('POST', 'sessions', { body: { token } });

test('0.security: a sign-in link opens one session, also when five come at once', async () => {
  await world.profile('kari@firma.example');
  const { token, link } = await world.letterTo('kari@firma.example');
  const before = await world.state();
  for (const path of [`sign-in/links/${token}`, link])
    assert.ok((await world.call('GET', path)).status < 300);
  assert.deepEqual(await world.state(), before, 'looking at a link spends nothing');
  const answers = await Promise.all(Array.from({ length: 5 }, () => open(token)));
  const opened = answers.filter(({ status }) => status === 201);
  assert.equal(opened.length, 1);
  for (const { status, body, headers } of answers.filter(({ status }) => status !== 201)) {
    assert.deepEqual([status, body.code], [404, 'identity.link-spent']);
    assert.equal(headers['set-cookie'], undefined);
  }
  assert.equal((await open(token)).status, 404);
  assert.equal((await world.call('GET', `sign-in/links/${token}`)).status, 404);
  assert.equal((await world.sql('select from identity.session')).length, 1);
});

test('0.security: a mailed link works for ten minutes and not a moment longer', async () => {
  await world.profile('ola@firma.example');
  await world.letters();
  await askFor('ola@firma.example');
  const { token } = await world.letterTo('ola@firma.example');
  world.now = new Date(world.now.getTime() + 10 * MINUTE);
  assert.equal((await open(token)).status, 404);
  await askFor('ola@firma.example');
  const again = (await world.letterTo('ola@firma.example')).token;
  world.now = new Date(world.now.getTime() + 10 * MINUTE - 1);
  assert.equal((await open(again)).status, 201);
});

test('0.security: tokens of one kind open no door of another, and changed ones none at all', async () => {
  await world.profile('per@firma.example');
  const { token } = await world.letterTo('per@firma.example');
  const preferences = await world.subscriber('siv@firma.example');
  const turned = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  for (const wrong of [preferences, turned, token.toLowerCase(), `${token}=`, ` ${token}`, token.slice(1)])
    assert.equal((await open(wrong)).body.code, 'identity.link-spent');
  for (const [method, path] of [
    ['GET', `newsletter/preferences/${token}`],
    ['DELETE', `newsletter/preferences/${token}`],
    ['GET', `newsletter/confirmations/${preferences}`],
  ] as const)
    assert.equal((await world.call(method, path)).body.code, 'newsletter.link-spent');
  assert.equal((await world.call('GET', 'me', { as: `hjemmel=${token}` })).status, 401);
});

test('0.security: a session ends when it is ended, when its time is over, and with its person', async () => {
  const cookie = await world.person('eva@firma.example');
  const current = () => world.call('GET', 'sessions/current', { as: cookie });
  const { body } = await current();
  assert.deepEqual(body.roles, []);
  assert.equal(new Date(body.expiresAt).getTime(), world.now.getTime() + 30 * DAY);
  const out = await world.call('DELETE', 'sessions/current', { as: cookie });
  assert.equal(out.status, 204);
  assert.match(String(out.headers['set-cookie']), /^hjemmel=; Max-Age=0; /);
  for (const path of ['sessions/current', 'me', 'me/log', 'me/export', 'me/erasure'])
    assert.deepEqual((await world.call('GET', path, { as: cookie })).body.code, 'identity.signed-out');
  assert.equal((await world.call('DELETE', 'sessions/current', { as: cookie })).status, 401);

  const later = await world.person('ida@firma.example');
  const began = world.now;
  world.now = new Date(began.getTime() + 30 * DAY - 1);
  assert.equal((await world.call('GET', 'me', { as: later })).status, 200);
  world.now = new Date(began.getTime() + 30 * DAY);
  assert.equal((await world.call('GET', 'me', { as: later })).status, 401);

  const erased = await world.person('bo@firma.example');
  assert.equal((await world.call('DELETE', 'me', { as: erased })).status, 200);
  assert.equal((await world.call('GET', 'me', { as: erased })).status, 401);
});

test('u.cookies: the session cookie cannot be read by scripts, sent by other sites, or sent in the clear', async () => {
  await world.profile('nina@firma.example');
  const { token } = await world.letterTo('nina@firma.example');
  const site = await world.siteAt('https://kunde.example');
  const { headers } = await world.call('POST', 'sessions', { body: { token }, site });
  const cookie = String(headers['set-cookie']);
  assert.match(cookie, /^__Host-hjemmel=[\w-]{43}; Expires=/);
  for (const flag of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure'])
    assert.ok(cookie.includes(`; ${flag}`), flag);
  assert.doesNotMatch(cookie, /Domain=/);
  const whole = cookie.split(';', 1)[0]!;
  assert.equal((await world.call('GET', 'me', { as: whole, site })).status, 200);
  assert.equal((await world.call('GET', 'me', { as: whole.replace('__Host-', ''), site })).status, 401);
  await site.close();
  const names = Object.keys(world.product.engine.statement.cookies);
  const own = ['hjemmel', 'hjemmel-errand'];
  assert.deepEqual(names.sort(), [...own.map((name) => `__Host-${name}`), ...own].sort());
});
