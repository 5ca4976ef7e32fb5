import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { known, own, versions } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { end, resume, standingOf } from './lifecycle.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const self = (id: string, client?: string) => ({ kind: 'person', id, client }) as const;
const BEGAN = new Date('2025-02-03T09:00:00Z');
const ENDED = new Date('2026-02-28T09:00:00Z');

/** Somebody whom nothing else is known of, with a company that is a client. */
async function client(email: string): Promise<{ person: string; client: string }> {
  const person = await known(gates(), email, BEGAN);
  return { person, client: await own(gates(), person, BEGAN, ['arkiv', 'kurs']) };
}
const count = async (table: string, person: string) =>
  (await world.sql(`select from ${table} where person = $1`, [person])).length;

test('k.client, k.contact-agreement: while an agreement runs nothing of it is due, however long', async () => {
  const { person, client: number } = await client('trofast@firma.example');
  await gates().keep(new Date('2039-01-01T00:00:00Z'));
  assert.equal(await world.idOf('trofast@firma.example'), person);
  assert.deepEqual(await standingOf(gates(), number), {
    state: 'active',
    since: '2025-02-03',
    modules: ['arkiv', 'kurs'],
  });
  const { items } = await gates().answer.access(person, self(person), BEGAN);
  const name = items.find(({ category }) => category === 'contact.name')!;
  assert.deepEqual([name.purpose, name.clause, name.expires], ['agreement', 'k.contact-agreement', null]);
});

test('k.client: one module that ends says nothing of the others; when the last has, all of them go', async () => {
  const { person, client: number } = await client('moduler@firma.example');
  await world.sql(`update customers.module set ended_at = $2 where person = $1 and module = 'kurs'`, [
    person,
    ENDED,
  ]);
  await gates().keep(new Date('2026-06-01T00:00:00Z'));
  assert.equal(await count('customers.module', person), 2);
  const over = new Date('2026-07-01T09:00:00Z');
  await gates().client.stop({ client: number, actor: SYSTEM, act: 'client.ended', at: over }, [
    'last-module-ended',
  ]);
  await gates().keep(new Date('2026-07-01T08:59:00Z'));
  assert.equal(await count('customers.module', person), 2);
  await gates().keep(over);
  assert.deepEqual(
    [await count('customers.module', person), await count('customers.client', person)],
    [0, 0],
  );
  assert.equal(await world.idOf('moduler@firma.example'), person, 'the agreement still runs');
});

test('k.client, k.contact-agreement: what ends with one client says nothing of another that the same person has', async () => {
  const { person, client: first } = await client('to-bedrifter@firma.example');
  const second = await own(gates(), person, BEGAN, ['arkiv']);
  await end(gates(), first, SYSTEM, ENDED);
  await gates().keep(ENDED);
  const left = await world.sql('select client from customers.client where person = $1', [person]);
  assert.deepEqual(left, [{ client: second }]);
  assert.deepEqual(
    await world.sql('select client from customers.member where person = $1', [person]),
    left,
    'nothing of the first, everything of the second',
  );
  await gates().keep(new Date('2027-02-28T09:00:00Z'));
  assert.equal(await world.idOf('to-bedrifter@firma.example'), person);
  assert.equal((await standingOf(gates(), second)).state, 'active');
});

test('k.active-12-months: an ended subscription can be taken up again for twelve months, is told of, and then goes', async () => {
  const { person, client: number } = await client('slutt@firma.example');
  await end(gates(), number, self(person, number), ENDED);
  await gates().keep(ENDED);
  assert.equal(await count('customers.agreement', person), 0);
  assert.deepEqual(await standingOf(gates(), number), {
    state: 'grace',
    ended: '2026-02-28',
    told: '2027-01-29',
    until: '2027-02-28',
    modules: ['arkiv', 'kurs'],
  });
  const { items } = await gates().answer.access(person, self(person), ENDED);
  const email = items.find(({ id }) => id === 'vault.person.email')!;
  assert.deepEqual(
    [email.purpose, email.clause, email.expires],
    ['resume', 'k.active-12-months', '2027-02-28'],
  );
  assert.equal((await gates().keep(new Date('2027-01-29T09:00:00Z'))).notified, 1);
  const [letter] = await world.sql(`select kind, purpose from mail.letter where person = $1`, [person]);
  assert.deepEqual(letter, { kind: 'keep.resume', purpose: 'resume' });
  world.now = new Date('2027-01-29T09:10:00Z');
  const { subject, text } = await world.letterTo('slutt@firma.example');
  assert.equal(subject, 'Siste sjanse til å ta opp tråden med Catacloud AS');
  assert.match(text, /for snart 12 måneder siden\. Om 30 dager sletter vi/);
  world.now = new Date('2026-11-23T12:00:00Z');
  await gates().keep(new Date('2027-02-28T08:59:00Z'));
  assert.equal(await world.idOf('slutt@firma.example'), person);
  await gates().keep(new Date('2027-02-28T09:00:00Z'));
  assert.equal(await world.idOf('slutt@firma.example'), undefined);
});

for (const [when, keeping] of [
  ['before', false],
  ['after', true],
] as const)
  test(`k.active-12-months: whoever comes back ${when} the rows have left goes on where they left off, and no date stands any more`, async () => {
    const email = `tilbake-${when}@firma.example`;
    const { person, client: number } = await client(email);
    await end(gates(), number, self(person, number), ENDED);
    if (keeping) await gates().keep(ENDED);
    const back = new Date('2026-09-01T09:00:00Z');
    await resume(gates(), number, versions(gates()), self(person, number), back);
    assert.deepEqual(await standingOf(gates(), number), {
      state: 'active',
      since: '2026-09-01',
      modules: ['arkiv', 'kurs'],
    });
    await gates().keep(new Date('2031-01-01T00:00:00Z'));
    assert.equal(await world.idOf(email), person);
    assert.equal(await count('customers.departure', person), 0);
    await assert.rejects(resume(gates(), number, versions(gates()), self(person, number), ENDED), {
      code: 'customers.nothing-to-resume',
    });
  });

test('k.active-12-months, r.object-restrict: an objection to being kept for coming back ends it at once', async () => {
  const gone = await client('nei@firma.example');
  await end(gates(), gone.client, SYSTEM, ENDED);
  await gates().keep(ENDED);
  const receipt = await gates().answer.object(gone.person, 'resume', self(gone.person), ENDED);
  assert.equal(await world.idOf('nei@firma.example'), undefined);
  const { body } = await gates().answer.receipt(receipt!, ENDED);
  assert.deepEqual([body.kind, body.ground], ['erasure', 'k.active-12-months']);

  const cookie = await world.person('beholder@firma.example');
  const stays = (await world.idOf('beholder@firma.example'))!;
  const number = await own(gates(), stays, world.now, ['kurs']);
  const ended = await world.call('DELETE', `clients/${number}`, { as: cookie });
  assert.equal(ended.body.standing.state, 'grace');
  const answered = await world.call('PUT', 'me/objections/resume', { as: cookie });
  assert.deepEqual([answered.status, answered.body.person], [200, stays]);
  assert.equal((await world.call('GET', `clients/${number}`, { as: cookie })).status, 404);
  assert.equal(await count('customers.departure', stays), 0);
  assert.equal(await world.idOf('beholder@firma.example'), stays, 'the profile is another purpose');
});

test('what is not there can neither be ended nor taken up', async () => {
  const cookie = await world.person('ingen@firma.example');
  assert.deepEqual((await world.call('GET', 'clients', { as: cookie })).body, { clients: [], next: null });
  const nobody = '11111111-1111-4111-8111-111111111111';
  const ended = await world.call('DELETE', `clients/${nobody}`, { as: cookie });
  assert.deepEqual([ended.status, ended.body.code], [404, 'customers.unknown-client']);
  const accept = versions(gates());
  const resumed = await world.call('PUT', `clients/${nobody}/subscription`, { as: cookie, body: { accept } });
  assert.deepEqual([resumed.status, resumed.body.code], [404, 'customers.unknown-client']);
  await assert.rejects(end(gates(), nobody, SYSTEM, ENDED), { code: 'customers.no-agreement' });
});
