import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { lendable, RIGHTS, type Right } from '#gates/rights.ts';
import { asOwner, codeOf } from '#platform/database.ts';
import { inTransaction } from '#platform/migrate.ts';
import { COMPANY, type Founded, founder, user, versions } from '#test/clients.ts';
import { describedApi, pathOf } from '#test/operations.ts';
import { World } from '#test/world.ts';

/** Keys of a client: what they open, for whom, and that they are never more than their makers. */
let world: World;
let own: Founded;
let count = 0;
before(async () => {
  world = await World.open();
});
beforeEach(async () => {
  count += 1;
  own = await founder(world, `eier.${count}@firma.example`, ['arkiv', 'kurs']);
});
after(() => world.close());

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const ALL = lendable(Object.keys(RIGHTS) as Right[]);

async function key(scopes: string[], by: Founded = own, more: object = {}) {
  const body = { name: 'regnskap-eksport', scopes, days: 90, ...more };
  const made = await world.call('POST', `clients/${by.client}/tokens`, { as: by.cookie, body });
  assert.equal(made.status, 201, made.raw.toString());
  // Lists go by time: what comes later comes after.
  world.now = new Date(world.now.getTime() + 1000);
  return made.body as { id: string; token: string };
}
/** Status and code of a call with a key. */
async function tried(token: string, path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', body?: object) {
  const answered = await world.call(method, path, { ...bearer(token), ...(body && { body }) });
  return [answered.status, answered.body.code] as const;
}

test('u.customer: a key does for its client what it was given, and is told of as itself and its maker', async () => {
  const { token, id } = await key(['modules.manage', 'log.see']);
  const at = `clients/${own.client}`;
  const { body } = await world.call('GET', at, bearer(token));
  assert.deepEqual([body.me.level, body.me.rights], ['key', ['modules.manage', 'log.see']]);
  assert.deepEqual(await tried(token, `${at}/modules`, 'POST', { module: 'rapport' }), [201, undefined]);
  assert.deepEqual(await tried(token, `${at}/users`), [403, 'integrations.out-of-scope']);
  const { entries } = (await world.call('GET', `${at}/log`, bearer(token))).body;
  assert.deepEqual(
    entries.slice(0, 2).map((one: Record<string, unknown>) => [one.act, one.what, one.key]),
    [
      ['module.taken', 'rapport', 'regnskap-eksport'],
      ['key.made', 'regnskap-eksport', null],
    ],
  );
  assert.equal(entries[0].by.name, 'Kari Eier');
  const support = await world.staff('support');
  const seen = await world.call('GET', `accounts/${own.client}/log`, { as: support });
  assert.deepEqual(
    [seen.body.entries[0].act, seen.body.entries[0].key],
    ['module.taken', 'regnskap-eksport'],
  );
  const [noted] = await world.sql(
    "select actor, actor_id from journal.entry where act = 'module.taken' order by id desc limit 1",
  );
  assert.deepEqual([noted!.actor, noted!.actor_id], ['integration', id]);
  const list = await world.call('GET', `${at}/tokens`, { as: own.cookie });
  assert.deepEqual(list.body.offered, ALL);
  const [listed] = list.body.tokens;
  assert.deepEqual([listed.id, listed.maker, listed.lastUsedOn], [id, 'Kari Eier', '2026-11-23']);
  assert.ok(!list.raw.includes(token.slice(4)));
});

test('0.purpose: what binds the company is for people, and no key is given it or gets there', async () => {
  const { operations } = await describedApi(world);
  const { token } = await key(ALL);
  const opened: string[] = [];
  for (const one of operations.filter(({ who }) => who !== 'anybody')) {
    const takes = one.keyed !== undefined;
    assert.ok(!takes || one.who === 'member', one.path);
    if (!takes) {
      const [status, code] = await tried(token, pathOf(one, { client: own.client }), one.method as 'GET');
      assert.ok([401, 403].includes(status), `${one.method} ${one.path}: ${status}`);
      // Files that other plugins serve know no keys at all.
      assert.match(code, /^(integrations\.out-of-scope|identity\.signed-out)$/, one.path);
    } else if (one.method === 'GET') {
      opened.push(one.path.replace('/api/v1/clients/{client}', ''));
      if (one.parameters.length > 1) continue;
      const [status, code] = await tried(token, pathOf(one, { client: own.client }));
      assert.deepEqual([status, code], [200, undefined], one.path);
    }
  }
  assert.ok(opened.includes('/export') && opened.includes('/invoices') && !opened.includes('/tokens'));
  for (const right of Object.keys(RIGHTS).filter((one) => !ALL.includes(one as Right))) {
    const body = { name: 'x', scopes: [right], days: 1 };
    const made = await world.call('POST', `clients/${own.client}/tokens`, { as: own.cookie, body });
    assert.deepEqual([made.status, made.body.code], [422, 'integrations.unknown-scope'], right);
  }
});

test('0.security: a key is never more than its maker: a lowered level counts at the next call', async () => {
  const made = await world.call('POST', `clients/${own.client}/levels`, {
    as: own.cookie,
    body: { name: 'Drift', rights: ['keys.manage', 'log.see', 'users.manage'] },
  });
  const { level } = made.body;
  const maker = await user(world, own, `drift.${count}@firma.example`, level);
  const by = { client: own.client, cookie: maker.cookie };
  const more = { name: 'x', scopes: ['export'], days: 1 };
  const beyond = await world.call('POST', `clients/${own.client}/tokens`, { as: maker.cookie, body: more });
  assert.deepEqual([beyond.status, beyond.body.code], [422, 'integrations.unknown-scope']);
  const { token } = await key(['log.see', 'users.manage'], by);
  const [log, users] = [`clients/${own.client}/log`, `clients/${own.client}/users`];
  assert.equal((await tried(token, log))[0], 200);
  await world.call('PATCH', `clients/${own.client}/levels/${level}`, {
    as: own.cookie,
    body: { rights: ['log.see'] },
  });
  assert.equal((await tried(token, log))[0], 200);
  assert.deepEqual(await tried(token, users), [403, 'integrations.out-of-scope']);
  assert.equal(
    (await world.call('GET', `clients/${own.client}/tokens`, { as: maker.cookie })).body.code,
    'customers.right-missing',
  );
  await world.call('DELETE', `${users}/${maker.person}`, { as: own.cookie });
  assert.deepEqual(await tried(token, log), [401, 'integrations.token-refused']);
});

test('0.security: a key is for its own client, whatever else its maker uses', async () => {
  const body = { company: COMPANY, modules: ['arkiv'], accept: versions(world.product.gates) };
  const second = await world.call('POST', 'clients', { as: own.cookie, body });
  assert.equal(second.status, 201, second.raw.toString());
  const { token, id } = await key(ALL);
  const elsewhere = `clients/${second.body.client}`;
  assert.deepEqual(await tried(token, elsewhere), [404, 'customers.unknown-client']);
  assert.deepEqual((await world.call('GET', `${elsewhere}/tokens`, { as: own.cookie })).body.tokens, []);
  for (const path of [`${elsewhere}/tokens/${id}`, `tokens/${id}`]) {
    const as = path.startsWith('tokens') ? await world.staff('administrator') : own.cookie;
    const ended = await world.call('DELETE', path, { as });
    assert.deepEqual([ended.status, ended.body.code], [404, 'integrations.unknown-token'], path);
  }
  const listed = await world.call('GET', 'tokens', { as: await world.staff('administrator') });
  assert.ok(!listed.raw.includes(id));
});

test('0.security: a key that was ended, or whose client has ended or maker is gone, is refused at the next call', async () => {
  const at = `clients/${own.client}`;
  const refused = [401, 'integrations.token-refused'] as const;
  const ended = await key(['log.see']);
  for (const _ of [1, 2])
    assert.equal((await world.call('DELETE', `${at}/tokens/${ended.id}`, { as: own.cookie })).status, 204);
  assert.deepEqual(await tried(ended.token, `${at}/log`), refused);
  const { entries } = (await world.call('GET', `${at}/log`, { as: own.cookie })).body;
  assert.equal(entries.filter(({ act }: { act: string }) => act === 'key.ended').length, 1);

  const over = await key(['log.see']);
  assert.equal((await tried(over.token, `${at}/log`))[0], 200);
  assert.equal((await world.call('DELETE', at, { as: own.cookie })).status, 200);
  assert.deepEqual(await tried(over.token, at), refused);
  await world.call('PUT', `${at}/subscription`, {
    as: own.cookie,
    body: { accept: versions(world.product.gates) },
  });
  assert.deepEqual(await tried(over.token, at), refused, 'what ended does not come back');
  const left = await world.sql('select expires_at from integrations.token where id = $1', [over.id]);
  assert.deepEqual(left[0]!.expires_at, world.now);

  const made = await key(['log.see']);
  const maker = (await world.idOf(`eier.${count}@firma.example`))!;
  const mine = await world.call('GET', 'me', { as: own.cookie });
  assert.ok(mine.raw.includes('regnskap-eksport'), 'the maker sees their keys among what is held on them');
  await world.product.gates.answer.erase(maker, { kind: 'person', id: maker }, world.now);
  assert.deepEqual(await tried(made.token, at), refused);
  assert.deepEqual(await world.sql('select from integrations.token where person = $1', [maker]), []);
});

test('k.client: thirty days after a client has ended nothing of its keys is kept', async () => {
  const { token, id } = await key(['log.see'], own, { days: 365 });
  const ended = await key(['log.see'], own, { days: 365 });
  await tried(token, `clients/${own.client}/log`);
  await world.call('DELETE', `clients/${own.client}/tokens/${ended.id}`, { as: own.cookie });
  await world.call('DELETE', `clients/${own.client}`, { as: own.cookie });
  const left = async (days: number) => {
    await world.product.gates.keep(new Date(world.now.getTime() + days * 86_400_000));
    const rows = await Promise.all(
      ['token where id', 'token_end where token', 'token_use where token'].map((of) =>
        world.sql(`select from integrations.${of} = any($1)`, [[id, ended.id]]),
      ),
    );
    return rows.map(({ length }) => length);
  };
  assert.deepEqual(await left(29), [2, 1, 1]);
  assert.deepEqual(await left(31), [0, 0, 0]);
});

test('0.security: a key is made by who has just shown who they are, with a second factor as owners have', async () => {
  const body = { name: 'x', scopes: ['log.see'], days: 1 };
  const path = `clients/${own.client}/tokens`;
  const before = world.now;
  world.now = new Date(before.getTime() + 3_600_000);
  const late = await world.call('POST', path, { as: own.cookie, body });
  assert.deepEqual([late.status, late.body.code], [403, 'identity.prove-again']);
  world.now = before;
  const made = await world.call('POST', `clients/${own.client}/levels`, {
    as: own.cookie,
    body: { name: 'Drift', rights: ['keys.manage', 'log.see'] },
  });
  const email = `nokkel.${count}@firma.example`;
  await user(world, own, email, made.body.level);
  world.now = new Date(before.getTime() + 60_000);
  await world.call('POST', 'sign-in/links', { body: { email } });
  const cookie = await world.open((await world.letterTo(email)).token);
  const lacking = await world.call('POST', path, { as: cookie, body });
  assert.deepEqual([lacking.status, lacking.body.code], [403, 'identity.second-factor']);
});

test('0.security: as many keys stand for a client as can be looked after, and one that is ended makes room', async () => {
  const body = { name: 'enda-en', scopes: ['log.see'], days: 30 };
  const made = async () => world.call('POST', `clients/${own.client}/tokens`, { as: own.cookie, body });
  const first = (await made()).body.id;
  for (let keys = 1; keys < 49; keys += 1) assert.equal((await made()).status, 201);
  const atOnce = await Promise.all([made(), made()]);
  assert.deepEqual(atOnce.map(({ status, body }) => [status, body.code]).sort(), [
    [201, undefined],
    [409, 'integrations.too-many-tokens'],
  ]);
  const { tokens } = (await world.call('GET', `clients/${own.client}/tokens?limit=200`, { as: own.cookie }))
    .body;
  assert.equal(tokens.filter(({ endedAt }: { endedAt: string | null }) => endedAt === null).length, 50);
  await world.call('DELETE', `clients/${own.client}/tokens/${first}`, { as: own.cookie });
  assert.equal((await made()).status, 201);
});

test('0.security: of two keys made at once by two machines, the one that would be too many is refused', async () => {
  const { client } = own;
  const person = (await world.idOf(`eier.${count}@firma.example`))!;
  const make = (main: ClientBase, keys: number) =>
    main.query(
      `insert into integrations.token (person, id, client, name, scopes, made_at, expires_at)
       select $1, gen_random_uuid(), $2, 'x', '{log.see}', $3, $3::timestamptz + interval '1 day' from generate_series(1, $4)`,
      [person, client, world.now, keys],
    );
  const { databaseUrl } = world.product;
  const second = await asOwner(databaseUrl, (main) =>
    inTransaction(main, async () => {
      await make(main, 50);
      const other = asOwner(databaseUrl, (main) => make(main, 1)).catch(codeOf);
      const waits = `select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.locktype = 'advisory' and not l.granted`;
      while ((await main.query(waits)).rows.length === 0) await setImmediate();
      return { other };
    }),
  );
  assert.equal(await second.other, 'HJ005');
});

test('0.security: no key can be made for a client by somebody who has just stopped using it', async () => {
  const { client } = own;
  const person = (await world.idOf(`eier.${count}@firma.example`))!;
  await world.call('DELETE', `clients/${client}`, { as: own.cookie });
  await assert.rejects(
    world.sql(
      `insert into integrations.token (person, id, client, name, scopes, made_at, expires_at)
       values ($1, gen_random_uuid(), $2, 'x', '{log.see}', $3, $3::timestamptz + interval '1 day')`,
      [person, client, world.now],
    ),
    { code: 'HJ004' },
  );
});
