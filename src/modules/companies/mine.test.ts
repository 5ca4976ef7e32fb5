import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LoopbackRegister } from '#test/register.ts';
import { World } from '#test/world.ts';
import type { Accounts } from './accounts.ts';
import { BRREG } from './lookup.ts';
import { refresh, refreshDaily } from './refresh.ts';
import { SHELF } from './shelf.ts';
import type { Company } from './unit.ts';
import { figuresText, readFigures, readTexts, textsOf } from './words.ts';

const DAY = 86_400_000;
const NUMBER = '310000000';
const OWN = '310000019';

let register: LoopbackRegister;
let world: World;
before(async () => {
  world = await World.open();
  register = world.register;
  register.units.set(NUMBER, { name: 'NORDLYS AS', industry: ['62.100', 'Programmering'], employees: 12 });
  register.years.set(NUMBER, [{ year: 2024, revenue: 3_879_370, result: -5 }]);
  register.units.set(OWN, { name: 'SNEKKER PRØVE', form: 'ENK', industry: ['43.320', 'Snekkerarbeid'] });
});
after(() => world.close());

const keep = (as: string, number: string, more: object = {}) =>
  world.call('POST', 'me/companies', { as, body: { number, ...more } });
const mine = async (as: string) => (await world.call('GET', 'me/companies', { as })).body.companies;
const round = () => refresh(world.product.gates, world.now);
const prove = (clause: string) => world.product.prove(world.now, clause);
/** The sealer comes by each second where it runs. */
const sealed = () => world.product.sealer.seal(world.now);

test('1.3.third-party: a company is kept at a person’s own wish, and shows on their page with source and date', async () => {
  assert.equal((await keep('', NUMBER)).status, 401);
  const kari = await world.person('kari@firma.example');
  const { status, body } = await keep(kari, '310 000 000');
  assert.equal(status, 201);
  assert.deepEqual(
    [body.number, body.name, body.employees, body.source],
    [NUMBER, 'NORDLYS AS', '10-19', 'brreg'],
  );
  assert.deepEqual(body.industry, { code: '62.100', label: 'Programmering' });
  assert.deepEqual(body.place, { municipality: 'BERGEN', postalCode: '5003', place: 'BERGEN' });
  assert.deepEqual([body.years.length, body.years[0].revenue, body.years[0].assets], [1, 3_879_370, null]);
  assert.equal(body.fetchedAt, world.now.toISOString());
  assert.deepEqual(await mine(kari), [body]);
  const { items } = (await world.call('GET', 'me', { as: kari })).body;
  const theirs = items.filter(({ id }: { id: string }) => id.startsWith('companies.'));
  const item = (id: string) => theirs.find((one: { id: string }) => one.id === id);
  assert.deepEqual(
    [item('companies.fact.name').value, item('companies.fact.industry').value],
    ['NORDLYS AS', '62.100 Programmering'],
  );
  assert.match(item('companies.key_figures.figures').value, /omsetning 3879370 NOK/);
  for (const { source, purpose, expires, collectedAt, category } of theirs) {
    assert.deepEqual([purpose, expires], ['group-facts', '2027-11-23']);
    if (category.startsWith('company.'))
      assert.deepEqual([source, collectedAt], ['brreg', world.now.toISOString()]);
  }
  assert.deepEqual(await world.tablesHolding('NORDLYS'), []);
  assert.deepEqual(await world.tablesHolding(NUMBER), []);
  await sealed();
  assert.deepEqual(
    (await prove('1.3.third-party')).checks.filter(({ ok }) => !ok),
    [],
  );
});

test('1.3.third-party: a company that is a person is kept for that person alone', async () => {
  const ola = await world.person('ola@firma.example');
  const refused = await keep(ola, OWN);
  assert.deepEqual([refused.status, refused.body.code], [409, 'companies.sole-proprietor']);
  assert.deepEqual(await mine(ola), []);
  const { status, body } = await keep(ola, OWN, { own: true });
  assert.deepEqual([status, body.name], [201, 'SNEKKER PRØVE']);
  assert.deepEqual(body.place, { municipality: 'BERGEN', postalCode: null, place: null });
  assert.deepEqual(await world.tablesHolding('SNEKKER'), []);
});

test('r.rectify-erase: a company that is let go of goes with its figures, and nobody else’s does', async () => {
  const [siv, jon] = [await world.person('siv@firma.example'), await world.person('jon@firma.example')];
  const [{ id }] = [(await keep(siv, NUMBER)).body, await keep(jon, NUMBER)];
  assert.equal(
    (await world.call('DELETE', `me/companies/${id}`, { as: jon })).body.code,
    'companies.not-kept',
  );
  assert.equal((await world.call('DELETE', 'me/companies/noe', { as: siv })).status, 404);
  assert.equal((await world.call('DELETE', `me/companies/${id}`, { as: siv })).status, 204);
  assert.deepEqual(await mine(siv), []);
  assert.equal((await mine(jon)).length, 1);
  const person = await world.idOf('siv@firma.example');
  assert.deepEqual(await world.sql('select from companies.key_figures where person = $1', [person]), []);
});

test('r.object-restrict: nothing is fetched for whoever has said no to it, nor renewed', async () => {
  const eli = await world.person('eli@firma.example');
  await keep(eli, NUMBER);
  await world.call('PUT', 'me/objections/group-facts', { as: eli });
  const refused = await keep(eli, NUMBER);
  assert.deepEqual([refused.status, refused.body.code], [409, 'companies.not-usable']);
  const before = await world.sql('select max(fetched_at) from companies.fact where person = $1', [
    await world.idOf('eli@firma.example'),
  ]);
  world.now = new Date(world.now.getTime() + DAY);
  await round();
  const since = await world.sql('select max(fetched_at) from companies.fact where person = $1', [
    await world.idOf('eli@firma.example'),
  ]);
  assert.deepEqual(since, before);
});

test('1.3.brreg: what changes in the register changes here, for those who asked and nobody else', async () => {
  const asked = () => register.asked.filter((path) => path.includes('/enheter/')).length;
  const ida = await world.person('ida@firma.example');
  const { id } = (await keep(ida, NUMBER)).body;
  await round();
  register.units.set(NUMBER, { name: 'NORDLYS NORGE AS', employees: 60, municipality: 'OSLO' });
  register.years.set(NUMBER, [{ year: 2025, revenue: 4_000_000 }]);
  world.now = new Date(world.now.getTime() + DAY);
  register.note('214000008', 'Ny', world.now);
  register.note(NUMBER, 'Endring', world.now);
  const before = asked();
  const done = await round();
  assert.equal(asked(), before + 1);
  assert.deepEqual([done.changes, done.whole, done.removed], [2, false, 0]);
  const [company] = await mine(ida);
  assert.deepEqual([company.id, company.name, company.employees], [id, 'NORDLYS NORGE AS', '50-99']);
  assert.deepEqual(
    company.years.map(({ year }: { year: number }) => year),
    [2024, 2025],
  );
  assert.equal(company.industry, null);
  assert.equal(company.fetchedAt, world.now.toISOString());
  // Followed today already; and from where it came to.
  assert.equal(await refreshDaily(world.product.gates, world.now), undefined);
  assert.deepEqual(await round(), { changes: 0, renewed: 0, removed: 0, whole: false });
  assert.match(register.asked.at(-1)!, /oppdateringsid=14757107&/);
  const log = (await world.call('GET', 'me/log', { as: ida })).body.entries.map(
    ({ act }: { act: string }) => act,
  );
  assert.ok(log.includes('renewed-at-source'));
  // Asked for again it is renewed where it is, and the years that are known stay.
  const again = (await keep(ida, NUMBER)).body;
  assert.deepEqual([again.id, again.years.length, (await mine(ida)).length], [id, 2, 1]);
});

test('1.3.brreg: a company that is struck off is marked as closed, and the rest stays as it was', async () => {
  const liv = await world.person('liv@firma.example');
  await keep(liv, OWN, { own: true });
  await round();
  register.units.set(OWN, { name: 'SNEKKER PRØVE', form: 'ENK', struckOff: '2026-11-24' });
  register.note(OWN, 'Sletting', world.now);
  assert.ok((await round()).renewed > 0);
  const [company] = await mine(liv);
  assert.deepEqual([company.state, company.since], ['struck-off', '2026-11-24']);
  assert.deepEqual(company.industry, { code: '43.320', label: 'Snekkerarbeid' });
});

test('1.3.brreg: what the register removes goes from everybody, and nothing of it is left or written down', async () => {
  const [una, tor] = [await world.person('una@firma.example'), await world.person('tor@firma.example')];
  const gone = '310000027';
  register.units.set(gone, { name: 'BORTE AS' });
  register.years.set(gone, [{ year: 2025, revenue: 7 }]);
  await keep(una, gone);
  await keep(tor, gone);
  await keep(tor, NUMBER);
  await world.call('PUT', 'me/restriction', { as: una, body: { reason: 'accuracy' } });
  await round();
  register.units.set(gone, 'removed');
  register.note(gone, 'Fjernet', world.now);
  assert.equal((await round()).removed, 2);
  assert.deepEqual(
    (await mine(tor)).map(({ number }: { number: string }) => number),
    [NUMBER],
  );
  const left = await world.sql(
    `select (select count(*) from companies.fact f where exists (select from companies.removed r where r.hash = f.number_hash)) as facts,
            (select count(*) from companies.key_figures k where not exists (select from companies.fact f where f.person = k.person and f.id = k.fact)) as figures`,
  );
  assert.deepEqual(left, [{ facts: 0, figures: 0 }]);
  const entries = await world.sql(
    `select gate, actor, purpose from journal.entry where act = 'removed-at-source'`,
  );
  assert.deepEqual(entries, Array(2).fill({ gate: 'keep', actor: 'system', purpose: 'group-facts' }));
  assert.deepEqual(await world.tablesHolding('BORTE'), []);
  assert.equal((await world.call('GET', `companies/${gone}`)).status, 410);
  await sealed();
  assert.deepEqual(
    (await prove('1.3.brreg')).checks.filter(({ ok }) => !ok),
    [],
  );
});

test('1.3.brreg: what a backup brings back of a removed company goes with the next round', async () => {
  const rolf = await world.person('rolf@firma.example');
  register.units.set('214000040', { name: 'TILBAKE AS' });
  await keep(rolf, '214000040');
  await world.sql('create table public.before as select * from companies.fact');
  register.units.set('214000040', 'removed');
  register.note('214000040', 'Fjernet', world.now);
  assert.equal((await round()).removed, 1);
  await world.sql('insert into companies.fact select * from public.before on conflict do nothing');
  await world.sql('drop table public.before');
  assert.equal((await mine(rolf)).length, 1);
  assert.equal((await round()).removed, 1);
  assert.deepEqual(await mine(rolf), []);
});

test('1.3.brreg: of two that go on from the same place, one does it and the other nothing', async () => {
  await round();
  const following = world.product.gates.following(BRREG, SHELF);
  const from = await following.followed();
  const at = new Date(world.now.getTime() + 1000);
  const step = { from, to: { cursor: '99999999', at }, renewals: [], removed: [], at };
  const both = await Promise.all([following.step(step), following.step(step)]);
  assert.deepEqual(both.filter((done) => done === undefined).length, 1);
  await world.sql('update gate.feed set cursor = $1, followed_at = $2', [from!.cursor, from!.at]);
});

test('1.3.third-party: a source that the statement does not name is not asked, nor are tables that it fills followed', () => {
  const { gates } = world.product;
  assert.throws(() => gates.source('given'), { code: 'collect.unknown-source' });
  assert.throws(() => gates.source('elsewhere'), { code: 'collect.unknown-source' });
  assert.throws(() => gates.following(BRREG, { ...SHELF, table: 'customers.profile' }), {
    code: 'collect.unknown-source',
  });
});

test('1.3.brreg: what was removed goes also when somebody else’s look is what tells of it', async () => {
  const per = await world.person('per@firma.example');
  register.units.set('310000078', { name: 'SNART BORTE AS' });
  await keep(per, '310000078');
  register.units.set('310000078', 'removed');
  world.now = new Date(world.now.getTime() + 2 * DAY);
  assert.equal((await world.call('GET', 'companies/310000078')).status, 410);
  assert.deepEqual(await mine(per), []);
});

test('k.as-needed: while a hold stands what was removed stays, and it goes with the first round after', async () => {
  const pia = await world.person('pia@firma.example');
  const person = (await world.idOf('pia@firma.example'))!;
  register.units.set('214000008', { name: 'OMTVISTET AS' });
  await keep(pia, '214000008');
  const officer = { kind: 'staff', roles: ['privacy'] } as const;
  const { id } = await world.product.gates.answer.hold(
    person,
    { why: 'Tvist', until: '2027-03-01' },
    officer,
    world.now,
  );
  register.units.set('214000008', 'removed');
  register.note('214000008', 'Fjernet', world.now);
  assert.equal((await round()).removed, 0);
  assert.equal((await mine(pia)).length, 1);
  await world.product.gates.answer.releaseHold(person, id, officer, world.now);
  assert.equal((await round()).removed, 1);
  assert.deepEqual(await mine(pia), []);
});

test('1.3.brreg: after a month away everything kept is asked for anew', async () => {
  await round();
  world.now = new Date(world.now.getTime() + 31 * DAY);
  register.units.set(NUMBER, { name: 'NORDLYS IGJEN AS' });
  const done = await round();
  assert.deepEqual([done.whole, done.renewed > 0], [true, true]);
  const ida = await world.open(
    await (async () => {
      await world.call('POST', 'sign-in/links', { body: { email: 'ida@firma.example' } });
      return (await world.letterTo('ida@firma.example')).token;
    })(),
  );
  assert.equal((await mine(ida))[0].name, 'NORDLYS IGJEN AS');
});

test('1.3.brreg: a feed that goes back, or a register that is away, leaves everything as it was', async () => {
  const mark = () => world.sql('select * from gate.feed');
  register.note('214000040', 'Ny', world.now);
  await round();
  const before = await mark();
  register.instead = (path, response) => {
    if (!path.includes('oppdateringer')) return false;
    const entry = { oppdateringsid: 5, organisasjonsnummer: NUMBER, endringstype: 'Fjernet' };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ _embedded: { oppdaterteEnheter: [entry] } }));
    return true;
  };
  await assert.rejects(round(), { code: 'companies.feed-stuck' });
  assert.deepEqual(await mark(), before);
  register.instead = (path, response) => {
    if (!path.includes('oppdateringer')) return false;
    response.writeHead(500).end();
    return true;
  };
  await assert.rejects(round(), { code: 'collect.source-away' });
  assert.deepEqual(await mark(), before);
  register.instead = () => false;
});

test('k.as-needed: what is kept of a company leaves twelve months after it was asked for', async () => {
  const over = new Date(world.now.getTime() + 366 * DAY);
  await world.product.gates.keep(over);
  const counts = await world.counts();
  assert.deepEqual(
    [counts['companies.fact'], counts['companies.key_figures'], counts['companies.removed']],
    [0, 0, 0],
  );
  // Nothing kept, nothing asked.
  register.asked.length = 0;
  await refresh(world.product.gates, over);
  assert.deepEqual(register.asked, []);
});

test('1.3.third-party: what is kept as text reads back as it was', () => {
  const company: Company = {
    number: NUMBER,
    name: 'X',
    form: { code: 'AS', label: 'Aksjeselskap' },
    personal: false,
    place: { municipality: 'ØRLAND', postalCode: '7140', place: 'OPPHAUG' },
    industry: { code: '62.100', label: 'Programmering, og annet: mer' },
    employees: '250+',
    state: 'winding-up',
    since: '2026-01-02',
    founded: null,
  };
  for (const change of [
    {},
    { place: { municipality: 'ØRLAND', postalCode: null, place: null } },
    { place: { municipality: null, postalCode: null, place: 'LONDON' } },
    { place: { municipality: null, postalCode: null, place: null }, industry: null, employees: null },
    { state: 'active', since: null } as const,
    { state: 'bankrupt', since: null } as const,
  ]) {
    const one = { ...company, ...change };
    const { form, place, industry, employees, state, since } = one;
    assert.deepEqual(readTexts(textsOf(one)), { form, place, industry, employees, state, since });
  }
  const accounts: Accounts = {
    year: 2025,
    from: '2024-07-01',
    to: '2025-06-30',
    currency: 'USD',
    revenue: 72_543_000_000,
    operatingResult: -0.5,
    result: 0,
    assets: null,
    equity: -1,
    debt: null,
  };
  assert.deepEqual(readFigures(figuresText(accounts)), accounts);
  const none = { ...accounts, revenue: null, operatingResult: null, result: null, equity: null };
  assert.deepEqual(readFigures(figuresText(none)), none);
});
