import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const run = (argv: string) => command(world, argv);

test('0.security: staff get a role at the command line, and lose it at their next request', async () => {
  assert.equal((await run('staff add ny.vakt@operator.example privacy')).code, 2, 'no name');
  assert.equal((await run('staff add ny.vakt@operator.example konge --name Vakt')).code, 2);
  assert.equal((await run('staff add ingen-adresse privacy --name Vakt')).code, 2);
  assert.equal((await run('staff tell')).code, 2);
  assert.equal((await run('staff add ny.vakt@operator.example privacy --name Vakt')).code, 0);
  assert.equal((await run('staff add ny.vakt@operator.example support')).code, 0);
  const listed = await run('staff list --json');
  const [one] = listed.json().staff;
  assert.deepEqual([listed.json().staff.length, one.name, one.roles], [1, 'Vakt', ['privacy', 'support']]);
  assert.ok(!listed.out.includes('operator.example'));

  const as = await world.staff('privacy', 'ny.vakt@operator.example');
  assert.equal((await world.call('GET', 'holds', { as })).status, 200);
  assert.equal((await run('staff remove ny.vakt@operator.example privacy')).code, 0);
  assert.equal((await world.call('GET', 'holds', { as })).body.code, 'identity.role-missing');
  assert.deepEqual((await world.call('GET', 'sessions/current', { as })).body.roles, ['support']);
  assert.equal((await run('staff remove ny.vakt@operator.example privacy')).code, 1);
  assert.equal((await run('staff remove ny.vakt@operator.example')).code, 0);
  assert.deepEqual((await world.call('GET', 'sessions/current', { as })).body.roles, []);
  assert.equal((await run('staff remove ukjent@operator.example')).code, 1);
});

test('0.security: the command line does as the console, but lets the last administrator go when told twice', async () => {
  const email = 'eneste@operator.example';
  const before = world.now;
  assert.equal((await run(`staff add ${email} administrator --name Eneste`)).code, 0);
  assert.equal((await run(`staff add ${email} support --name Omdøpt`)).code, 0);
  // The command acts by the real clock.
  world.now = new Date(Date.now() + 60_000);
  assert.match((await world.letterTo(email)).subject, /rolle/);
  const [one] = (await run('staff list --json')).json().staff;
  assert.deepEqual([one.name, one.roles], ['Eneste', ['administrator', 'support']]);
  const refused = await run(`staff remove ${email}`);
  assert.deepEqual([refused.code, /--force/.test(refused.out)], [1, true]);
  assert.equal(
    (await run(`staff remove ${email} administrator --json`)).json().refused,
    'identity.last-administrator',
  );
  assert.equal((await run(`staff remove ${email} support`)).code, 0, 'another role goes');
  await world.letters();
  assert.equal((await run(`staff remove ${email} --force`)).code, 0);
  assert.match((await world.letterTo(email)).subject, /tatt fra deg/);
  assert.deepEqual((await run('staff list --json')).json().staff, []);
  const taken = await world.sql("select actor, actor_id from journal.entry where act = 'role-taken'");
  assert.ok(taken.length > 0 && taken.every(({ actor, actor_id }) => actor === 'staff' && actor_id === null));
  world.now = before;
});

test('0.security: an administrator gives roles and takes them, each told of by letter, and one who can stays', async () => {
  const as = await world.staff('administrator');
  const email = 'ny.hjelp@operator.example';
  const give = (body: object, by = as) => world.call('POST', 'staff', { as: by, body });
  assert.deepEqual((await give({ email, role: 'support' })).body.fields, [
    { field: 'name', reason: 'collect.missing-field' },
  ]);
  assert.equal((await give({ email, role: 'konge', name: 'Ny Hjelp' })).status, 422);
  const given = await give({ email, role: 'support', name: 'Ny Hjelp' });
  assert.equal(given.status, 201, given.raw.toString());
  assert.match((await world.letterTo(email)).subject, /rolle/);
  assert.equal((await give({ email, role: 'finance' })).status, 201, 'who is known needs no name');
  const { person } = given.body;
  const list = async () => (await world.call('GET', 'staff', { as })).body.staff;
  const rolesNow = async () =>
    (await list())
      .find((one: { person: string }) => one.person === person)
      ?.roles.map(({ role }: { role: string }) => role);
  assert.deepEqual(await rolesNow(), ['finance', 'support']);
  const theirs = await world.whole(person);
  assert.equal((await world.call('GET', 'invoices', { as: theirs })).status, 200);
  await world.letters();
  const take = (who: string, role: string, by = as) =>
    world.call('DELETE', `staff/${who}/roles/${role}`, { as: by });
  assert.equal((await take(person, 'finance')).status, 204);
  assert.match((await world.letterTo(email)).subject, /tatt fra deg/);
  assert.equal((await world.call('GET', 'invoices', { as: theirs })).body.code, 'identity.role-missing');
  assert.equal((await take(person, 'finance')).body.code, 'answer.unknown-person');
  assert.equal((await take(person, 'konge')).body.code, 'answer.unknown-person');
  const me = (await world.call('GET', 'sessions/current', { as })).body.person;
  assert.equal((await take(me, 'administrator')).body.code, 'identity.last-administrator');
  for (const refused of [
    await give({ email, role: 'privacy' }, theirs),
    await take(me, 'administrator', theirs),
    await world.call('GET', 'staff', { as: theirs }),
  ])
    assert.equal(refused.body.code, 'identity.role-missing');
  world.now = new Date(world.now.getTime() + 11 * 60_000);
  assert.equal((await give({ email, role: 'privacy' })).body.code, 'identity.prove-again');
});

test('0.security: an operator ends a person’s sessions, and takes away what they sign in with', async () => {
  const email = 'mistet@firma.example';
  const as = await world.person(email);
  const body = { password: 'fire rare ord om natten' };
  assert.equal((await world.call('PUT', 'me/password', { as, body })).status, 200);
  await world.letters();
  assert.equal((await run(`person sign-out ${email}`)).code, 0);
  assert.equal((await world.call('GET', 'me', { as })).status, 401);
  assert.equal((await world.sql('select from identity.factor')).length, 1);
  const said = await run(`person sign-out ${email} --factors --json`);
  // The command acts by the real clock.
  world.now = new Date(Date.now() + 1000);
  assert.deepEqual([said.json().sessions, said.json().factors], [0, 1]);
  assert.match((await world.letterTo(email)).subject, /stilt tilbake/);
  const again = await world.call('POST', 'sessions/password', { body: { email, ...body } });
  assert.equal(again.body.code, 'identity.wrong-factor');
});
