import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COMPANY, type Founded, founder as founderIn, user as userIn, versions } from '#test/clients.ts';
import { type Answered, World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const accept = () => versions(world.product.gates);

const founder = (email: string, modules?: string[]) => founderIn(world, email, modules);
const user = (by: Founded, email: string, level: string) => userIn(world, by, email, level);

const refused = (answered: Answered, status: number, code: string) =>
  assert.deepEqual([answered.status, answered.body.code], [status, code]);

test('u.customer, 0.roles: a company becomes a client in one act, with its owner, its modules and both documents accepted', async () => {
  const { cookie, client } = await founder('eier@firma.example', ['arkiv', 'kurs']);
  const { body } = await world.call('GET', `clients/${client}`, { as: cookie });
  assert.deepEqual(body.company, COMPANY);
  assert.deepEqual(body.standing, { state: 'active', since: '2026-11-23', modules: ['arkiv', 'kurs'] });
  assert.deepEqual([body.me.level, body.users, body.due, body.offer], ['owner', 1, [], null]);
  assert.equal(body.owner.name, 'Kari Eier');
  assert.deepEqual(await world.tablesHolding(COMPANY.name), []);
  assert.deepEqual(await world.tablesHolding(COMPANY.number), []);
  const mine = await world.call('GET', 'clients', { as: cookie });
  assert.deepEqual(
    mine.body.clients.map((one: { client: string }) => one.client),
    [client],
  );
});

test('1.2.minimal: what is no company, no module or no version in force is refused by name, and nothing is kept', async () => {
  const cookie = await world.person('feil@firma.example');
  const ask = (body: object) =>
    world.call('POST', 'clients', {
      as: cookie,
      body: { company: COMPANY, modules: ['arkiv'], accept: accept(), ...body },
    });
  refused(await ask({ company: { ...COMPANY, number: '310000001' } }), 422, 'customers.bad-number');
  refused(await ask({ company: { ...COMPANY, number: '999999999' } }), 422, 'customers.bad-number');
  refused(await ask({ company: { ...COMPANY, number: '19999999999' } }), 422, 'customers.bad-number');
  refused(
    await ask({ company: { ...COMPANY, name: '01010750160 AS' } }),
    422,
    'collect.national-identity-number',
  );
  refused(await ask({ modules: [] }), 422, 'customers.unknown-module');
  refused(await ask({ modules: ['constructor'] }), 422, 'customers.unknown-module');
  refused(await ask({ accept: { ...accept(), dpa: '0.9' } }), 409, 'customers.not-in-force');
  assert.deepEqual((await world.call('GET', 'clients', { as: cookie })).body.clients, []);
  await world.subscriber('bare-brev@firma.example');
  const [reader] = await world.product.gates
    .use('rights', { kind: 'system' })
    .find('email', 'bare-brev@firma.example');
  const { makeLink } = await import('#modules/identity/links.ts');
  const letters = await world.open(await makeLink(world.product.gates, reader!, world.now, { local: true }));
  const body = { company: COMPANY, modules: ['arkiv'], accept: accept() };
  refused(await world.call('POST', 'clients', { as: letters, body }), 409, 'customers.no-profile');
});

test('u.customer: whoever is invited gets a letter that says who gave the address, and says yes or no', async () => {
  const owner = await founder('inviterer@firma.example');
  const path = `clients/${owner.client}/invitations`;
  const body = { email: 'invitert@firma.example', name: 'Ola Bruker', level: 'user' };
  assert.equal((await world.call('POST', path, { as: owner.cookie, body })).status, 201);
  const letter = await world.letterTo('invitert@firma.example');
  assert.match(letter.text, /har vi fra den som inviterte deg/);
  assert.match(letter.text, /innen 7 dager/);
  assert.doesNotMatch(letter.text, /Prøve og Sønn|Kari/, 'nobody speaks to a stranger through our letters');
  const view = (await world.call('GET', `invitations/${letter.token}`)).body;
  assert.deepEqual(
    [view.company, view.by, view.level, view.name],
    [COMPANY, 'Kari Eier', 'user', 'Ola Bruker'],
  );
  const listed = (await world.call('GET', path, { as: owner.cookie })).body.invitations;
  assert.deepEqual([listed.length, listed[0].email], [1, 'invitert@firma.example']);

  const person = (await world.idOf('invitert@firma.example'))!;
  assert.equal((await world.call('DELETE', `invitations/${letter.token}`)).status, 204);
  assert.equal(await world.idOf('invitert@firma.example'), undefined, 'a no leaves nothing');
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [person]), []);
  refused(await world.call('GET', `invitations/${letter.token}`), 404, 'customers.invitation-spent');

  const joined = await user(owner, 'ja@firma.example', 'user');
  const users = (await world.call('GET', `clients/${owner.client}/users`, { as: joined.cookie })).body.users;
  assert.deepEqual(users.map(({ name, level, you }: Record<string, unknown>) => [name, level, you]).sort(), [
    ['Kari Eier', 'owner', false],
    ['Ola Bruker', 'user', true],
  ]);
  refused(
    await world.call('POST', path, {
      as: owner.cookie,
      body: { email: 'ja@firma.example', level: 'reader' },
    }),
    409,
    'customers.already-user',
  );
});

test('k.as-needed: an invitation that nobody answers is forgotten after seven days, with whoever it was for', async () => {
  const owner = await founder('venter@firma.example');
  const body = { email: 'svarer-ikke@firma.example', level: 'reader' };
  await world.call('POST', `clients/${owner.client}/invitations`, { as: owner.cookie, body });
  const { token } = await world.letterTo('svarer-ikke@firma.example');
  await world.product.gates.keep(new Date(world.now.getTime() + 6 * 86_400_000));
  assert.ok(await world.idOf('svarer-ikke@firma.example'));
  const week = new Date(world.now.getTime() + 7 * 86_400_000);
  await world.product.gates.keep(week);
  assert.equal(await world.idOf('svarer-ikke@firma.example'), undefined);
  refused(await world.call('GET', `invitations/${token}`), 404, 'customers.invitation-spent');
});

test('u.customer: an access level that is changed or taken away counts from the next request on, in sessions that are open', async () => {
  const owner = await founder('styrer@firma.example');
  const { cookie, person } = await user(owner, 'nivaa@firma.example', 'reader');
  const at = `clients/${owner.client}`;
  const log = () => world.call('GET', `${at}/log`, { as: cookie });
  const change = (level: string) =>
    world.call('PATCH', `${at}/users/${person}`, { as: owner.cookie, body: { level } });
  refused(await log(), 403, 'customers.right-missing');
  assert.equal((await change('administrator')).body.level, 'administrator');
  assert.equal((await log()).status, 200);
  const made = await world.call('POST', `${at}/levels`, {
    as: owner.cookie,
    body: { name: 'Revisor', rights: ['log.see', 'export'] },
  });
  assert.deepEqual([made.status, made.body.name.nb, made.body.custom], [201, 'Revisor', true]);
  const level = made.body.level as string;
  assert.equal((await change(level)).body.levelName.nb, 'Revisor');
  assert.equal((await log()).status, 200);
  assert.equal((await world.call('GET', `${at}/export`, { as: cookie })).status, 200);
  refused(
    await world.call('DELETE', `${at}/levels/${level}`, { as: owner.cookie }),
    409,
    'customers.level-in-use',
  );
  await world.call('PATCH', `${at}/levels/${level}`, { as: owner.cookie, body: { rights: ['export'] } });
  refused(await log(), 403, 'customers.right-missing');
  assert.deepEqual(await world.tablesHolding('Revisor'), []);
  assert.equal((await world.call('DELETE', `${at}/users/${person}`, { as: owner.cookie })).status, 204);
  refused(await world.call('GET', at, { as: cookie }), 404, 'customers.unknown-client');
  await world.product.gates.keep(world.now);
  assert.equal(
    await world.idOf('nivaa@firma.example'),
    undefined,
    'k.contact-agreement: they go with their use of it',
  );
});

test('u.customer: nobody gives more than they have, and what every client has stays as it is', async () => {
  const owner = await founder('grenser@firma.example');
  const at = `clients/${owner.client}`;
  const admin = await user(owner, 'admin@firma.example', 'administrator');
  const asks = (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, as = admin.cookie) =>
    world.call(method, `${at}${path}`, { as, body });
  refused(
    await asks('POST', '/levels', { name: 'Alt', rights: ['agreement.sign'] }),
    422,
    'customers.unknown-right',
  );
  refused(
    await asks('POST', '/levels', { name: 'Rart', rights: ['everything'] }),
    422,
    'customers.unknown-right',
  );
  refused(await asks('PATCH', '/levels/reader', { rights: ['export'] }), 409, 'customers.built-in-level');
  refused(await asks('DELETE', '/levels/owner'), 409, 'customers.built-in-level');
  refused(
    await asks('POST', '/invitations', { email: 'x@firma.example', level: 'owner' }),
    422,
    'customers.unknown-level',
  );
  refused(await asks('PATCH', `/users/${admin.person}`, { level: 'owner' }), 422, 'customers.unknown-level');
  refused(await asks('DELETE', ''), 403, 'customers.right-missing');
  const { users } = (await world.call('GET', `${at}/users`, { as: admin.cookie })).body;
  const own = users.find(({ level }: { level: string }) => level === 'owner');
  refused(await asks('PATCH', `/users/${own.person}`, { level: 'reader' }), 409, 'customers.last-owner');
  refused(await asks('DELETE', `/users/${own.person}`), 409, 'customers.last-owner');
  const nobody = '11111111-1111-4111-8111-111111111111';
  refused(await asks('PATCH', `/users/${nobody}`, { level: 'reader' }), 404, 'customers.unknown-user');
});

test('k.client: modules are taken and dropped, and the last of them is the subscription itself', async () => {
  const { cookie, client } = await founder('modul@firma.example');
  const at = `clients/${client}/modules`;
  const taken = await world.call('POST', at, { as: cookie, body: { module: 'kurs' } });
  const inUse = ({ body }: Answered) =>
    body.modules
      .filter((one: { since: string | null }) => one.since !== null)
      .map((one: { module: string }) => one.module);
  assert.deepEqual([taken.status, inUse(taken)], [201, ['arkiv', 'kurs']]);
  refused(
    await world.call('POST', at, { as: cookie, body: { module: 'kurs' } }),
    409,
    'customers.module-taken',
  );
  refused(
    await world.call('POST', at, { as: cookie, body: { module: 'regnskap' } }),
    422,
    'customers.unknown-module',
  );
  assert.deepEqual(inUse(await world.call('DELETE', `${at}/arkiv`, { as: cookie })), ['kurs']);
  refused(await world.call('DELETE', `${at}/arkiv`, { as: cookie }), 404, 'customers.module-not-taken');
  refused(await world.call('DELETE', `${at}/kurs`, { as: cookie }), 409, 'customers.last-module');
});

test('0.security: whoever ends the subscription or hands the ownership over has just shown who they are', async () => {
  const owner = await founder('treg@firma.example');
  const at = `clients/${owner.client}`;
  const next = await user(owner, 'treg.arving@firma.example', 'user');
  const acts = [
    () => world.call('DELETE', at, { as: owner.cookie }),
    () => world.call('POST', `${at}/ownership`, { as: owner.cookie, body: { person: next.person } }),
    () => world.call('POST', `${at}/ownership/acceptance`, { as: next.cookie, body: { accept: accept() } }),
  ];
  const before = world.now;
  world.now = new Date(before.getTime() + 11 * 60_000);
  for (const act of acts) refused(await act(), 403, 'identity.prove-again');
  refused(await world.call('DELETE', at, { as: next.cookie }), 403, 'customers.right-missing');
  world.now = before;
});

test('u.customer: a client never lacks an owner: the ownership is handed over whole, sealed anew, and then one can go', async () => {
  const owner = await founder('gir-fra-seg@firma.example');
  const at = `clients/${owner.client}`;
  const next = await user(owner, 'tar-over@firma.example', 'user');
  await world.call('POST', `${at}/levels`, {
    as: owner.cookie,
    body: { name: 'Revisor', rights: ['log.see'] },
  });
  refused(await world.call('DELETE', 'me', { as: owner.cookie }), 409, 'customers.last-owner');
  refused(
    await world.call('POST', `${at}/ownership/acceptance`, { as: next.cookie, body: { accept: accept() } }),
    404,
    'customers.no-offer',
  );
  refused(
    await world.call('POST', `${at}/ownership`, { as: next.cookie, body: { person: next.person } }),
    403,
    'customers.right-missing',
  );
  const offered = await world.call('POST', `${at}/ownership`, {
    as: owner.cookie,
    body: { person: next.person },
  });
  assert.deepEqual(
    [offered.status, offered.body.offer.person, offered.body.offer.mine],
    [200, next.person, false],
  );
  assert.match((await world.letterTo('tar-over@firma.example')).text, /overlate den til deg/);
  const stale = { accept: { ...accept(), agreement: '0.1' } };
  refused(
    await world.call('POST', `${at}/ownership/acceptance`, { as: next.cookie, body: stale }),
    409,
    'customers.not-in-force',
  );
  const taken = await world.call('POST', `${at}/ownership/acceptance`, {
    as: next.cookie,
    body: { accept: accept() },
  });
  assert.deepEqual(
    [taken.status, taken.body.me.level, taken.body.company, taken.body.offer],
    [200, 'owner', COMPANY, null],
  );
  assert.equal((await world.call('GET', at, { as: owner.cookie })).body.me.level, 'administrator');
  const levels = (await world.call('GET', `${at}/levels`, { as: next.cookie })).body.levels;
  assert.equal(levels.at(-1).name.nb, 'Revisor');
  assert.equal((await world.call('DELETE', 'me', { as: owner.cookie })).status, 200);
  assert.deepEqual(
    (await world.call('GET', at, { as: next.cookie })).body.company,
    COMPANY,
    'their key opens it',
  );
});

test('r.rectify-erase: an owner who is alone is erased, and the client with them; the accounts keep what was agreed', async () => {
  const { cookie, client } = await founder('alene@firma.example');
  const person = await world.idOf('alene@firma.example');
  assert.equal((await world.call('DELETE', 'me', { as: cookie })).status, 200);
  for (const { name, client: column } of world.product.engine.map.tables)
    if (column !== undefined)
      assert.deepEqual(await world.sql(`select from ${name} where ${column} = $1`, [client]), [], name);
  const records = await world.product.gates.archive.records({}, { kind: 'system' }, world.now);
  const own = records.filter((record) => record.person === person);
  assert.deepEqual(new Set(own.map(({ category }) => category)), new Set(['customer.agreement']));
  assert.ok(own.some(({ content }) => content.company === `${COMPANY.name} (${COMPANY.number})`));
});

test('k.active-12-months: what was ended comes back whole: company, modules, users and their levels', async () => {
  const owner = await founder('kommer-igjen@firma.example', ['arkiv', 'kurs']);
  const at = `clients/${owner.client}`;
  const made = await world.call('POST', `${at}/levels`, {
    as: owner.cookie,
    body: { name: 'Revisor', rights: ['log.see'] },
  });
  const plain = await user(owner, 'med-igjen@firma.example', 'user');
  const audits = await user(owner, 'reviderer@firma.example', made.body.level);
  const ended = await world.call('DELETE', at, { as: owner.cookie });
  assert.deepEqual([ended.status, ended.body.standing.until], [200, '2027-11-23']);
  await world.product.gates.keep(world.now);
  refused(await world.call('GET', `${at}/users`, { as: plain.cookie }), 409, 'customers.no-agreement');
  const seen = await world.call('GET', at, { as: plain.cookie });
  assert.deepEqual([seen.body.standing.state, seen.body.company], ['grace', COMPANY]);
  const back = (as: string) => world.call('PUT', `${at}/subscription`, { as, body: { accept: accept() } });
  refused(await back(plain.cookie), 403, 'customers.right-missing');
  const resumed = await back(owner.cookie);
  assert.deepEqual(
    [resumed.status, resumed.body.standing.modules, resumed.body.users],
    [200, ['arkiv', 'kurs'], 3],
  );
  assert.deepEqual(resumed.body.company, COMPANY);
  assert.equal((await world.call('GET', `${at}/log`, { as: audits.cookie })).status, 200);
  assert.equal((await world.call('GET', at, { as: audits.cookie })).body.me.levelName.nb, 'Revisor');
  assert.deepEqual(await world.sql('select from customers.departure where client = $1', [owner.client]), []);
});

test('k.active-12-months, k.bookkeeping: after the grace everything of the client is gone, and the accounts keep the agreement alone', async () => {
  const owner = await founder('forbi@firma.example');
  const plain = await user(owner, 'forbi-bruker@firma.example', 'user');
  await world.call('DELETE', `clients/${owner.client}`, { as: owner.cookie });
  await world.product.gates.keep(world.now);
  const over = new Date('2027-11-24T12:00:00Z');
  await world.product.gates.keep(over);
  const left: string[] = [];
  for (const { name, client } of world.product.engine.map.tables)
    if (client !== undefined) {
      const rows = await world.sql(`select from ${name} where ${client} = $1`, [owner.client]);
      if (rows.length > 0) left.push(name);
    }
  assert.deepEqual(left, []);
  assert.equal(await world.idOf('forbi-bruker@firma.example'), undefined, 'whom nothing else is kept of');
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [plain.person]), []);
  const records = await world.product.gates.archive.records({}, { kind: 'system' }, over);
  assert.ok(records.some(({ content }) => content.company === `${COMPANY.name} (${COMPANY.number})`));
});

test('0.roles: a new version of a document asks to be accepted, and whoever may does', async () => {
  const owner = await founder('nye-vilkaar@firma.example');
  const admin = await user(owner, 'uten-fullmakt@firma.example', 'administrator');
  const at = `clients/${owner.client}`;
  const dpa = await world.call('GET', 'documents/dpa');
  assert.deepEqual([dpa.status, dpa.body.current], [200, true]);
  const letters = dpa.body.prose.nb.sections.map(
    ({ heading }: { heading: string }) => /bokstav ([a-h])/.exec(heading)?.[1],
  );
  assert.deepEqual(letters.filter(Boolean), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 'art. 28(3)');
  refused(await world.call('GET', 'documents/terms'), 404, 'customers.unknown-document');
  await world.sql(`update customers.acceptance set version = '0.9' where client = $1`, [owner.client]);
  assert.deepEqual((await world.call('GET', at, { as: owner.cookie })).body.due, ['agreement', 'dpa']);
  const body = { accept: accept() };
  refused(
    await world.call('POST', `${at}/acceptances`, { as: admin.cookie, body }),
    403,
    'customers.right-missing',
  );
  const accepted = await world.call('POST', `${at}/acceptances`, { as: owner.cookie, body });
  assert.deepEqual([accepted.status, accepted.body.documents[0].accepted.by], [201, 'Kari Eier']);
  assert.deepEqual((await world.call('GET', at, { as: owner.cookie })).body.due, []);
});

test('r.object-restrict: while the owner is restricted the account rests, and goes on when that is lifted', async () => {
  const owner = await founder('begrenset@firma.example');
  const plain = await user(owner, 'venter-paa@firma.example', 'user');
  const person = (await world.idOf('begrenset@firma.example'))!;
  await world.call('PUT', 'me/restriction', { as: owner.cookie, body: { reason: 'accuracy' } });
  refused(await world.call('GET', `clients/${owner.client}`, { as: plain.cookie }), 409, 'customers.resting');
  await world.product.gates.answer.liftRestriction(person, { kind: 'person', id: person }, world.now);
  assert.equal((await world.call('GET', `clients/${owner.client}`, { as: plain.cookie })).status, 200);
});

test('u.customer: the log tells who did what, page by page, and the export has every row of the client opened', async () => {
  const owner = await founder('loggfører@firma.example'.replace('ø', 'o'));
  const at = `clients/${owner.client}`;
  await user(owner, 'i-loggen@firma.example', 'user');
  await world.call('PATCH', at, { as: owner.cookie, body: { place: 'Voss' } });
  const first = (await world.call('GET', `${at}/log?limit=2`, { as: owner.cookie })).body;
  const second = (await world.call('GET', `${at}/log?limit=50&cursor=${first.next}`, { as: owner.cookie }))
    .body;
  assert.deepEqual([...first.entries, ...second.entries].map(({ act }: { act: string }) => act).sort(), [
    'client.began',
    'client.changed',
    'user.invited',
    'user.joined',
  ]);
  assert.equal(second.next, null);
  const exported = (await world.call('GET', `${at}/export`, { as: owner.cookie })).body;
  assert.equal(exported.people.length, 2);
  assert.equal(exported.tables['customers.client'][0].place, 'Voss');
  assert.equal(exported.tables['customers.member'].length, 2);
});
