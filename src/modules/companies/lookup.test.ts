import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { LoopbackRegister } from '#test/register.ts';
import { World } from '#test/world.ts';
import { lookUp } from './lookup.ts';

let register: LoopbackRegister;
let world: World;
before(async () => {
  world = await World.open();
  register = world.register;
});
afterEach(() => {
  register.instead = () => false;
  register.asked.length = 0;
  // What was remembered is past its day, and a breaker past its rest is another test's.
  world.now = new Date(world.now.getTime() + 25 * 3_600_000);
});
after(() => world.close());

const company = (number: string) => world.call('GET', `companies/${number}`);
const search = (words: string) => world.call('GET', `companies?q=${encodeURIComponent(words)}`);

test('1.3.brreg: a company is told with its industry, place and key figures, and where they are from', async () => {
  register.units.set('310000000', {
    name: 'NORDLYS AS',
    industry: ['62.100', 'Programmering'],
    employees: 7,
  });
  register.years.set('310000000', [{ year: 2025, revenue: 3_879_370, result: -171_620, equity: 0 }]);
  const { status, body } = await company('310 000 000'.replaceAll(' ', ''));
  assert.equal(status, 200);
  assert.deepEqual(body, {
    number: '310000000',
    name: 'NORDLYS AS',
    form: { code: 'AS', label: 'Aksjeselskap' },
    personal: false,
    place: { municipality: 'BERGEN', postalCode: '5003', place: 'BERGEN' },
    industry: { code: '62.100', label: 'Programmering' },
    employees: '5-9',
    state: 'active',
    since: null,
    founded: '2017-10-20',
    accounts: {
      year: 2025,
      from: '2025-01-01',
      to: '2025-12-31',
      currency: 'NOK',
      revenue: 3_879_370,
      operatingResult: null,
      result: -171_620,
      assets: null,
      equity: 0,
      debt: null,
    },
    accountsState: 'known',
    source: {
      name: 'Brønnøysundregistrene',
      licence: { name: 'NLOD 2.0', url: 'https://data.norge.no/nlod/no/2.0' },
      fetchedAt: world.now.toISOString(),
      stale: false,
    },
  });
  assert.match(String(register.headers['user-agent']), /^Hjemmel \(\+https:\/\/\S+; \S+@\S+\)$/);
});

test('1.2.minimal: mail addresses, telephone numbers and what is told of people are not taken', async () => {
  register.units.set('310000000', { name: 'NORDLYS AS' });
  const { raw } = await company('310000000');
  assert.doesNotMatch(raw.toString(), /@prove|100 00|Kari|Prøvegata/);
});

test('1.3.brreg: wrong, unknown, removed and struck off are told apart', async () => {
  const wrong = await company('310000001');
  assert.deepEqual(
    [wrong.status, wrong.body.code, wrong.body.fields[0].field],
    [422, 'companies.invalid-number', 'number'],
  );
  assert.deepEqual(register.asked, []);
  const unknown = await company('310000027');
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'companies.unknown']);
  register.units.set('310000019', { name: 'SLUKKET AS', struckOff: '2026-03-01' });
  const struck = (await company('310000019')).body;
  assert.deepEqual([struck.state, struck.since, struck.accountsState], ['struck-off', '2026-03-01', 'none']);
  register.units.set('310000078', { name: 'KONKURS AS', bankrupt: '2026-04-02' });
  const bankrupt = (await company('310000078')).body;
  assert.deepEqual([bankrupt.state, bankrupt.since], ['bankrupt', '2026-04-02']);
  register.units.set('214000008', 'removed');
  const removed = await company('214000008');
  assert.deepEqual([removed.status, removed.body.code], [410, 'companies.removed']);
  assert.deepEqual(Object.keys(removed.body).sort(), ['code', 'detail', 'status', 'title', 'type']);
});

test('1.3.brreg: what the register removes goes from every answer that is remembered', async () => {
  register.units.set('214000040', { name: 'BORTE BLIR AS' });
  register.years.set('214000040', [{ year: 2025, revenue: 1 }]);
  assert.equal((await search('BORTE BLIR')).body.companies.length, 1);
  assert.equal((await company('214000040')).status, 200);
  register.units.set('214000040', 'removed');
  world.now = new Date(world.now.getTime() + 23 * 3_600_000);
  assert.equal((await search('BORTE BLIR')).body.companies.length, 1);
  const asked = lookUp(world.product.gates, '214000040', { fresh: true });
  await assert.rejects(asked, { code: 'companies.removed' });
  assert.equal((await company('214000040')).status, 410);
  assert.equal((await search('BORTE BLIR')).body.companies.length, 0);
});

test('1.3.third-party: a sole proprietor is marked as a person, and told of no closer than the municipality', async () => {
  register.units.set('310000000', {
    name: 'PRØVE SNEKKERVERKSTED',
    form: 'ENK',
    industry: ['43.320', 'Snekkerarbeid'],
  });
  const { body } = await company('310000000');
  assert.equal(body.personal, true);
  assert.deepEqual(body.place, { municipality: 'BERGEN', postalCode: null, place: null });
  assert.deepEqual([body.accounts, body.accountsState], [null, 'none']);
  assert.ok(
    register.asked.every((path) => !path.includes('regnskap')),
    'nothing is asked about its figures',
  );
});

test('1.3.brreg: not told is something else than nought, and an amount without a currency is none', async () => {
  register.units.set('310000000', { name: 'NORDLYS AS' });
  register.years.set('310000000', [{ year: 2025, currency: '', revenue: 5 }]);
  const { body } = await company('310000000');
  assert.deepEqual(
    [body.employees, body.industry, body.accounts, body.accountsState],
    [null, null, null, 'unknown'],
  );
});

test('1.3.brreg: the likeliest name is on top, and its source stands beside it', async () => {
  register.units.clear();
  for (const [number, name, struckOff] of [
    ['310000000', 'ANNE NORDLYS AS'],
    ['310000019', 'NORDLYS BYGG AS'],
    ['310000027', 'NORDLYS AS'],
    ['310000078', 'NORDLYS AS', '2024-01-01'],
    ['214000008', 'NORDLYSET DRIFT AS'],
  ] as const)
    register.units.set(number, { name, ...(struckOff === undefined ? {} : { struckOff }) });
  const { body } = await search('NORDLYS');
  assert.deepEqual(
    body.companies.map((one: { number: string }) => one.number),
    ['310000027', '310000078', '310000019', '214000008', '310000000'],
  );
  assert.deepEqual([body.more, body.source.licence.name], [false, 'NLOD 2.0']);
  const apart = await search('NORDLYS ANNE');
  assert.deepEqual(
    apart.body.companies.map((one: { name: string }) => one.name),
    ['ANNE NORDLYS AS'],
  );
  const byNumber = await search('310 000 019');
  assert.deepEqual(
    byNumber.body.companies.map((one: { name: string }) => one.name),
    ['NORDLYS BYGG AS'],
  );
  assert.deepEqual((await search('INGEN HAR DETTE')).body.companies, []);
});

test('1.2.minimal: a search that is empty, too short or a national identity number is not passed on', async () => {
  const refused = async (words: string) => {
    const { status, body } = await search(words);
    return [status, body.code];
  };
  assert.deepEqual(await refused(''), [422, 'collect.missing-field']);
  assert.deepEqual(await refused(' -'), [422, 'collect.invalid-field']);
  assert.deepEqual(await refused('x'.repeat(201)), [422, 'collect.invalid-field']);
  assert.deepEqual(await refused('01819012012'), [422, 'collect.national-identity-number']);
  assert.deepEqual(await refused('310000001'), [422, 'companies.invalid-number']);
  assert.deepEqual(register.asked, []);
});

test('1.3.brreg: what anybody may ask is limited for each address', async () => {
  register.units.set('310000000', { name: 'NORDLYS AS' });
  const site = await world.siteAt('https://www.firma.example');
  try {
    const ask = () => world.call('GET', 'companies/310000000', { site, from: '192.0.2.7' });
    const all = await Promise.all(Array.from({ length: 61 }, ask));
    assert.deepEqual([all.filter(({ status }) => status === 200).length, all.at(-1)!.status], [60, 429]);
  } finally {
    await site.close();
  }
});

test('1.3.brreg: with the register down, what is remembered is told as old, and the rest refused in time', async () => {
  register.units.set('310000000', { name: 'NORDLYS AS' });
  const before = await company('310000000');
  world.now = new Date(world.now.getTime() + 25 * 3_600_000);
  register.instead = (_path, response) => {
    response.writeHead(503).end();
    return true;
  };
  const begun = performance.now();
  const stale = await company('310000000');
  assert.deepEqual(
    [stale.body.source.stale, stale.body.source.fetchedAt],
    [true, before.body.source.fetchedAt],
  );
  const refused = await company('923609016');
  assert.ok(performance.now() - begun < 20_000);
  assert.deepEqual([refused.status, refused.body.code], [503, 'collect.source-away']);
  assert.equal((await search('NOE ANNET')).status, 503);
  // Who makes a profile needs no register.
  await world.profile('uten.register@firma.example', { company: 'Nordlys AS' });
  assert.doesNotMatch(world.logged.join('\n'), /310000|NORDLYS|NOE/i);
});
