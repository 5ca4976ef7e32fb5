import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nameAndPlace } from '#modules/companies/lookup.ts';
import { versions } from '#test/clients.ts';
import type { LoopbackRegister } from '#test/register.ts';
import { World } from '#test/world.ts';
import { completeWritten } from './completion.ts';

const HOUR = 3_600_000;
const NUMBER = '310000000';

let register: LoopbackRegister;
let world: World;
before(async () => {
  world = await World.open();
  register = world.register;
});
after(() => world.close());

function down(): void {
  register.instead = (_path, response) => {
    response.writeHead(503).end();
    return true;
  };
}

/** The register answers again, and the rest that it was given is over: a process that has not met it down knows of none. */
async function up(): Promise<void> {
  register.instead = () => false;
  await world.stop();
  await world.start();
}

/** The next hour's round. */
function round() {
  world.now = new Date(world.now.getTime() + HOUR);
  return completeWritten(world.product.gates, nameAndPlace, world.now);
}

/** Somebody who writes their company by hand. */
async function founds(who: string, number = NUMBER, complete = true) {
  const cookie = await world.person(`${who}@firma.example`);
  const company = { name: 'nordlys', number, place: 'bergen et sted' };
  const body = { company, modules: ['arkiv'], accept: versions(world.product.gates), complete };
  const answered = await world.call('POST', 'clients', { as: cookie, body });
  assert.equal(answered.status, 201, JSON.stringify(answered.body));
  const { client } = answered.body;
  const see = async () => (await world.call('GET', `clients/${client}`, { as: cookie })).body;
  return { cookie, client, see };
}

test('1.3.brreg: what is written by hand while the register is down is completed once it answers, with source and time', async () => {
  down();
  assert.equal((await world.call('GET', `companies/${NUMBER}`)).status, 503);
  const { cookie, see } = await founds('kari');
  const waits = await see();
  assert.deepEqual(waits.company, { name: 'nordlys', number: NUMBER, place: 'bergen et sted' });
  assert.deepEqual(waits.completion, {
    state: 'waiting',
    source: 'brreg',
    askedAt: world.now.toISOString(),
    answeredAt: null,
  });
  assert.deepEqual(await round(), { completed: 0, told: 0, away: true });
  assert.deepEqual((await see()).company, waits.company);

  await up();
  register.units.set(NUMBER, { name: 'NORDLYS AS', employees: 12 });
  assert.deepEqual(await round(), { completed: 1, told: 0, away: false });
  const done = await see();
  assert.deepEqual(done.company, { name: 'NORDLYS AS', number: NUMBER, place: 'BERGEN' });
  const sought = { as: await world.staff('support'), body: { name: 'Nordlys AS' } };
  assert.equal((await world.call('POST', 'account-searches', sought)).body.found.length, 1);
  assert.deepEqual(
    [done.completion.state, done.completion.answeredAt],
    ['completed', world.now.toISOString()],
  );
  const { items } = (await world.call('GET', 'me', { as: cookie })).body;
  const of = (id: string) => items.find((one: { id: string }) => one.id === id);
  assert.deepEqual(
    ['name', 'place']
      .map((column) => of(`customers.client.${column}`))
      .map(({ value, source }) => [value, source]),
    [
      ['NORDLYS AS', 'brreg'],
      ['BERGEN', 'brreg'],
    ],
  );
  assert.equal(of('customers.member.level').source, 'given');
  assert.deepEqual(await world.tablesHolding('NORDLYS'), []);
  // Asked once: the next round has nothing to ask for, and nobody is written to.
  const asked = register.asked.length;
  assert.deepEqual(await round(), { completed: 0, told: 0, away: false });
  assert.equal(register.asked.length, asked);
  assert.equal((await world.letters()).size, 0);
  await world.product.sealer.seal(world.now);
  for (const clause of ['1.3.third-party', '1.3.brreg', '1.sources', '0.purpose'])
    assert.deepEqual(
      (await world.product.prove(world.now, clause)).checks.filter(({ ok }) => !ok),
      [],
    );
});

test('1.3.third-party: nothing is fetched for whoever did not wish it, says no to it, or is restricted', async () => {
  register.units.set(NUMBER, { name: 'NORDLYS AS' });
  const unasked = await founds('uten', NUMBER, false);
  assert.equal((await unasked.see()).completion, null);
  const objects = await founds('nei');
  await world.call('PUT', 'me/objections/group-facts', { as: objects.cookie });
  const restricted = await founds('stille');
  await world.call('PUT', 'me/restriction', { as: restricted.cookie, body: { reason: 'accuracy' } });
  const asked = register.asked.length;
  assert.deepEqual(await round(), { completed: 0, told: 0, away: false });
  assert.equal(register.asked.length, asked);
  assert.equal((await unasked.see()).company.name, 'nordlys');
  assert.equal((await objects.see()).company.name, 'nordlys');
  // Lifted again, the wish stands.
  await world.call('DELETE', 'me/restriction', { as: restricted.cookie });
  assert.equal((await round()).completed, 1);
  assert.equal((await restricted.see()).company.name, 'NORDLYS AS');
  await world.call('DELETE', 'me/objections/group-facts', { as: objects.cookie });
  assert.equal((await round()).completed, 1);
});

test('1.3.brreg: what the register does not know or has struck off is told the owner, and nothing is written over', async () => {
  const cases = [
    ['310000019', undefined, 'unknown', /kjenner ikke/],
    ['310000027', { name: 'BORTE AS', struckOff: '2026-10-01' }, 'struck-off', /slettet fra registeret/],
    ['310000078', 'removed', 'removed', /slettet fra registeret/],
  ] as const;
  for (const [number, unit, state, subject] of cases) {
    if (unit !== undefined) register.units.set(number, unit);
    const { cookie, client, see } = await founds(state, number);
    assert.deepEqual(await round(), { completed: 0, told: 1, away: false });
    const now = await see();
    assert.deepEqual(now.company, { name: 'nordlys', number, place: 'bergen et sted' });
    assert.deepEqual([now.completion.state, now.completion.answeredAt], [state, world.now.toISOString()]);
    const letter = await world.letterTo(`${state}@firma.example`);
    assert.match(letter.subject, subject);
    assert.equal(letter.link, `/klient/${client}`);
    assert.doesNotMatch(letter.text, /nordlys|3100/i);
    // Told once; and no more on the page when they have written it anew.
    assert.equal((await round()).told, 0);
    assert.equal((await world.letters()).size, 0);
    await world.call('PATCH', `clients/${client}`, { as: cookie, body: { name: 'Nordlys og co' } });
    assert.equal((await see()).completion, null);
  }
});

test('1.3.brreg: what somebody has written anew meanwhile is not written over', async () => {
  down();
  const { cookie, client, see } = await founds('retter');
  assert.equal((await round()).away, true);
  await world.call('PATCH', `clients/${client}`, { as: cookie, body: { name: 'Nordlys, avdeling kai' } });
  await up();
  register.units.set(NUMBER, { name: 'NORDLYS AS' });
  assert.deepEqual(await round(), { completed: 0, told: 0, away: false });
  assert.equal((await see()).company.name, 'Nordlys, avdeling kai');
});

test('k.client: a wish leaves with the client it was for', async () => {
  down();
  const { cookie, client } = await founds('slutter');
  await world.call('DELETE', `clients/${client}`, { as: cookie });
  await up();
  const asked = register.asked.length;
  assert.deepEqual(await round(), { completed: 0, told: 0, away: false });
  assert.equal(register.asked.length, asked);
  await world.product.gates.keep(world.now);
  assert.deepEqual(await world.sql('select from customers.completion where client = $1', [client]), []);
});

test('v.changes: under a statement that names no such source of a client nothing is fetched', async () => {
  const { gates } = world.product;
  const { 'client.register': _gone, ...points } = gates.statement.points;
  await founds('eldre');
  const asked = register.asked.length;
  const under = { ...gates, statement: { ...gates.statement, points } };
  assert.deepEqual(await completeWritten(under, nameAndPlace, world.now), {
    completed: 0,
    told: 0,
    away: false,
  });
  assert.equal(register.asked.length, asked);
});
