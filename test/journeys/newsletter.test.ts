import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { personTables } from '#platform/map.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const ask = (email: string, more: object = {}) =>
  world.call('POST', 'newsletter/subscriptions', { body: { email, topics: ['nyhetsbrev'], ...more } });
const seen = async (id: string) =>
  (await world.product.gates.use('newsletter', SYSTEM).people([id], ['email'], 'letter', world.now)).has(id);

/** Rows on a person in tables whose rows do not outlast them, by table. */
async function rowsOn(person: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, subject, end } of personTables(world.product.engine.map)) {
    const rows = await world.sql(`select from ${name} where ${subject} = $1 limit 1`, [person]);
    if (rows.length > 0 && end !== 'stays') found.push(name);
  }
  return found;
}

test('1.1.newsletter: looking at a confirmation changes nothing, by any method that only looks', async () => {
  assert.equal((await ask('liv@firma.example')).status, 202);
  const { token, link } = await world.letterTo('liv@firma.example');
  const before = await world.state();
  for (const path of [`newsletter/confirmations/${token}`, link, `${link}?bekreft=ja`])
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      assert.equal((await world.call(method, path)).status, 200);
      assert.deepEqual(await world.state(), before);
    }
  const view = (await world.call('GET', `newsletter/confirmations/${token}`)).body;
  assert.deepEqual(view.topics, ['nyhetsbrev']);
  assert.equal(view.wording.nb, world.product.engine.statement.points['newsletter.confirm']?.consent?.nb);
  assert.equal(await seen((await world.idOf('liv@firma.example'))!), false);
});

test('1.1.newsletter, k.opt-out, r.withdraw: a life from sign-up to leaving, with nothing left but a keyed hash', async () => {
  const email = 'siv@firma.example';
  await ask(email, { name: 'Siv Prøve', language: 'nb' });
  const { token } = await world.letterTo(email);
  const confirmed = await world.call('POST', 'newsletter/confirmations', { body: { token } });
  assert.equal(confirmed.status, 201);
  const id = (await world.idOf(email))!;
  assert.equal(await seen(id), true);
  const receipt = await world.call('GET', `receipts/${confirmed.body.receipt}`);
  assert.equal(receipt.status, 200);
  assert.deepEqual(verifyReceipt(receipt.body).problems, []);

  for (const [method, path, body] of [
    ['GET', `newsletter/confirmations/${token}`, undefined],
    ['POST', 'newsletter/confirmations', { token }],
    ['DELETE', `newsletter/confirmations/${token}`, undefined],
  ] as const) {
    const { status, body: problem } = await world.call(method, path, { body });
    assert.deepEqual([status, problem.code], [404, 'newsletter.link-spent']);
  }

  const preferences = `newsletter/preferences/${confirmed.body.preferences}`;
  assert.deepEqual((await world.call('GET', preferences)).body.topics, ['nyhetsbrev']);
  assert.ok(!(await world.call('GET', preferences)).raw.includes('siv'));
  const wish = { topics: ['fag', 'produkt'], language: 'en' };
  const changed = await world.call('PUT', preferences, { body: wish });
  assert.deepEqual([changed.body.topics, changed.body.language], [['fag', 'produkt'], 'en']);

  const left = await world.call('DELETE', preferences);
  assert.deepEqual([left.status, left.body.erased], [200, true]);
  assert.equal(await seen(id), false);
  assert.deepEqual(await rowsOn(id), []);
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [id]), []);
  assert.equal(await world.idOf(email), undefined);
  assert.deepEqual(await world.sql('select hash from newsletter.opt_out'), [
    { hash: world.product.secrets.hash('email', email) },
  ]);
  assert.deepEqual(await world.tablesHolding('siv@firma'), []);
  for (const method of ['GET', 'DELETE'] as const)
    assert.equal((await world.call(method, preferences)).body.code, 'newsletter.link-spent');
  assert.deepEqual(
    verifyReceipt((await world.call('GET', `receipts/${left.body.receipt}`)).body).problems,
    [],
  );
});

test('k.opt-out: who has left can come back, and the hash that kept them off goes', async () => {
  const email = 'tor@firma.example';
  await world.call('DELETE', `newsletter/preferences/${await world.subscriber(email)}`);
  const hash = world.product.secrets.hash('email', email);
  const kept = () => world.sql('select from newsletter.opt_out where hash = $1', [hash]);
  assert.equal((await kept()).length, 1);
  await world.subscriber(email);
  assert.equal((await kept()).length, 0);
});

test('r.withdraw: leaving keeps what another purpose keeps, and no more', async () => {
  const email = 'jon@firma.example';
  const cookie = await world.person(email, { place: 'Voss' });
  world.now = new Date(world.now.getTime() + 60_000);
  await world.call('POST', 'newsletter/subscriptions', { body: { email, topics: ['fag'] } });
  const { token } = await world.letterTo(email);
  world.now = new Date(world.now.getTime() + 60_000);
  const { preferences } = (await world.call('POST', 'newsletter/confirmations', { body: { token } })).body;
  world.now = new Date(world.now.getTime() + 60_000);
  const left = await world.call('DELETE', `newsletter/preferences/${preferences}`);
  assert.equal(left.body.erased, false);
  const me = (await world.call('GET', 'me', { as: cookie })).body;
  assert.ok(me.items.some((item: { category: string }) => item.category === 'contact.place'));
  assert.ok(!me.items.some((item: { purpose: string }) => item.purpose === 'newsletter'));
  assert.deepEqual(me.consents, []);
  assert.deepEqual(
    me.history.map(({ state }: { state: string }) => state),
    ['requested', 'given', 'withdrawn'],
  );
});

test('1.1.newsletter: who says no to a confirmation is forgotten at once', async () => {
  const email = 'nei@firma.example';
  await ask(email);
  const { token } = await world.letterTo(email);
  const id = (await world.idOf(email))!;
  const said = await world.call('DELETE', `newsletter/confirmations/${token}`);
  assert.deepEqual([said.status, said.body.erased], [200, true]);
  assert.equal(await world.idOf(email), undefined);
  assert.deepEqual(await rowsOn(id), []);
});

test('1.1.newsletter: a confirmation that nobody answers is forgotten after seven days, with its address', async () => {
  const email = 'glemt@firma.example';
  await ask(email);
  const { token } = await world.letterTo(email);
  const id = (await world.idOf(email))!;
  const days = (n: number) => new Date(world.now.getTime() + n * 86_400_000);
  await world.product.gates.keep(days(6.9));
  assert.equal(await world.idOf(email), id);
  await world.product.gates.keep(days(7));
  assert.equal(await world.idOf(email), undefined);
  assert.deepEqual(await rowsOn(id), []);
  assert.equal((await world.call('GET', `newsletter/confirmations/${token}`)).status, 404);
});

test('1.1.newsletter: two who follow one link at once are subscribed once', async () => {
  const email = 'to@firma.example';
  await ask(email);
  const { token } = await world.letterTo(email);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => world.call('POST', 'newsletter/confirmations', { body: { token } })),
  );
  assert.ok(answers.some(({ status }) => status === 201));
  assert.ok(answers.every(({ status }) => status === 201 || status === 404));
  const id = await world.idOf(email);
  for (const table of ['newsletter.subscription', 'consent.active'])
    assert.equal((await world.sql(`select from ${table} where person = $1`, [id])).length, 1, table);
});

test('1.1.newsletter: no subscriber is without a confirmed consent', async () => {
  const bare = await world.sql(
    `select s.person from newsletter.subscription s where not exists (
       select from consent.active a join consent.event e on e.person = a.person and e.id = a.event
        where a.person = s.person and a.purpose = 'newsletter' and e.state = 'given')`,
  );
  assert.deepEqual(bare, []);
});
