import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { describedApi, pathOf } from '#test/operations.ts';
import { World } from '#test/world.ts';

/** Keys of other systems: what they open, for how long, and that they open nothing else. */
let world: World;
let administrator: string;
before(async () => {
  world = await World.open();
  administrator = await world.staff('administrator');
});
after(() => world.close());

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
async function key(scopes: string[], more: object = {}) {
  const body = { name: 'regnskap-eksport', scopes, days: 90, ...more };
  const made = await world.call('POST', 'tokens', { as: administrator, body });
  assert.equal(made.status, 201, made.raw.toString());
  return made.body as { id: string; token: string; expiresAt: string };
}

test('a key is told once, is kept nowhere, and is listed by what it is for', async () => {
  const { id, token, expiresAt } = await key(['customer', 'customer']);
  assert.match(token, /^hjm_[\w-]{43}$/);
  assert.equal(expiresAt, '2027-02-21T12:00:00.000Z');
  const { body, raw } = await world.call('GET', 'tokens', { as: administrator });
  assert.ok(!raw.includes(token.slice(4)));
  assert.ok(body.offered.includes('customer') && !body.offered.includes('rights'));
  const [listed] = body.tokens;
  assert.deepEqual([listed.id, listed.name, listed.scopes], [id, 'regnskap-eksport', ['customer']]);
  assert.deepEqual([listed.endedAt, listed.lastUsedOn], [null, null]);
  assert.deepEqual(await world.tablesHolding(token.slice(4)), []);
  assert.ok(!world.logged.join('').includes(token.slice(4)));
});

test('r.access: what a key looks at is in the log of the person, as another system with that key', async () => {
  const cookie = await world.person('sett.av.system@firma.example');
  const person = (await world.idOf('sett.av.system@firma.example'))!;
  const { id, token } = await key(['customer']);
  const body = { email: 'sett.av.system@firma.example' };
  assert.deepEqual((await world.call('POST', 'person-searches', { body, ...bearer(token) })).body, {
    found: [person],
  });
  const seen = await world.call('GET', `persons/${person}`, bearer(token));
  assert.deepEqual([seen.status, seen.body.name], [200, 'Kari Prøve']);
  const [entry] = (await world.call('GET', 'me/log', { as: cookie })).body.entries;
  assert.deepEqual([entry.act, entry.actor, entry.purpose], ['look', 'integration', 'customer']);
  const [row] = await world.sql('select actor_id from journal.entry where id = $1', [entry.id]);
  assert.equal(row!.actor_id, id);
  const { tokens } = (await world.call('GET', 'tokens', { as: administrator })).body;
  assert.equal(tokens.find((one: { id: string }) => one.id === id).lastUsedOn, '2026-11-23');
});

test('0.purpose: a key reaches what it was given and nothing else, and never what is a person’s own', async () => {
  const { operations } = await describedApi(world);
  const { paths } = (await world.call('GET', '/api/openapi.json')).body;
  const { token } = await key(['accountability']);
  const opened: string[] = [];
  for (const one of operations.filter(({ who }) => who !== 'anybody')) {
    const { security } = paths[one.path][one.method.toLowerCase()];
    const scopes = security.flatMap((way: { token?: string[] }) => way.token ?? []);
    if (scopes.includes('accountability') && one.method === 'GET') {
      opened.push(one.path);
      continue;
    }
    const { status, body } = await world.call(one.method, pathOf(one), bearer(token));
    assert.ok([401, 403].includes(status), `${one.method} ${one.path}: ${status}`);
    assert.match(body.code, /^(integrations\.out-of-scope|identity\.signed-out)$/, one.path);
  }
  assert.ok(opened.length >= 4);
  for (const path of opened) assert.equal((await world.call('GET', path, bearer(token))).status, 200, path);
  assert.ok(!opened.some((path) => /\/(me|sessions|tokens)/.test(path)));
});

test('a key that is over, ended, made up or of another kind is refused, whatever cookie comes along', async () => {
  const cookie = await world.staff('privacy');
  const { id, token } = await key(['accountability'], { days: 1 });
  const ask = async (text: string) => {
    const { status, body, headers } = await world.call('GET', 'forecast', { as: cookie, ...bearer(text) });
    return [status, body.code, headers['www-authenticate']];
  };
  const refused = [401, 'integrations.token-refused', 'Bearer'];
  assert.equal((await ask(token))[0], 200);
  const [person] = await world.sql<{ person: string }>(
    'select person from integrations.token where id = $1',
    [id],
  );
  for (const made of [token.slice(4), `${token}x`, 'hjm_', `hjm_${world.product.gates.token('session', id)}`])
    assert.deepEqual(await ask(made), refused, made);
  const before = world.now;
  world.now = new Date(before.getTime() + 86_400_000);
  assert.deepEqual(await ask(token), refused);
  world.now = before;
  assert.equal((await world.call('DELETE', `tokens/${id}`, { as: administrator })).status, 204);
  assert.deepEqual(await ask(token), refused);
  assert.equal((await world.call('DELETE', `tokens/${id}`, { as: administrator })).status, 204);
  const unknown = await world.call('DELETE', `tokens/${person!.person}`, { as: administrator });
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'integrations.unknown-token']);
});

test('r.rectify-erase: a key goes with the person who made it', async () => {
  const { token } = await key(['accountability']);
  const maker = (await world.idOf('administrator@operator.example'))!;
  await world.product.gates.answer.erase(maker, { kind: 'person', id: maker }, world.now);
  assert.equal((await world.call('GET', 'forecast', bearer(token))).status, 401);
  administrator = await world.staff('administrator');
});

test('a key is for purposes that are offered, for a year at most, under a name that names nobody', async () => {
  const wrong: [object, string][] = [
    [{ scopes: ['rights'] }, 'integrations.unknown-scope'],
    [{ scopes: ['sign-in'] }, 'integrations.unknown-scope'],
    [{ scopes: ['nothing'] }, 'integrations.unknown-scope'],
    [{ scopes: [] }, 'http.invalid-field'],
    [{ days: 366 }, 'http.invalid-field'],
    [{ days: 0 }, 'http.invalid-field'],
    [{ name: 'Kari sin nøkkel' }, 'http.invalid-field'],
    [{ name: '01819012012' }, 'collect.national-identity-number'],
  ];
  for (const [more, code] of wrong) {
    const body = { name: 'x', scopes: ['customer'], days: 1, ...more };
    const { status, body: problem } = await world.call('POST', 'tokens', { as: administrator, body });
    assert.deepEqual([status, problem.code], [422, code], JSON.stringify(more));
  }
});

test('one key is held to so many calls a minute', async () => {
  const site = await world.siteAt('https://kunde.example');
  const { token } = await key(['customer']);
  const ask = async (text: string) =>
    (await world.call('GET', 'newsletter/topics', { site, ...bearer(text) })).status;
  for (let calls = 0; calls < 6000; calls += 100)
    await Promise.all(Array.from({ length: 100 }, () => ask(token)));
  assert.equal(await ask(token), 429);
  assert.equal(await ask((await key(['customer'])).token), 200);
  await site.close();
});

test('0.security: thirty days after a key is over nothing of it is kept', async () => {
  const { id, token } = await key(['accountability'], { days: 30 });
  assert.equal((await world.call('GET', 'forecast', bearer(token))).status, 200);
  await world.call('DELETE', `tokens/${id}`, { as: administrator });
  const left = async (at: string) => {
    await world.product.gates.keep(new Date(at));
    const tables = ['token where id', 'token_end where token', 'token_use where token'];
    const rows = await Promise.all(
      tables.map((of) => world.sql(`select from integrations.${of} = $1`, [id])),
    );
    return rows.map(({ length }) => length);
  };
  assert.deepEqual(await left('2027-01-21T00:00:00Z'), [1, 1, 1]);
  assert.deepEqual(await left('2027-01-23T00:00:00Z'), [0, 0, 0]);
});
